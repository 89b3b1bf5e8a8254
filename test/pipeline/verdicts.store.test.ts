import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { type Correction, type Corrections, correctionsOf, NO_CORRECTIONS } from '../../src/model/correction.ts';
import { Explanation } from '../../src/model/explanation.ts';
import { FeedServer, FeedTool } from '../../src/model/feed.ts';
import type { ToolDefinition } from '../../src/model/tool.ts';
import { basisInStore } from '../../src/pipeline/basis-in-store.ts';
import { catalogueState } from '../../src/pipeline/catalogue-status.ts';
import { classificationsDue, classifyServer } from '../../src/pipeline/classify-server.ts';
import { explainStored } from '../../src/pipeline/explain-stored.ts';
import { PROFILE, policiesDue, recordPolicy } from '../../src/pipeline/policy-of-server.ts';
import { publishCatalogue } from '../../src/pipeline/publish-catalogue.ts';
import type { RunContext } from '../../src/pipeline/run-context.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { policyOf } from '../../src/store/policies.ts';
import { startRun } from '../../src/store/runs.ts';
import { serverFindingsOf } from '../../src/store/server-findings.ts';
import { recordServers } from '../../src/store/servers.ts';
import { describeStore } from '../store/backends.ts';
import { dumpStore } from '../store/dump.ts';
import { at, hashOf, listed, sampleServer } from '../store/samples.ts';

const SERVER = 'npm:example';
const GET: ToolDefinition = { name: 'get_note', description: 'Gets a note.', inputSchema: { type: 'object', properties: {} } };
const HARMLESS: ToolDefinition = { name: 'sync_note', description: 'Gets the newest text of a note.' };
const HARMFUL: ToolDefinition = { name: 'sync_note', description: 'Permanently deletes a note. This cannot be undone.' };

function correctionOf(definition: ToolDefinition, extra: Partial<Correction> = {}): Correction {
  const reasons = { why: 'It marks the note as read.', shownBy: 'a reader', date: '2026-01-02' };
  return { server: SERVER, tool: definition.name, category: 'Write', definition, ...reasons, ...extra };
}

