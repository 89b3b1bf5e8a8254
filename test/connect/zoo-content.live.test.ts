import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonText } from '../../src/cli/json-text.ts';
import { NO_CORRECTIONS } from '../../src/model/correction.ts';
import { isListed, type ListedEnumeration } from '../../src/model/enumeration.ts';
import { FeedTool } from '../../src/model/feed.ts';
import { ScanDocument } from '../../src/model/scan.ts';
import { classificationsDue, classifyServer } from '../../src/pipeline/classify-server.ts';
import { contentHash } from '../../src/pipeline/content-hash.ts';
import { policiesDue, recordPolicy } from '../../src/pipeline/policy-of-server.ts';
import { publishCatalogue } from '../../src/pipeline/publish-catalogue.ts';
import { scan } from '../../src/pipeline/scan.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startRun } from '../../src/store/runs.ts';
import { recordServers } from '../../src/store/servers.ts';
import { storableJson } from '../../src/store/storable-json.ts';
import type { Store } from '../../src/store/store.ts';
import { assay } from '../cli/assay.ts';
import { at, sampleServer } from '../store/samples.ts';
// @ts-expect-error a plain script, which runs in the sandbox as it is
import { CONTENT } from '../zoo/content.js';
import { STRONGEST } from './rungs.ts';
import { LIMITS, lookAtZoo, zooContext, zooPlan } from './zoo-look.ts';

/** As they are: the sizes are what these are about. */
const BIG = { ...LIMITS, maxFrameBytes: 2 ** 23, maxSessionBytes: 2 ** 25 };

interface Case {
  readonly content: string;
  readonly tools: number;
  /** Codes of what was left out. */
  readonly faults?: readonly string[];
  /** Techniques that must be among the findings, of a tool or of the server. */
  readonly findings?: readonly string[];
  /** Of the first tool. */
  readonly access?: 'Read' | 'Write' | 'Admin';
}

/** What a scan says of each. Each is scanned within the time of a test, listed, judged, and printed as JSON that parses to the same. */
const CASES: readonly Case[] = [
  { content: 'ref-cycle', tools: 1 },
  { content: 'ref-fan-out', tools: 1 },
  { content: 'ref-elsewhere', tools: 1 },
  { content: 'deep-schema', tools: 0, faults: ['tool-too-deep'] },
  { content: 'long-description', tools: 1, access: 'Read' },
  { content: 'longest-description', tools: 0, faults: ['tool-too-big'] },
  { content: 'slow-texts', tools: 9 },
  { content: 'slow-pattern', tools: 1 },
  { content: 'names-of-object', tools: 5 },
  { content: 'polluting', tools: 1 },
  { content: 'odd-keys', tools: 1 },
  { content: 'unstorable', tools: 1, findings: ['terminal-escape'] },
  { content: 'long-name', tools: 1 },
  { content: 'odd-numbers', tools: 1 },
  { content: 'duplicate-keys', tools: 1, access: 'Admin' },
  { content: 'normal-forms', tools: 2, findings: ['similar-tool-names'] },
  { content: 'no-schema', tools: 10 },
  { content: 'odd-fields', tools: 1 },
  { content: 'same-name', tools: 2, faults: ['duplicate-tool-name'], findings: ['similar-tool-names'] },
  { content: 'confusable-names', tools: 5, findings: ['similar-tool-names', 'look-alike-letters', 'stray-invisible-character'] },
  { content: 'hidden-text', tools: 1, findings: ['tag-characters'] },
  { content: 'terminal-escapes', tools: 1, findings: ['terminal-escape'] },
  { content: 'sql-and-html', tools: 1 },
];

it('every content has its case', () => {
  expect(CASES.map(({ content }) => content)).toEqual(Object.keys(CONTENT));
});

describe('a server whose tools have', { concurrent: true }, () => {
  it.each(CASES)('$content', async ({ content, tools, faults = [], findings = [], access }) => {
    const document = await scanned(content);
    expect(document.enumeration).toMatchObject({ status: 'complete', faults: faults.map((code) => ({ code })) });
    expect(document.tools).toHaveLength(tools);
    expect(techniquesIn(document)).toEqual(expect.arrayContaining([...findings]));
    if (access) expect(document.tools[0]?.classification.access).toBe(access);
    const printed = jsonText(document);
    expect(printed).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(JSON.stringify(JSON.parse(printed))).toBe(JSON.stringify(document));
    ScanDocument.parse(JSON.parse(printed));
    expect({}).not.toHaveProperty('polluted');
  });
});

