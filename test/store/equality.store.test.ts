import { expect, it } from 'vitest';
import { pickRelease } from '../../src/identity/pick-release.ts';
import { recordClassifications, recordContext } from '../../src/store/classifications.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { recordPolicies } from '../../src/store/policies.ts';
import { markUnseenGone, recordEntries } from '../../src/store/registry-entries.ts';
import { finishRun, recordFaults, startRun } from '../../src/store/runs.ts';
import { recordServers } from '../../src/store/servers.ts';
import type { Store } from '../../src/store/store.ts';
import { BACKENDS } from './backends.ts';
import { dumpStore } from './dump.ts';
import {
  at,
  failed,
  hashOf,
  listed,
  sampleClassification,
  sampleContext,
  sampleEntry,
  sampleFault,
  samplePolicy,
  sampleServer,
  sampleTool,
} from './samples.ts';

const IDS = ['npm:a', 'npm:B', 'npm:a_b', 'npm:a-b', 'npm:é', 'npm:nul\0'];

/** A night in small: everything the tables can hold. */
async function night(store: Store, second: number, ids: readonly string[]): Promise<void> {
  const runId = await startRun(store, { options: { limit: 6 }, now: at(second) });
  const entries = ids.map((id) => sampleEntry(id, { raw: { id, number: 1.5e300, nested: [{ deep: '\ud800' }] } }));
  await recordEntries(store, { source: 'example-index', seenAt: at(second), entries }, pickRelease);
  await markUnseenGone(store, { source: 'example-index', seenBefore: at(second), now: at(second) }, pickRelease);
  await recordServers(store, { servers: ids.map((id) => sampleServer(id, { aliases: [id, `alias of ${id}`] })), now: at(second) });
  for (const id of ids) await judge(store, runId, id, second);
  await recordEnumeration(store, { serverId: 'npm:a', runId, launchKey: 'k', startedAt: at(second + 1), enumeration: failed(), tools: [] });
  await recordFaults(store, runId, [{ stage: 'enumerate', fault: sampleFault }]);
  await finishRun(store, { id: runId, status: 'done', report: { servers: ids.length }, now: at(second + 2) });
}

async function judge(store: Store, runId: number, id: string, second: number): Promise<void> {
  const serverId = id.replace('\0', '\uFFFD');
  const tools = ['list', 'delete', `only ${id}`].map((name) => sampleTool(name));
  const enumeration = listed(tools);
  const enumerationId = await recordEnumeration(store, { serverId, runId, launchKey: 'k', startedAt: at(second), enumeration, tools });
  const context = sampleContext(tools.map(({ definition }) => definition.name));
  await recordContext(store, { serverId, enumerationId, ...context });
  const { contextHash } = context;
  const verdicts = tools.map(({ hash, definition }) => ({
    toolHash: hash,
    contextHash,
    classification: sampleClassification(definition.name),
  }));
  await recordClassifications(store, verdicts);
  const document = samplePolicy(...context.context.toolNames);
  await recordPolicies(store, { policies: [{ serverId, profile: 'starter', hash: hashOf(document), document }], now: at(second) });
}

async function dumpAfterTwoNights(open: (typeof BACKENDS)[keyof typeof BACKENDS]): Promise<string[]> {
  const { store, end } = await open();
  try {
    await night(store, 1, IDS);
    await night(store, 11, IDS.slice(0, -1));
    return await dumpStore(store);
  } finally {
    await end();
  }
}

it('the same work leaves the same rows in the embedded database and on a server', async () => {
  const embedded = await dumpAfterTwoNights(BACKENDS.pglite);
  const server = await dumpAfterTwoNights(BACKENDS.postgres);
  expect(embedded.length).toBeGreaterThan(100);
  expect(server).toEqual(embedded);
});