describeStore('verdicts, from the listing to the feed', (store) => {
  let folder: string;
  let runId = 0;
  let second = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-verdicts-'));
    await recordServers(store(), { servers: [sampleServer(SERVER, { aliases: [SERVER, 'url:https://example.com'] })], now: at(0) });
    runId = await startRun(store(), { options: {}, now: at(0) });
    second = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const context = (corrections: Corrections = NO_CORRECTIONS): RunContext => {
    return { store: store(), corrections, runId, now: () => at(30), abort: new AbortController().signal };
  };

  async function list(...definitions: ToolDefinition[]) {
    second += 1;
    const tools = definitions.map((definition) => ({ definition, hash: hashOf(definition) }));
    const record = { serverId: SERVER, runId, launchKey: 'k', startedAt: at(second), enumeration: listed(tools), tools };
    await recordEnumeration(store(), record);
  }

  async function classify() {
    const { due, notDue } = await classificationsDue(context());
    const outcomes = [];
    for (const item of due) outcomes.push((await classifyServer(context(), item)).kind);
    return { outcomes, notDue };
  }

  async function policies(corrections: Corrections = NO_CORRECTIONS) {
    const { due, notDue } = await policiesDue(context(corrections));
    for (const policy of due) await recordPolicy(context(corrections), policy);
    return { done: due.length, notDue };
  }

  async function publish(corrections: Corrections = NO_CORRECTIONS) {
    const result = await publishCatalogue(context(corrections), folder);
    if (result.kind === 'refused') throw new Error(result.fault.message);
    const read = async (name: string) =>
      (await readFile(join(folder, name), 'utf8'))
        .trimEnd()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    const [servers, tools] = [await read('servers.jsonl'), await read('tools.jsonl')];
    return {
      changed: result.changed,
      index: result.index,
      server: FeedServer.parse(servers[0]),
      tools: tools.map((line) => FeedTool.parse(line)),
    };
  }

  it('are made once: the same again is not even due', async () => {
    await list(GET, HARMLESS);
    expect(await classify()).toEqual({ outcomes: ['done'], notDue: 0 });
    expect(await policies()).toEqual({ done: 1, notDue: 0 });
    const before = await dumpStore(store(), { exact: true });
    expect(await classify()).toEqual({ outcomes: [], notDue: 1 });
    expect(await policies()).toEqual({ done: 0, notDue: 1 });
    expect(await dumpStore(store(), { exact: true })).toEqual(before);
  });

  it('have a grade in the feed, and what is wrong with the server', async () => {
    await list(GET, HARMFUL);
    expect((await publish()).server).not.toHaveProperty('grade');
    await classify();
    const { server, tools } = await publish();
    expect(server).toMatchObject({ grade: expect.stringMatching(/^[DEF]$/), score: expect.any(Number), findings: [] });
    expect(tools.map(({ classification }) => classification.category)).toEqual(['Read', 'Destructive']);
  });

  describe('of a tool that changed into something worse', () => {
    const findings = async () => (await serverFindingsOf(store(), SERVER))?.changes.flatMap((change) => change.findings) ?? [];

    it('say so since that listing, until the next change', async () => {
      await list(GET, HARMLESS);
      await classify();
      expect(await findings()).toEqual([]);
      await list(GET, HARMFUL);
      await classify();
      const found = await findings();
      expect(found.length).toBeGreaterThan(0);
      expect(new Set(found.map(({ since }) => since))).toEqual(new Set([at(2).toISOString()]));
      await list(GET, HARMFUL);
      await classify();
      expect(await findings()).toEqual(found);
      await list(GET, HARMLESS);
      await classify();
      expect(await findings()).toEqual([]);
    });

    it('say so although no run looked between the two listings', async () => {
      await list(HARMLESS);
      await list(HARMFUL);
      await list(HARMFUL);
      await classify();
      expect((await findings())[0]?.since).toBe(at(2).toISOString());
    });

    it('carry it into the feed and the grade', async () => {
      await list(HARMFUL);
      await classify();
      const before = await publish();
      await list(HARMLESS);
      await list(HARMFUL);
      await classify();
      const after = await publish();
      expect(after.tools[0]?.classification.findings.map(({ since }) => since)).toContain(at(3).toISOString());
      expect(after.server.score ?? 0).toBeGreaterThan(before.server.score ?? 0);
    });
  });

  describe('with a correction', () => {
    it('change policy, feed, counts and explanation, and leave what is stored', async () => {
      await list(GET, HARMLESS);
      await classify();
      await policies();
      const before = await publish();
      const stored = (await dumpStore(store())).filter((line) => line.startsWith('classifications '));
      const corrections = correctionsOf([correctionOf(GET)]);

      expect(await policies(corrections)).toEqual({ done: 1, notDue: 0 });
      expect((await policyOf(store(), SERVER, PROFILE))?.tools?.['get_note']).toHaveProperty('limits');
      const after = await publish(corrections);
      expect(after.changed).toBe(true);
      expect(after.index.tools.byCategory).toMatchObject({ Read: 1, Write: 1 });
      expect(after.tools[0]?.classification).toMatchObject({
        category: 'Write',
        access: 'Write',
        risk: 'medium',
        correction: { classified: 'Read', why: 'It marks the note as read.', shownBy: 'a reader', date: '2026-01-02' },
      });
      expect(after.server.score ?? 0).toBeGreaterThan(before.server.score ?? 0);
      expect((await catalogueState(store(), CLASSIFIER_VERSION, corrections)).tools.byAccess).toMatchObject({ Read: 1, Write: 1 });
      expect((await basisInStore(store(), SERVER, corrections))?.tools[0]).toMatchObject({
        definition: GET,
        classification: { category: 'Write', correction: { classified: 'Read' } },
      });
      expect((await dumpStore(store())).filter((line) => line.startsWith('classifications '))).toEqual(stored);

      expect(await policies()).toEqual({ done: 1, notDue: 0 });
      expect((await publish()).tools).toEqual(before.tools);
    });

    it('know the server by any of its aliases', async () => {
      await list(GET);
      await classify();
      const corrections = correctionsOf([correctionOf(GET, { server: 'url:https://example.com' })]);
      expect((await publish(corrections)).tools[0]?.classification.correction).toBeDefined();
      expect((await catalogueState(store(), CLASSIFIER_VERSION, corrections)).tools.byAccess).toMatchObject({ Write: 1 });
    });

    it.each([
      ['of another server', { server: 'npm:other' }],
      ['of another tool', { tool: 'get_notes' }],
      ['to what the classifier says', { category: 'Read' as const }],
    ])('%s change nothing', async (_, extra) => {
      await list(GET);
      await classify();
      const before = await publish();
      const after = await publish(correctionsOf([correctionOf(GET, extra)]));
      expect([after.changed, after.tools]).toEqual([false, before.tools]);
    });

    it('say in the explanation that the tool has changed since', async () => {
      await list({ ...GET, description: 'Gets a note of the user.' });
      await classify();
      const explanation = await explainStored(store(), SERVER, correctionsOf([correctionOf(GET)]));
      expect(Explanation.parse(explanation).tools[0]?.correction).toMatchObject({ stale: true });
      const same = await explainStored(store(), SERVER, correctionsOf([correctionOf({ ...GET, description: 'Gets a note of the user.' })]));
      expect(same?.tools[0]?.correction).toMatchObject({ stale: false });
    });
  });

  it('are explained only of servers whose tools are known', async () => {
    expect(await explainStored(store(), SERVER, NO_CORRECTIONS)).toBeUndefined();
    expect(await explainStored(store(), 'npm:unknown', NO_CORRECTIONS)).toBeUndefined();
    await list(GET);
    expect(await explainStored(store(), SERVER, NO_CORRECTIONS)).toBeUndefined();
    await classify();
    expect(await explainStored(store(), SERVER, NO_CORRECTIONS)).toMatchObject({ server: { target: SERVER, grade: 'A' } });
  });
});
