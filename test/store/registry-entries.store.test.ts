import { expect, it } from 'vitest';
import { pickRelease } from '../../src/identity/pick-release.ts';
import type { Release } from '../../src/model/registry-entry.ts';
import { currentEntries, knownRevisions } from '../../src/store/current-entries.ts';
import { markUnseenGone, NO_ENTRIES, recordEntries, recordStillListed } from '../../src/store/registry-entries.ts';
import { describeStore } from './backends.ts';
import { dumpStore } from './dump.ts';
import { at, rawDocuments, sampleEntry } from './samples.ts';

const source = 'example-index';

describeStore('registry entries', (store) => {
  it('counts what is new, changed and unchanged', async () => {
    const first = await recordEntries(store(), { source, seenAt: at(1), entries: [sampleEntry('a'), sampleEntry('b')] }, pickRelease);
    const second = await recordEntries(
      store(),
      {
        source,
        seenAt: at(2),
        entries: [sampleEntry('a'), sampleEntry('b', { title: 'B' }), sampleEntry('c')],
      },
      pickRelease,
    );
    expect([first, second]).toEqual([
      { ...NO_ENTRIES, added: 2, servers: 2 },
      { ...NO_ENTRIES, added: 1, servers: 1, changed: 1, unchanged: 1 },
    ]);
  });

  it('moves only "last seen" of an unchanged entry', async () => {
    await recordEntries(store(), { source, seenAt: at(1), entries: [sampleEntry('a')] }, pickRelease);
    const before = await dumpStore(store(), { exact: true });
    await recordEntries(store(), { source, seenAt: at(2), entries: [sampleEntry('a')] }, pickRelease);
    const after = await dumpStore(store(), { exact: true });
    const withoutLastSeen = (lines: string[]) => lines.map((line) => line.replace(/"last_seen_at":"[^"]*"/, ''));
    expect(withoutLastSeen(after)).toEqual(withoutLastSeen(before));
    expect(after).not.toEqual(before);
  });

  it('gives back what was recorded, by source and id in byte order, the source document in its own key order', async () => {
    const entries = [sampleEntry('b'), sampleEntry('a_'), sampleEntry('a-'), sampleEntry('Z')];
    await recordEntries(store(), { source, seenAt: at(1), entries }, pickRelease);
    const current = await currentEntries(store());
    expect(current.map(({ id }) => id)).toEqual(['Z', 'a-', 'a_', 'b']);
    expect(JSON.stringify((await rawDocuments(store()))[3])).toBe(JSON.stringify(entries[0]?.entry.raw));
  });

  it('marks only what its own source no longer shows as gone, and revives it', async () => {
    const other = sampleEntry('b', { source: 'other-index' });
    await recordEntries(store(), { source: 'other-index', seenAt: at(1), entries: [other] }, pickRelease);
    await recordEntries(store(), { source, seenAt: at(1), entries: [sampleEntry('a'), sampleEntry('b')] }, pickRelease);
    await recordEntries(store(), { source, seenAt: at(5), entries: [sampleEntry('a')] }, pickRelease);
    expect(await markUnseenGone(store(), { source, seenBefore: at(5), now: at(6) }, pickRelease)).toEqual([{ id: 'b', release: '' }]);
    expect(await markUnseenGone(store(), { source, seenBefore: at(5), now: at(7) }, pickRelease)).toEqual([]);
    expect((await currentEntries(store())).map((entry) => `${entry.source} ${entry.id}`)).toEqual(['example-index a', 'other-index b']);
    expect(await recordEntries(store(), { source, seenAt: at(8), entries: [sampleEntry('b')] }, pickRelease)).toEqual({
      ...NO_ENTRIES,
      added: 1,
    });
    expect(await currentEntries(store())).toHaveLength(3);
  });

  it('takes an entry that a source lists twice once, as it was last', async () => {
    const counts = await recordEntries(
      store(),
      {
        source,
        seenAt: at(1),
        entries: [sampleEntry('a'), sampleEntry('a', { title: 'Second' })],
      },
      pickRelease,
    );
    expect(counts.added).toBe(1);
    expect((await currentEntries(store()))[0]?.title).toBe('Second');
  });

  it('records more entries than one statement takes', async () => {
    const entries = Array.from({ length: 2_500 }, (_, index) => sampleEntry(`entry-${index}`));
    expect(await recordEntries(store(), { source, seenAt: at(1), entries }, pickRelease)).toEqual({
      ...NO_ENTRIES,
      added: 2_500,
      servers: 2_500,
    });
    expect(await recordEntries(store(), { source, seenAt: at(2), entries }, pickRelease)).toEqual({ ...NO_ENTRIES, unchanged: 2_500 });
  });

  it('lets what drifts move without calling it a change', async () => {
    await recordEntries(
      store(),
      { source, seenAt: at(1), entries: [sampleEntry('a', { activity: { stars: 1 }, revision: 'one' })] },
      pickRelease,
    );
    const again = { ...sampleEntry('a').entry, activity: { stars: 2 }, revision: 'two' };
    const { hash } = sampleEntry('a', { activity: { stars: 1 }, revision: 'one' });
    expect(await recordEntries(store(), { source, seenAt: at(2), entries: [{ entry: again, hash }] }, pickRelease)).toEqual({
      ...NO_ENTRIES,
      unchanged: 1,
    });
    expect((await currentEntries(store()))[0]?.activity).toEqual({ stars: 2 });
    expect(await knownRevisions(store(), source)).toEqual(new Map([['a', 'two']]));
  });

  it('keeps what a source still lists unread, and does not revive what is gone', async () => {
    await recordEntries(store(), { source, seenAt: at(1), entries: [sampleEntry('a'), sampleEntry('b'), sampleEntry('c')] }, pickRelease);
    const listed = [{ id: 'a', activity: { weeklyDownloads: 9 } }, { id: 'b' }, { id: 'unknown' }];
    expect(await recordStillListed(store(), { source, seenAt: at(5), entries: listed })).toBe(2);
    expect(await markUnseenGone(store(), { source, seenBefore: at(5), now: at(5) }, pickRelease)).toEqual([{ id: 'c', release: '' }]);
    expect(await recordStillListed(store(), { source, seenAt: at(6), entries: [{ id: 'c' }] })).toBe(0);
    expect((await currentEntries(store())).map(({ id, activity }) => [id, activity])).toEqual([
      ['a', { weeklyDownloads: 9 }],
      ['b', undefined],
    ]);
  });
});

describeStore('releases', (store) => {
  const release = (id: string, version: string, status: Release['status'] = 'active') => sampleEntry(id, { version, release: { status } });
  const record = (second: number, ...entries: ReturnType<typeof release>[]) =>
    recordEntries(store(), { source, seenAt: at(second), entries }, pickRelease);
  const current = async () => (await currentEntries(store())).map(({ id, version }) => `${id} ${version}`);

  it('are rows of their own, of which one counts', async () => {
    const counts = await record(1, release('a', '1.9.0'), release('a', '1.10.0'), release('b', '0.1.0'));
    expect(counts).toEqual({ ...NO_ENTRIES, added: 3, servers: 2 });
    expect(await current()).toEqual(['a 1.10.0', 'b 0.1.0']);
  });

  it('say when the first of them was published, withdrawn ones included', async () => {
    const at2 = (version: string, publishedAt: string, status: Release['status'] = 'active') =>
      sampleEntry('a', { version, release: { status, publishedAt } });
    await record(1, at2('1.0.0', '2025-12-11T04:07:13.425509Z', 'deleted'), at2('2.0.0', '2026-01-01T00:00:00Z'));
    expect(await currentEntries(store())).toMatchObject([{ version: '2.0.0', firstPublishedAt: '2025-12-11T04:07:13.425509Z' }]);
  });

  it('give way to a newer one that comes later, and take its place when it is withdrawn', async () => {
    await record(1, release('a', '1.0.0'));
    expect(await record(2, release('a', '2.0.0'))).toEqual({ ...NO_ENTRIES, added: 1 });
    expect(await current()).toEqual(['a 2.0.0']);
    expect(await record(3, release('a', '2.0.0', 'deleted'))).toEqual({ ...NO_ENTRIES, deleted: 1 });
    expect(await current()).toEqual(['a 1.0.0']);
    expect(await record(4, release('a', '1.0.0', 'deprecated'))).toEqual({ ...NO_ENTRIES, deprecated: 1 });
    expect(await record(5, release('a', '1.0.0', 'deleted'))).toEqual({ ...NO_ENTRIES, deleted: 1 });
    expect(await current()).toEqual([]);
    expect(await record(6, release('a', '1.0.0', 'deleted'))).toEqual({ ...NO_ENTRIES, unchanged: 1 });
  });

  it('come to count when the one that counted is gone from a whole crawl', async () => {
    await record(1, release('a', '1.0.0'), release('a', '2.0.0'), release('b', '1.0.0'));
    await record(5, release('a', '1.0.0'));
    expect(await markUnseenGone(store(), { source, seenBefore: at(5), now: at(5) }, pickRelease)).toEqual([
      { id: 'a', release: '2.0.0' },
      { id: 'b', release: '1.0.0' },
    ]);
    expect(await current()).toEqual(['a 1.0.0']);
    expect(await record(6, release('a', '2.0.0'))).toEqual({ ...NO_ENTRIES, added: 1 });
    expect(await current()).toEqual(['a 2.0.0']);
  });

  it('are counted alike in one batch or one by one', async () => {
    const all = [release('a', '1.0.0'), release('a', '3.0.0-rc.1'), release('a', '2.0.0'), release('a', 'nightly')];
    for (const [index, one] of all.entries()) await record(1 + index, one);
    const oneByOne = await current();
    await record(9, ...all);
    expect([oneByOne, await current()]).toEqual([['a 3.0.0-rc.1'], ['a 3.0.0-rc.1']]);
  });
});
