import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import { AccessPolicy } from '../../src/model/access-policy.ts';
import type { ServerRecord } from '../../src/model/server-record.ts';
import type { ToolDefinition } from '../../src/model/tool.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { publishFeed } from '../../src/publish/publish-feed.ts';
import { assay } from './assay.ts';

const DEFINITIONS: readonly ToolDefinition[] = [
  { name: 'get_note', description: 'Gets a note.' },
  {
    name: 'create_note',
    description: 'Creates a note in a file.',
    inputSchema: { type: 'object', properties: { path: { type: 'string', description: 'Path of the file' }, text: { type: 'string' } } },
  },
  { name: 'delete_note', description: 'Permanently deletes a note. This cannot be undone.' },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-policy-'));
  await mkdir(join(folder, 'site'));
  const startedAt = new Date('2026-01-02T03:04:05Z');
  const document = { status: 'complete' as const, launch: 'x', attempts: [], installMs: 1, durationMs: 2, faults: [] };
  const context = { name: 'Notes', toolNames: DEFINITIONS.map(({ name }) => name) };
  const tools = DEFINITIONS.map((definition) => ({
    hash: definition.name,
    name: definition.name,
    definition,
    classification: classifyTool(definition, context),
  }));
  const server = { id: 'npm:notes', name: 'Notes', packages: [], remotes: [], sources: ['s'], aliases: ['npm:notes'], related: [] };
  const record: ServerRecord = { server, findings: [], listing: { startedAt, document, provenance: 'live', tools } };
  const records = (async function* () {
    yield record;
  })();
  await publishFeed(
    { size: { listedServers: 1, tools: 3 }, records },
    { folder: join(folder, 'site', 'feed'), classifierVersion: '1', now: startedAt },
  );
});
afterAll(() => rm(folder, { recursive: true }));

const policy = (...args: string[]) => assay(['policy', ...args], { cwd: folder });

describe('assay policy of a published server', () => {
  it('is found by its name under site/feed, and by its id in the feed that is named', async () => {
    const [byName, byId] = [await policy('Notes'), await policy('npm:notes', '--feed', join('site', 'feed'))];
    expect(byName).toMatchObject({ code: 0, stderr: '' });
    expect(byName.stdout).toBe(byId.stdout);
    expect(JSON.parse(byName.stdout)).toMatchObject({
      default: 'deny',
      hide: ['delete_note'],
      tools: { get_note: {}, create_note: { limits: [{ max: 30 }] } },
    });
  });

  it('says why in the form of the model, for the profile asked for', async () => {
    const ran = await policy('Notes', '--format', 'assay', '--profile', 'strict');
    const read = AccessPolicy.parse(JSON.parse(ran.stdout));
    expect(read).toMatchObject({ server: 'Notes', profile: 'strict' });
    expect(read.rules.map(({ tool, decision, definition }) => [tool, decision, definition])).toEqual([
      ['create_note', 'approve', 'create_note'],
      ['delete_note', 'hide', 'delete_note'],
      ['get_note', 'limit', 'get_note'],
    ]);
  });

  it('says on stderr what the form cannot say', async () => {
    const { stdout, stderr } = await policy('Notes', '--profile', 'strict');
    expect(JSON.parse(stdout).tools.create_note).toEqual({ deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] });
    expect(stderr).toBe('assay: json: This form has no approval: the tool is denied. ("create_note")\n');
  });

  it('leaves placeholders open in its own form only, and takes their values', async () => {
    const open = await policy('Notes', '--arguments', 'all');
    expect(open).toMatchObject({ code: 2, stdout: '' });
    expect(open.stderr).toMatch(/PATH_ROOT is not filled in\. Add --set PATH_ROOT=/);
    const own = readPolicy((await policy('Notes', '--arguments', 'all', '--format', 'assay')).stdout);
    expect(own).toMatchObject({ policy: { placeholders: [{ name: 'PATH_ROOT' }] } });
    const filled = readPolicy((await policy('Notes', '--arguments', 'all', '--format', 'assay', '--set', 'PATH_ROOT=/srv')).stdout);
    expect(filled).toMatchObject({ policy: { placeholders: [], rules: [{ require: [{ op: 'within-folder', value: '/srv' }] }, {}, {}] } });
  });

  it('is written to a new file, never over another', async () => {
    const file = join(folder, 'policy.json');
    expect(await policy('Notes', '--out', file)).toMatchObject({ code: 0, stdout: '' });
    const before = await readFile(file, 'utf8');
    expect(await policy('Notes', '--out', file, '--profile', 'strict')).toMatchObject({ code: 2 });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it.each([
    [['Notes', '--tool', 'get_notes'], 3, /no tool named "get_notes"\. Did you mean "get_note"/],
    [['Notes', '--set', 'path=x'], 2, /--set "path=x" is not of the form NAME=value/],
    [['Notes', '--profile', 'lax'], 2, /Allowed choices are standard, strict, read-only/],
    [['npm:other', '--feed', 'site/feed'], 3, /no server "npm:other" with known tools is in the feed site\/feed/],
    [['Nothing'], 3, /no server "Nothing" with known tools is in the catalogue/],
    [['--feed', 'site/feed'], 2, /name the server to look for/],
  ])('%j fails with %d', async (args, code, message) => {
    const ran = await policy(...args);
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });
});
