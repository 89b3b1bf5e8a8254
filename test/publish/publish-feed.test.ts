import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Classification } from '../../src/model/classification.ts';
import { FeedIndex, FeedServer, FeedTool } from '../../src/model/feed.ts';
import { PolicyDocument } from '../../src/model/policy.ts';
import type { ServerRecord } from '../../src/model/server-record.ts';
import { publishFeed } from '../../src/publish/publish-feed.ts';

const classification: Classification = {
  name: 't',
  category: 'Write',
  access: 'Write',
  risk: 'medium',
  score: 30,
  confidence: 0.9,
  signals: [],
  findings: [],
  evidence: [],
  actions: [],
  classifierVersion: '1',
};

function record(id: string, listed = true): ServerRecord {
  const startedAt = new Date('2026-01-02T03:04:05Z');
  const document = { status: 'complete' as const, launch: id, attempts: [], installMs: 1, durationMs: 2, faults: [] };
  const server = { id, name: id, packages: [], remotes: [], sources: ['s'], aliases: [id], related: [] };
  if (!listed) return { server };
  const tools = [{ hash: `hash of ${id}`, name: 't', definition: { name: 't', extra: { kept: true } }, classification }];
  return {
    server,
    latest: { startedAt, document },
    listing: { startedAt, document, provenance: 'live', tools },
    policy: { version: '1', default: 'deny', tools: { t: {} } },
  };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-feed-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function publish(records: readonly ServerRecord[]) {
  const snapshot = {
    size: {
      listedServers: records.filter(({ listing }) => listing).length,
      tools: records.flatMap(({ listing }) => listing?.tools ?? []).length,
    },
    records: (async function* () {
      yield* records;
    })(),
  };
  return publishFeed(snapshot, { folder, classifierVersion: '1', now: new Date('2026-05-01T00:00:00Z') });
}

const text = (path: string) => readFile(join(folder, path), 'utf8');
const lines = async (path: string) =>
  (await text(path))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('publishFeed', () => {
  it('writes files that read back through the published schemas and match the hashes of the index', async () => {
    const result = await publish([record('npm:a'), record('npm:@scope/b'), record('npm:never-listed', false)]);
    expect(result).toMatchObject({ kind: 'published', changed: true });
    const index = FeedIndex.parse(JSON.parse(await text('index.json')));
    expect(index).toMatchObject({
      generation: 1,
      servers: { total: 3, listed: 2, byStatus: { complete: 2, 'not-looked': 1 } },
      tools: { total: 2 },
    });
    for (const { path, sha256, bytes } of Object.values(index.files)) {
      const content = await readFile(join(folder, path));
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(content.length).toBe(bytes);
    }
    const servers = (await lines('servers.jsonl')).map((line) => FeedServer.parse(line));
    expect(servers.map(({ id, listing }) => [id, listing?.provenance])).toStrictEqual([
      ['npm:a', 'live'],
      ['npm:@scope/b', 'live'],
      ['npm:never-listed', undefined],
    ]);
    const tools = (await lines('tools.jsonl')).map((line) => FeedTool.parse(line));
    expect(tools[0]).toMatchObject({ server: 'npm:a', provenance: 'live', definition: { name: 't', extra: { kept: true } } });
    for (const { path } of index.policies) PolicyDocument.parse(JSON.parse(await text(path)));
    expect(servers.map(({ policy }) => policy).filter(Boolean)).toStrictEqual(index.policies.map(({ path }) => path));
  });

  it('the same snapshot again touches no file and keeps the generation', async () => {
    await publish([record('npm:a'), record('npm:b')]);
    const before = await stat(join(folder, 'tools.jsonl'));
    const again = await publish([record('npm:a'), record('npm:b')]);
    expect(again).toMatchObject({ kind: 'published', changed: false, index: { generation: 1 } });
    expect(await stat(join(folder, 'tools.jsonl'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it('another snapshot is the next generation, and the policy of a server that left is removed', async () => {
    await publish([record('npm:a'), record('npm:b')]);
    const result = await publish([record('npm:b')]);
    expect(result).toMatchObject({ changed: true, index: { generation: 2 } });
    expect(await readdir(join(folder, 'policies'))).toHaveLength(1);
  });

  it('keeps what is out when the new catalogue lost too many servers', async () => {
    const many = Array.from({ length: 20 }, (_, n) => record(`npm:s${String(n).padStart(2, '0')}`));
    await publish(many);
    const before = await text('servers.jsonl');
    const result = await publish(many.slice(0, 13));
    expect(result).toMatchObject({ kind: 'refused', fault: { code: 'catalogue-shrank' } });
    expect(await text('servers.jsonl')).toBe(before);
    expect(await publish(many.slice(0, 14))).toMatchObject({ kind: 'published' });
  });

  it('leaves the old files when a record throws half way, and sweeps what a killed publication left', async () => {
    await publish([record('npm:a')]);
    const before = await text('servers.jsonl');
    await writeFile(join(folder, 'servers.jsonl.0123456789ab.pending'), '{"half');
    const broken = { ...record('npm:b'), server: { ...record('npm:b').server, name: 1 as unknown as string } };
    await expect(publish([record('npm:a'), broken])).rejects.toThrow(/expected string/);
    expect(await text('servers.jsonl')).toBe(before);
    expect((await readdir(folder)).filter((name) => name.endsWith('.pending'))).toStrictEqual([]);
  });

  it('keeps what is out when the tools lost their classifications', async () => {
    const many = Array.from({ length: 60 }, (_, n) => record(`npm:s${String(n).padStart(2, '0')}`));
    await publish(many);
    const snapshot = { size: { listedServers: 60, tools: 0 }, records: (async function* () {})() };
    const result = await publishFeed(snapshot, { folder, classifierVersion: '2', now: new Date() });
    expect(result).toMatchObject({ kind: 'refused', fault: { code: 'catalogue-shrank' } });
    expect(await lines('tools.jsonl')).toHaveLength(60);
  });

  it('never follows a link in place of its folder, nor removes what it did not make', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'assay-elsewhere-'));
    await writeFile(join(elsewhere, 'config.json'), '{}');
    await symlink(elsewhere, join(folder, 'policies'));
    expect(await publish([record('npm:a')])).toMatchObject({ kind: 'refused', fault: { code: 'feed-unwritable' } });
    expect(await readdir(elsewhere)).toStrictEqual(['config.json']);
    await rm(join(folder, 'policies'));
    await publish([record('npm:a')]);
    await writeFile(join(folder, 'policies', 'notes.json'), '{}');
    await publish([record('npm:b')]);
    expect(await readdir(join(folder, 'policies'))).toStrictEqual(['notes.json', expect.stringMatching(/^npm-b-/)]);
    await rm(elsewhere, { recursive: true });
  });

  it('counts listed tools that nobody has judged, and leaves them out', async () => {
    const half = record('npm:a');
    const tool = { hash: 'h', name: 'u', definition: { name: 'u' } };
    const result = await publish([{ ...half, listing: half.listing && { ...half.listing, tools: [...half.listing.tools, tool] } }]);
    expect(result).toMatchObject({ index: { unclassified: 1, tools: { total: 1 } } });
  });

  it.each(['{broken', '{"generation":"x"}'])('refuses to replace a feed whose index it cannot read: %s', async (index) => {
    await publish([record('npm:a')]);
    await writeFile(join(folder, 'index.json'), index);
    expect(await publish([])).toMatchObject({ kind: 'refused', fault: { code: 'index-unreadable' } });
    expect(await lines('tools.jsonl')).toHaveLength(1);
  });

  it('goes on counting generations from an index of another version', async () => {
    await writeFile(
      join(folder, 'index.json'),
      JSON.stringify({ generation: 7, servers: { listed: 1 }, tools: { total: 1 }, other: true }),
    );
    expect(await publish([record('npm:a')])).toMatchObject({ kind: 'published', changed: true, index: { generation: 8 } });
  });

  it('removes a policy only after the index that no longer names it', async () => {
    await publish([record('npm:a'), record('npm:b')]);
    const index = FeedIndex.parse(JSON.parse(await text('index.json')));
    const broken = { ...record('npm:c'), server: { ...record('npm:c').server, name: 1 as unknown as string } };
    await expect(publish([record('npm:b'), broken])).rejects.toThrow(/expected string/);
    for (const { path } of index.policies) PolicyDocument.parse(JSON.parse(await text(path)));
    expect((await readdir(join(folder, 'policies'))).filter((name) => name.endsWith('.pending'))).toStrictEqual([]);
  });

  it.each(['npm:../../etc/passwd', 'npm:con', `npm:${'x'.repeat(5000)}`, 'npm:a\u0000b', 'NPM:A', 'npm:a'])(
    'keeps the policy of %j inside the feed',
    async (id) => {
      await publish([record('npm:a0'), record(id)]);
      const names = await readdir(join(folder, 'policies'));
      expect(names).toHaveLength(2);
      for (const name of names) expect(name).toMatch(/^[a-z0-9_][a-z0-9._-]{0,95}\.json$/);
    },
  );
});
