import { expect, it } from 'vitest';
import { mergeEntries } from '../../src/identity/merge-entries.ts';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';
import { explainStoredIdentity } from '../../src/pipeline/explain-identity.ts';
import { recordEntries } from '../../src/store/registry-entries.ts';
import { recordServers } from '../../src/store/servers.ts';
import { describeStore } from '../store/backends.ts';
import { at, hashOf } from '../store/samples.ts';
import { AUTHORITIES, entry, github, npm, packageDocument, published } from './entries.ts';

const OPTIONS = { authorities: AUTHORITIES, precedence: ['official', 'npm', 'list'], optOut: ['npm:secret'] };

describeStore('why a stored server is one', (store) => {
  async function night(second: number, entries: readonly RegistryEntry[]): Promise<void> {
    for (const [source, of] of Map.groupBy(entries, (one) => one.source)) {
      const given = of.map((one) => ({ entry: one, hash: hashOf(one) }));
      await recordEntries(store(), { source, seenAt: at(second), entries: given }, ([first]) => first?.release ?? '');
    }
    const servers = mergeEntries(entries, OPTIONS).map((server) => ({ server, hash: hashOf(server) }));
    await recordServers(store(), { servers, now: at(second) });
  }

  it('is told by id, by alias and by former id', async () => {
    const list = entry('list', 'x', { repository: github('acme/a') });
    await night(1, [list]);
    await night(2, [
      list,
      published('io.github.acme/a', { packages: [npm('a')], repository: github('acme/a') }),
      packageDocument('secret'),
    ]);
    for (const wanted of ['npm:a', 'io.github.acme/a', 'repo:github.com/acme/a']) {
      const explanation = await explainStoredIdentity(store(), wanted, OPTIONS);
      expect(explanation).toMatchObject({ server: 'npm:a', formerIds: ['repo:github.com/acme/a'] });
      expect(explanation?.entries.map(({ source }) => source)).toStrictEqual(['official', 'list']);
    }
    expect(await explainStoredIdentity(store(), 'npm:secret', OPTIONS)).toBeUndefined();
    expect(await explainStoredIdentity(store(), 'npm:nothing', OPTIONS)).toBeUndefined();
  });
});
