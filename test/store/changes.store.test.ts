import { beforeEach, expect, it } from 'vitest';
import { Access, type Category, CONSEQUENCE_OF } from '../../src/model/classification.ts';
import { catalogueCounts } from '../../src/store/catalogue-counts.ts';
import { changesSinceLastRun } from '../../src/store/changes.ts';
import { recordClassifications, recordContext } from '../../src/store/classifications.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { finishRun, startRun } from '../../src/store/runs.ts';
import { recordServers } from '../../src/store/servers.ts';
import { describeStore } from './backends.ts';
import { at, failed, listed, sampleClassification, sampleContext, sampleServer, sampleTool } from './samples.ts';

describeStore('what a run changed', (store) => {
  let now = 0;
  beforeEach(() => {
    now = 0;
  });

  const tick = () => at(++now);

  /** One run over these servers, each with its tools by name: the definition's text and the category it is judged as. */
  async function run(servers: Record<string, Record<string, [description: string, category: Category]>>) {
    const runId = await startRun(store(), { options: {}, now: tick() });
    await recordServers(store(), { servers: Object.keys(servers).map((id) => sampleServer(id)), now: tick() });
    for (const [id, tools] of Object.entries(servers)) await list(runId, id, tools);
    const changes = await changesSinceLastRun(store(), runId, '1');
    await finishRun(store(), { id: runId, status: 'done', report: {}, now: tick() });
    return changes;
  }

  async function list(runId: number, serverId: string, tools: Record<string, [description: string, category: Category]>) {
    const entries = Object.entries(tools);
    const samples = entries.map(([name, [description]]) => sampleTool(name, { description }));
    const enumeration = listed(samples);
    const enumerationId = await recordEnumeration(store(), {
      serverId,
      runId,
      launchKey: 'k',
      startedAt: tick(),
      enumeration,
      tools: samples,
    });
    const context = sampleContext(Object.keys(tools), { name: sampleServer(serverId).server.name });
    await recordContext(store(), { serverId, enumerationId, ...context });
    const rows = entries.map(([name, [, category]], index) => ({
      toolHash: samples[index]?.hash ?? '',
      contextHash: context.contextHash,
      classification: { ...sampleClassification(name), category, ...CONSEQUENCE_OF[category] },
    }));
    await recordClassifications(store(), rows);
  }

  const nothing = {
    serversAdded: [],
    serversGone: [],
    toolsAdded: [],
    toolsRemoved: [],
    toolsRedefined: [],
    categoryChanged: [],
    accessRaised: [],
  };

  it('is nothing on the first run, and nothing when the same is listed again', async () => {
    const same = { 'npm:a': { get: ['Gets', 'Read'] as [string, Category] } };
    expect(await run(same)).toEqual({ since: null, ...nothing });
    expect(await run(same)).toEqual({ since: 1, ...nothing });
  });

  it('names tools added, removed and redefined, access raised, servers added and gone', async () => {
    await run({ 'npm:a': { get: ['Gets', 'Read'], old: ['Old', 'Read'], same: ['Same', 'Write'] }, 'npm:b': { b: ['B', 'Read'] } });
    const changes = await run({
      'npm:a': { get: ['Deletes', 'Destructive'], new: ['New', 'Write'], same: ['Same', 'Write'] },
      'npm:c': {},
    });
    const a = { server: 'npm:a' };
    expect(changes).toEqual({
      since: 1,
      serversAdded: ['npm:c'],
      serversGone: ['npm:b'],
      toolsAdded: [{ ...a, tool: 'new' }],
      toolsRemoved: [{ ...a, tool: 'old' }],
      toolsRedefined: [{ ...a, tool: 'get' }],
      categoryChanged: [{ ...a, tool: 'get', from: 'Read', to: 'Destructive' }],
      accessRaised: [{ ...a, tool: 'get', from: 'Read', to: 'Admin' }],
    });
  });

  it('a look that failed changes no tool', async () => {
    await run({ 'npm:a': { get: ['Gets', 'Read'] } });
    const runId = await startRun(store(), { options: {}, now: tick() });
    await recordEnumeration(store(), { serverId: 'npm:a', runId, launchKey: 'k', startedAt: tick(), enumeration: failed(), tools: [] });
    expect(await changesSinceLastRun(store(), runId, '1')).toEqual({ since: 1, ...nothing });
    const counts = await catalogueCounts(store().db, '1');
    expect(counts).toEqual({
      statuses: [{ status: 'timeout', count: 1 }],
      listed: 1,
      tools: [{ access: 'Read', category: 'Read', count: 1 }],
    });
  });

  it('counts servers by their last look and tools by category', async () => {
    await run({ 'npm:a': { get: ['Gets', 'Read'], drop: ['Drops', 'Destructive'] }, 'npm:b': { put: ['Puts', 'Read'] } });
    const { statuses, listed: count, tools } = await catalogueCounts(store().db, '1');
    expect({ statuses, count }).toEqual({ statuses: [{ status: 'complete', count: 2 }], count: 2 });
    expect(tools.map(({ access, count: of }) => [access, of]).sort()).toEqual([
      [Access.enum.Admin, 1],
      [Access.enum.Read, 2],
    ]);
  });
});
