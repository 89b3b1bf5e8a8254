import { beforeEach, expect, it } from 'vitest';
import { type Enumeration, knownTools } from '../../src/model/enumeration.ts';
import { currentListing, enumerationsOfRun, type HashedTool, lastEnumerations, recordEnumeration } from '../../src/store/enumerations.ts';
import { finishRun, startRun } from '../../src/store/runs.ts';
import { recordServers } from '../../src/store/servers.ts';
import { toolDefinitions } from '../../src/store/tools.ts';
import { describeStore } from './backends.ts';
import { dumpStore } from './dump.ts';
import { at, failed, hashOf, listed, sampleFault, sampleServer, sampleTool } from './samples.ts';

const [one, two, three] = [sampleTool('one'), sampleTool('two'), sampleTool('three')];

describeStore('enumerations', (store) => {
  let runId = 0;
  beforeEach(async () => {
    await recordServers(store(), { servers: [sampleServer('npm:a'), sampleServer('npm:b')], now: at(0) });
    runId = await startRun(store(), { options: {}, now: at(0) });
  });

  const record = (second: number, enumeration: Enumeration, tools: readonly HashedTool[] = [], serverId = 'npm:a') =>
    recordEnumeration(store(), { serverId, runId, launchKey: 'npm:a@1.0.0', startedAt: at(second), enumeration, tools });

  it('keeps tools in the order of the answer, with their keys in the order the server sent them', async () => {
    const tools = [two, three, one];
    const id = await record(1, listed(tools), tools);
    const listing = await currentListing(store(), 'npm:a');
    expect(listing).toMatchObject({ enumerationId: id, serverId: 'npm:a', startedAt: at(1), document: { status: 'complete' } });
    expect(listing?.tools.map(({ name }) => name)).toEqual(['two', 'three', 'one']);
    const definitions = await toolDefinitions(store(), [two.hash]);
    expect(JSON.stringify([...definitions])).toBe(JSON.stringify([[two.hash, two.definition]]));
  });

  it('keeps a tool that is listed twice at both places, and once in the catalogue', async () => {
    await record(1, listed([one, one]), [one, one]);
    expect((await currentListing(store(), 'npm:a'))?.tools).toHaveLength(2);
    expect((await dumpStore(store())).filter((line) => line.startsWith('tools '))).toHaveLength(1);
  });

  it('is the same enumeration when it is recorded again', async () => {
    const first = await record(1, listed([one, two]), [one, two]);
    const before = await dumpStore(store(), { exact: true });
    expect(await record(1, listed([one, two]), [one, two])).toBe(first);
    expect(await dumpStore(store(), { exact: true })).toEqual(before);
  });

  it('keeps the raw answer byte for byte, apart from the document', async () => {
    const answer = ['{"tools":[ {"name":"one\\u0000"} ]}', '{"b":1,"a":1e400,"lone":"\ud800\0"}'];
    await record(1, listed([one], { answer }), [one]);
    const [line] = (await dumpStore(store())).filter((text) => text.startsWith('enumerations '));
    const row = JSON.parse(line?.slice('enumerations '.length) ?? '');
    expect(JSON.parse(row.answer)).toEqual(answer);
    expect(Object.keys(row.document)).not.toContain('tools');
    expect(Object.keys(row.document)).not.toContain('answer');
  });

  it('takes the tools from the last reading where there never was a live list, and from the live list for ever after', async () => {
    const reading = { provenance: 'source' as const, files: ['index.js'], tools: [one.definition], faults: [], durationMs: 1 };
    const read = await record(1, { ...failed(), reading }, [one]);
    expect(await currentListing(store(), 'npm:a')).toMatchObject({ enumerationId: read, tools: [{ name: 'one' }] });
    await record(2, failed());
    expect((await currentListing(store(), 'npm:a'))?.enumerationId).toBe(read);
    const live = await record(3, listed([two]), [two]);
    await record(4, { ...failed(), reading }, [one]);
    expect((await currentListing(store(), 'npm:a'))?.enumerationId).toBe(live);
  });

  it('keeps which tools only the widest list has, and no definition in the document', async () => {
    const widest = { attempt: 1, tools: [one.definition, two.definition], answer: ['{}'] };
    const enumeration = listed([one], { widest });
    const tools = knownTools(enumeration).map((tool) => ({ ...tool, hash: hashOf(tool.definition) }));
    await record(1, enumeration, tools);
    const rows = (await dumpStore(store())).filter((line) => line.startsWith('enumeration_tools '));
    expect(rows.map((line) => JSON.parse(line.slice('enumeration_tools '.length))).map(({ name, widest: only }) => [name, only])).toEqual([
      ['one', false],
      ['two', true],
    ]);
    expect((await currentListing(store(), 'npm:a'))?.document).toMatchObject({ widest: { attempt: 1 } });
    expect((await currentListing(store(), 'npm:a'))?.document).not.toHaveProperty('widest.tools');
  });

  it('never lets a failed enumeration replace the last good one', async () => {
    const good = await record(1, listed([one]), [one]);
    const bad = await record(2, failed());
    expect((await currentListing(store(), 'npm:a'))?.enumerationId).toBe(good);
    expect((await enumerationsOfRun(store(), runId)).at(-1)).toMatchObject({
      enumerationId: bad,
      document: { status: 'timeout', fault: sampleFault },
    });
  });

  it('takes an empty list for a list', async () => {
    await record(1, listed([one]), [one]);
    await record(2, listed([]), []);
    expect((await currentListing(store(), 'npm:a'))?.tools).toEqual([]);
  });

  it('tells what decides whether a server is due: the last outcome, and failures since it was last listed', async () => {
    await record(1, failed());
    await record(2, listed([one]), [one]);
    await record(3, failed());
    await record(4, failed());
    await record(1, listed([two]), [two], 'npm:b');
    expect(await lastEnumerations(store())).toEqual(
      new Map([
        ['npm:a', { launchKey: 'npm:a@1.0.0', status: 'timeout', startedAt: at(4), listed: false, consecutiveFailures: 2 }],
        ['npm:b', { launchKey: 'npm:a@1.0.0', status: 'complete', startedAt: at(1), listed: true, consecutiveFailures: 0 }],
      ]),
    );
  });

  it('counts every failure of a server that was never listed, and leaves out servers that are gone', async () => {
    await record(1, failed());
    await record(2, failed());
    await record(1, failed(), [], 'npm:b');
    await recordServers(store(), { servers: [sampleServer('npm:a')], now: at(9) });
    expect([...(await lastEnumerations(store()))].map(([id, last]) => [id, last.consecutiveFailures])).toEqual([['npm:a', 2]]);
  });

  it('lists the enumerations of one run, oldest first', async () => {
    await record(1, listed([one]), [one], 'npm:b');
    await record(2, failed());
    await finishRun(store(), { id: runId, status: 'done', report: {}, now: at(3) });
    const firstRun = runId;
    runId = await startRun(store(), { options: {}, now: at(4) });
    await record(5, failed());
    expect((await enumerationsOfRun(store(), firstRun)).map(({ serverId }) => serverId)).toEqual(['npm:b', 'npm:a']);
  });

  it('records nothing of an enumeration that cannot be recorded whole', async () => {
    const before = await dumpStore(store(), { exact: true });
    await expect(record(1, listed([one]), [one], 'npm:unknown')).rejects.toMatchObject({ code: 'query-failed' });
    expect(await dumpStore(store(), { exact: true })).toEqual(before);
  });
});