async function scanned(content: string): Promise<ScanDocument> {
  const { context, close } = await zooContext(STRONGEST, { limits: BIG });
  return scan(zooPlan(`content.js ${content}`, 'zoo'), context, async () => NO_CORRECTIONS).finally(close);
}

function techniquesIn({ server, tools }: ScanDocument): string[] {
  const findings = [...(server.findings ?? []), ...tools.flatMap(({ classification }) => classification.findings)];
  return findings.flatMap((finding) => ('technique' in finding ? [finding.technique ?? []].flat() : []));
}

it('all of it at once is one line of JSON on the command line, and nothing of it moves the terminal', async () => {
  const cwd = join(import.meta.dirname, '../zoo');
  const json = await assay(['scan', '--json', '--', 'node', 'content.js', 'all'], { cwd });
  expect(json.code, json.stderr).toBe(0);
  expect(json.stdout.trimEnd().split('\n')).toHaveLength(1);
  const document = ScanDocument.parse(JSON.parse(json.stdout));
  expect(document.tools).toHaveLength(CASES.reduce((sum, { tools }) => sum + tools, 0));
  expect(document.tools.filter(({ classification }) => classification.access === undefined)).toEqual([]);
  const text = await assay(['scan', '--', 'node', 'content.js', 'all'], { cwd });
  expect(text.code, text.stderr).toBe(0);
  expect(text.stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

describe('all of it stored', () => {
  let folder: string;
  let store: Store;
  let enumeration: ListedEnumeration;
  const serverId = 'npm:zoo';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-zoo-store-'));
    store = await openStore({ folder });
    const seen = await lookAtZoo(STRONGEST, 'content.js all', { limits: BIG });
    if (!isListed(seen)) throw new Error(seen.fault.message);
    enumeration = seen;
  });
  afterAll(async () => {
    await store?.close();
    await rm(folder, { recursive: true });
  });

  it('goes the whole way, with another server beside it, and hashes the same at the next look', async () => {
    const servers = [serverId, 'npm:quiet'].map((id) => sampleServer(id));
    await recordServers(store, { servers, now: at(0) });
    const runId = await startRun(store, { options: {}, now: at(0) });
    const context = { store, corrections: NO_CORRECTIONS, runId, now: () => at(9), abort: new AbortController().signal };
    const tools = hashed(enumeration);
    const again = await lookAtZoo(STRONGEST, 'content.js all', { limits: BIG });
    expect(isListed(again) && hashed(again).map(({ hash }) => hash)).toEqual(tools.map(({ hash }) => hash));
    await recordEnumeration(store, { serverId, runId, launchKey: 'zoo', startedAt: at(1), enumeration, tools });
    const quiet = { ...enumeration, tools: [{ name: 'get_note' }], answer: ['{"tools":[{"name":"get_note"}]}'] };
    await recordEnumeration(store, {
      ...{ serverId: 'npm:quiet', runId, launchKey: 'quiet', startedAt: at(1), enumeration: quiet },
      tools: hashed(quiet),
    });
    for (const item of (await classificationsDue(context)).due) expect((await classifyServer(context, item)).kind).toBe('done');
    for (const policy of (await policiesDue(context)).due) await recordPolicy(context, policy);
    const published = await publishCatalogue(context, join(folder, 'feed'));
    expect(published.kind).not.toBe('refused');
    const lines = (await readFile(join(folder, 'feed', 'tools.jsonl'), 'utf8')).trimEnd().split('\n');
    const feed = lines.map((line) => FeedTool.parse(JSON.parse(line)));
    expect(feed).toHaveLength(tools.length + 1);
    expect(feed.map(({ definition }) => definition.name)).toEqual(
      expect.arrayContaining(['__proto__', 'constructor', 'nul\uFFFD', "'; drop table servers; --", 'get_note']),
    );
  });
});

function hashed({ tools }: ListedEnumeration) {
  return tools.map((tool) => storableJson(tool)).map((definition) => ({ definition, hash: contentHash(definition) }));
}
