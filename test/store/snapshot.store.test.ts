import { beforeEach, describe, expect, it } from 'vitest';
import type { ServerContext } from '../../src/model/server.ts';
import type { ServerRecord } from '../../src/model/server-record.ts';
import { currentClassifications, recordClassifications, recordContext } from '../../src/store/classifications.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { recordPolicies } from '../../src/store/policies.ts';
import { startRun } from '../../src/store/runs.ts';
import { recordServers } from '../../src/store/servers.ts';
import { readSnapshot } from '../../src/store/snapshot.ts';
import type { Store } from '../../src/store/store.ts';
import { describeStore } from './backends.ts';
import { at, failed, hashOf, listed, sampleClassification, sampleContext, samplePolicy, sampleServer, sampleTool } from './samples.ts';

const [one, two] = [sampleTool('one'), sampleTool('two')];

async function catalogue(store: Store, classifierVersion = '1'): Promise<ServerRecord[]> {
  return readSnapshot(store, async (reader) => {
    const servers: ServerRecord[] = [];
    for await (const server of reader.servers({ classifierVersion, profile: 'starter' })) servers.push(server);
    return servers;
  });
}

describeStore('snapshot', (store) => {
  let runId = 0;
  beforeEach(async () => {
    const servers = [sampleServer('npm:b'), sampleServer('npm:a'), sampleServer('npm:c')];
    await recordServers(store(), { servers, now: at(0) });
    runId = await startRun(store(), { options: {}, now: at(0) });
  });

  it('gives every server with what there is of it, by id', async () => {
    const tools = [two, one];
    const record = { serverId: 'npm:a', runId, launchKey: 'k', startedAt: at(1) };
    const enumerationId = await recordEnumeration(store(), { ...record, enumeration: listed(tools), tools });
    const latest = await recordEnumeration(store(), { ...record, startedAt: at(2), enumeration: failed(), tools: [] });
    const context = sampleContext(['one', 'two']);
    await recordContext(store(), { serverId: 'npm:a', enumerationId, ...context });
    const classification = sampleClassification('one');
    await recordClassifications(store(), [{ toolHash: one.hash, contextHash: context.contextHash, classification }]);
    const document = samplePolicy('one', 'two');
    await recordPolicies(store(), { policies: [{ serverId: 'npm:a', profile: 'starter', hash: hashOf(document), document }], now: at(3) });

    const [first, second, third] = await catalogue(store());
    expect(first).toEqual({
      server: sampleServer('npm:a').server,
      latest: { enumerationId: latest, startedAt: at(2), document: failed() },
      listing: {
        enumerationId,
        startedAt: at(1),
        document: expect.objectContaining({ status: 'complete' }),
        provenance: 'live',
        tools: [
          { ...two, name: 'two', classification: undefined },
          { ...one, name: 'one', classification },
        ],
      },
      policy: document,
    });
    expect([second?.server.id, third?.server.id]).toEqual(['npm:b', 'npm:c']);
    expect([second?.latest, second?.listing, second?.policy]).toEqual([undefined, undefined, undefined]);
  });

  describe('a tool without a classification of this version under the current context', () => {
    const name = 'npm:a';
    const current = sampleContext(['one'], { name });
    const former = sampleContext(['one'], { name, description: 'Before.' });
    const foreign = sampleContext(['one'], { name: 'another server' });

    async function toolAfter(verdicts: readonly [{ contextHash: string; context: ServerContext }, version: string, score: number][]) {
      const record = { serverId: name, runId, launchKey: 'k', startedAt: at(1), enumeration: listed([one]), tools: [one] };
      const enumerationId = await recordEnumeration(store(), record);
      for (const context of [foreign, former, current]) await recordContext(store(), { serverId: name, enumerationId, ...context });
      const rows = verdicts.map(([{ contextHash }, classifierVersion, score]) => ({
        toolHash: one.hash,
        contextHash,
        classification: sampleClassification('one', { classifierVersion, score }),
      }));
      await recordClassifications(store(), rows);
      const [server] = await catalogue(store(), '10');
      const tool = server?.listing?.tools[0];
      const policyView = await currentClassifications(store(), name, '10');
      expect(policyView.get(one.hash)).toEqual(tool?.classification);
      return tool && { score: tool.classification?.score, stale: tool.stale };
    }

    it.each<[string, Parameters<typeof toolAfter>[0], object]>([
      ['has none when there is none', [], { score: undefined, stale: undefined }],
      ['has not what was said of it at another server', [[foreign, '10', 1]], { score: undefined, stale: undefined }],
      [
        'has the newest older one',
        [
          [current, '8', 1],
          [current, '9', 2],
          [current, '1', 3],
        ],
        { score: 2, stale: true },
      ],
      [
        'has one of the current context rather than a newer one of a former context',
        [
          [current, '1', 1],
          [former, '10', 2],
        ],
        { score: 1, stale: true },
      ],
      [
        'has one of a former context',
        [
          [former, '9', 1],
          [former, '10', 2],
          [foreign, '10', 3],
        ],
        { score: 2, stale: true },
      ],
      [
        'is another matter: then it counts',
        [
          [current, '9', 1],
          [current, '10', 2],
          [former, '11', 3],
        ],
        { score: 2, stale: undefined },
      ],
    ])('%s', async (_, verdicts, expected) => {
      expect(await toolAfter(verdicts)).toEqual(expected);
    });
  });

  it('leaves out servers that are gone', async () => {
    await recordServers(store(), { servers: [sampleServer('npm:c')], now: at(1) });
    expect((await catalogue(store())).map(({ server }) => server.id)).toEqual(['npm:c']);
  });

  it('gives more servers than fit one page, in byte order, each once', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `npm:${index % 2 ? 'B' : 'a'}-${index}`);
    await recordServers(store(), { servers: ids.map((id) => sampleServer(id)), now: at(1) });
    expect((await catalogue(store())).map(({ server }) => server.id)).toEqual([...ids].sort());
  });
});
