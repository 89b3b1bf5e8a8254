import { beforeEach, expect, it } from 'vitest';
import type { ServerRecord } from '../../src/model/server-record.ts';
import { recordClassifications, recordContext } from '../../src/store/classifications.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { recordPolicies } from '../../src/store/policies.ts';
import { startRun } from '../../src/store/runs.ts';
import { recordServers } from '../../src/store/servers.ts';
import { readSnapshot } from '../../src/store/snapshot.ts';
import type { Store } from '../../src/store/store.ts';
import { describeStore } from './backends.ts';
import { at, failed, hashOf, listed, sampleClassification, sampleContext, samplePolicy, sampleServer, sampleTool } from './samples.ts';

const view = { classifierVersion: '1', profile: 'starter' };
const [one, two] = [sampleTool('one'), sampleTool('two')];

async function catalogue(store: Store): Promise<ServerRecord[]> {
  return readSnapshot(store, async (reader) => {
    const servers: ServerRecord[] = [];
    for await (const server of reader.servers(view)) servers.push(server);
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
