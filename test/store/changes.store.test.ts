import { sql } from 'drizzle-orm/sql';
import { beforeEach, expect, it } from 'vitest';
import { Access, type Category, CONSEQUENCE_OF } from '../../src/model/classification.ts';
import { catalogueCounts } from '../../src/store/catalogue-counts.ts';
import { recordChanges } from '../../src/store/changes.ts';
import { recordClassifications, recordContext } from '../../src/store/classifications.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { finishRun, type RunOutcome, startRun } from '../../src/store/runs.ts';
import { recordServers } from '../../src/store/servers.ts';
import { describeStore } from './backends.ts';
import { at, failed, listed, sampleClassification, sampleContext, sampleServer, sampleTool } from './samples.ts';

describeStore('what a run changed', (store) => {
  let now = 0;
  beforeEach(() => {
    now = 0;
  });

  const tick = () => at(++now);

  type Tools = Record<string, [description: string, category: Category]>;

  /** One run over these servers, each with its tools by name: the definition's text and the category it is judged as; `about` is what the servers say of themselves. */
  async function run(
    servers: Record<string, Tools | 'fails'>,
    { version = '1', about, status = 'done' }: { version?: string; about?: string; status?: RunOutcome['status'] } = {},
  ) {
    const runId = await startRun(store(), { options: {}, now: tick() });
    await recordServers(store(), { servers: Object.keys(servers).map((id) => sampleServer(id)), now: tick() });
    for (const [id, tools] of Object.entries(servers)) {
      if (tools === 'fails') await fail(runId, id);
      else await list(runId, id, tools, version, about);
    }
    const changes = await recordChanges(store(), runId, version);
    await finishRun(store(), { id: runId, status, report: {}, now: tick() });
    return changes;
  }

  const fail = (runId: number, serverId: string) =>
    recordEnumeration(store(), { serverId, runId, launchKey: 'k', startedAt: tick(), enumeration: failed(), tools: [] });

  async function list(runId: number, serverId: string, tools: Tools, classifierVersion: string, description?: string) {
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
    const context = sampleContext(Object.keys(tools), { name: sampleServer(serverId).server.name, description });
    await recordContext(store(), { serverId, enumerationId, ...context });
    const rows = entries.map(([name, [, category]], index) => ({
      toolHash: samples[index]?.hash ?? '',
      contextHash: context.contextHash,
      classification: { ...sampleClassification(name), category, ...CONSEQUENCE_OF[category], classifierVersion },
    }));
    await recordClassifications(store(), rows);
  }

  const nothing = {
    serversAdded: [],
    serversGone: [],
    statusChanged: [],
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
      statusChanged: [],
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
    await fail(runId, 'npm:a');
    const statusChanged = [{ server: 'npm:a', from: 'complete', to: 'timeout' }];
    expect(await recordChanges(store(), runId, '1')).toEqual({ since: 1, ...nothing, statusChanged });
    const counts = await catalogueCounts(store().db, '1');
    expect(counts).toEqual({
      statuses: [{ status: 'timeout', count: 1 }],
      listed: 1,
      read: 0,
      tools: [{ access: 'Read', category: 'Read', count: 1 }],
      unclassified: 0,
    });
  });

  it('names the tools of a server that was known and is listed for the first time, not those of a new one', async () => {
    await run({ 'npm:a': 'fails' });
    const tools: Tools = { get: ['Gets', 'Read'] };
    const toolsAdded = [{ server: 'npm:a', tool: 'get' }];
    const statusChanged = [{ server: 'npm:a', from: 'timeout', to: 'complete' }];
    expect(await run({ 'npm:a': tools, 'npm:b': tools })).toEqual({
      since: 1,
      ...nothing,
      serversAdded: ['npm:b'],
      toolsAdded,
      statusChanged,
    });
  });

  it('names a server that fails, and that is back with the same tools', async () => {
    const tools: Tools = { get: ['Gets', 'Read'] };
    await run({ 'npm:a': tools });
    expect((await run({ 'npm:a': 'fails' })).statusChanged).toEqual([{ server: 'npm:a', from: 'complete', to: 'timeout' }]);
    expect(await run({ 'npm:a': 'fails' })).toEqual({ since: 2, ...nothing });
    const statusChanged = [{ server: 'npm:a', from: 'timeout', to: 'complete' }];
    expect(await run({ 'npm:a': tools })).toEqual({ since: 3, ...nothing, statusChanged });
  });

  it('names a server that was gone and is back as added', async () => {
    const tools: Tools = { get: ['Gets', 'Read'] };
    await run({ 'npm:a': tools, 'npm:b': tools });
    expect(await run({ 'npm:a': tools })).toEqual({ since: 1, ...nothing, serversGone: ['npm:b'] });
    expect(await run({ 'npm:a': tools, 'npm:b': tools })).toEqual({ since: 2, ...nothing, serversAdded: ['npm:b'] });
  });

  it.each([
    ['another classifier version', { version: '2' }],
    ['another context', { about: 'Deletes mail.' }],
  ])('names verdicts that moved on the same definition: %s', async (_, other) => {
    await run({ 'npm:a': { get: ['Gets', 'Read'], put: ['Puts', 'Write'] } });
    const changes = await run({ 'npm:a': { get: ['Gets', 'Destructive'], put: ['Puts', 'Write'] } }, other);
    const moved = { server: 'npm:a', tool: 'get' };
    expect(changes).toEqual({
      since: 1,
      ...nothing,
      categoryChanged: [{ ...moved, from: 'Read', to: 'Destructive' }],
      accessRaised: [{ ...moved, from: 'Read', to: 'Admin' }],
    });
  });

  it('compares with the last finished run across those that did not finish, and keeps no other', async () => {
    await run({ 'npm:a': { get: ['Gets', 'Read'] } });
    await run({ 'npm:a': { get: ['Gets', 'Read'], put: ['Puts', 'Write'] } }, { status: 'interrupted' });
    const changes = await run({ 'npm:a': { get: ['Gets', 'Read'], put: ['Puts', 'Write'] } });
    expect(changes).toEqual({ since: 1, ...nothing, toolsAdded: [{ server: 'npm:a', tool: 'put' }] });
    const { rows } = await store().db.execute(sql`select run_id::int as run from run_servers order by 1`);
    expect(rows).toEqual([{ run: 1 }, { run: 3 }]);
  });

  it('says the same when it is asked twice', async () => {
    await run({ 'npm:a': { get: ['Gets', 'Read'] } });
    const runId = await startRun(store(), { options: {}, now: tick() });
    await list(runId, 'npm:a', { put: ['Puts', 'Write'] }, '1');
    const changes = await recordChanges(store(), runId, '1');
    expect(changes.toolsAdded).toEqual([{ server: 'npm:a', tool: 'put' }]);
    expect(await recordChanges(store(), runId, '1')).toEqual(changes);
  });

  it('counts tools by the newest verdict there is, and those without one', async () => {
    const runId = await startRun(store(), { options: {}, now: tick() });
    await recordServers(store(), { servers: [sampleServer('npm:a')], now: tick() });
    await list(runId, 'npm:a', { get: ['Gets', 'Read'] }, '1');
    const tools = [sampleTool('get', { description: 'Gets' }), sampleTool('new')];
    await recordEnumeration(store(), { serverId: 'npm:a', runId, launchKey: 'k', startedAt: tick(), enumeration: listed(tools), tools });
    expect(await catalogueCounts(store().db, '2')).toMatchObject({
      tools: [{ access: 'Read', category: 'Read', count: 1 }],
      unclassified: 1,
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
