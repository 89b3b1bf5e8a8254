import { appendFile, mkdtemp, open, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FeedName } from '../../src/model/feed.ts';
import type { ServerRecord } from '../../src/model/server-record.ts';
import { basisInFeed } from '../../src/pipeline/basis-in-feed.ts';
import { findInFeed } from '../../src/publish/find-in-feed.ts';
import { NAME_LINE_BYTES, NameLines } from '../../src/publish/name-lines.ts';
import { publishFeed } from '../../src/publish/publish-feed.ts';

const document = { status: 'complete' as const, launch: 'x', attempts: [], installMs: 1, durationMs: 2, faults: [] };
const startedAt = new Date('2026-01-02T03:04:05Z');

function record(id: string, { name = id, aliases = [id], tools = ['ü_tool', 't'] } = {}): ServerRecord {
  const classification = { category: 'Read', access: 'Read', risk: 'low', score: 1, confidence: 0.9, classifierVersion: '1' } as const;
  const empty = { signals: [], findings: [], evidence: [], actions: [] };
  return {
    server: { id, name, packages: [], remotes: [], sources: ['s'], aliases, related: [] },
    findings: [],
    listing: {
      startedAt,
      document,
      provenance: 'live',
      tools: tools.map((tool) => ({
        hash: `${id} ${tool}`,
        name: tool,
        definition: { name: tool, description: 'ä\u2028"' },
        classification: { name: tool, ...classification, ...empty },
      })),
    },
  };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-find-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function publish(records: readonly ServerRecord[]) {
  const snapshot = {
    size: { listedServers: 0, tools: 0 },
    records: (async function* () {
      yield* records;
    })(),
  };
  const result = await publishFeed(snapshot, { folder, classifierVersion: '1', now: startedAt });
  if (result.kind === 'refused') throw new Error(result.fault.message);
}

async function idOf(wanted: string): Promise<string | undefined> {
  const found = await findInFeed(folder, wanted);
  return found.kind === 'found' ? found.published.server.id : undefined;
}

describe('a server in a published feed', () => {
  const many = Array.from({ length: 300 }, (_, index) =>
    record(`npm:s${String(index).padStart(3, '0')}`, { name: `Server ${index % 200}` }),
  );

  it('is found by its id, wherever it stands, with exactly its own tools', async () => {
    await publish(many);
    for (const { server } of many) {
      const found = await findInFeed(folder, server.id);
      if (found.kind !== 'found') throw new Error(`${server.id} is ${found.kind}`);
      expect(found.published.server.id).toBe(server.id);
      expect(found.published.tools.map(({ hash }) => hash)).toEqual([`${server.id} ü_tool`, `${server.id} t`]);
    }
  });

  it('is found by a name that only it has', async () => {
    await publish(many);
    expect(await idOf('Server 150')).toBe('npm:s150');
    expect(await idOf('Server 1')).toBeUndefined();
    expect(await idOf('Server 1000')).toBeUndefined();
  });

  it('by its id before an alias, by an alias before a name', async () => {
    await publish([record('npm:a', { name: 'x', aliases: ['npm:a', 'npm:b'] }), record('npm:b', { name: 'c', aliases: ['npm:b', 'x'] })]);
    expect([await idOf('npm:b'), await idOf('x'), await idOf('c')]).toEqual(['npm:b', 'npm:b', 'npm:b']);
  });

  it('has lines of one width that are JSON', async () => {
    const lines = new NameLines();
    lines.add(
      { id: 'npm:a', aliases: ['npm:a'], name: 'A' },
      { server: { start: 0, bytes: 7 }, tools: { start: 9_999_999_999_999, bytes: 99_999_999_999 } },
    );
    const [batch = []] = [...lines.sorted()];
    expect(batch).toHaveLength(2);
    for (const line of batch) {
      expect(Buffer.byteLength(line) + 1).toBe(NAME_LINE_BYTES);
      expect(FeedName.parse(JSON.parse(line)).slice(1)).toEqual([0, 7, 9_999_999_999_999, 99_999_999_999]);
    }
  });

  it('is what policies are made of; one without tools is not', async () => {
    await publish([record('npm:a', { name: 'A' }), record('npm:none', { tools: [] })]);
    const basis = await basisInFeed(folder, 'npm:a');
    expect(basis).toMatchObject({ server: 'A', findings: [], tools: [{ hash: 'npm:a ü_tool' }, { hash: 'npm:a t' }] });
    expect(await basisInFeed(folder, 'npm:none')).toBeUndefined();
  });

  it('is missing where there is no feed, or an empty one', async () => {
    expect(await findInFeed(join(folder, 'none'), 'npm:a')).toEqual({ kind: 'missing' });
    await publish([]);
    expect(await findInFeed(folder, 'npm:a')).toEqual({ kind: 'missing' });
  });
});

describe('files that do not belong together are never taken for a server', () => {
  const broken: [string, () => Promise<void>][] = [
    ['tools.jsonl cut off', () => truncate(join(folder, 'tools.jsonl'), 20)],
    ['servers.jsonl cut off', () => truncate(join(folder, 'servers.jsonl'), 20)],
    ['names.jsonl with half a line', () => appendFile(join(folder, 'names.jsonl'), '["0')],
    ['another tool in the same bytes', () => replaced('tools.jsonl', 'npm:a', 'npm:b')],
    ['a line end in a tool', () => replaced('tools.jsonl', '"hash"', '\n"ash"')],
  ];

  async function replaced(file: string, from: string, to: string): Promise<void> {
    const handle = await open(join(folder, file), 'r+');
    const text = await handle.readFile('utf8');
    await handle.write(Buffer.from(text.replace(from, to)), 0, undefined, 0);
    await handle.close();
  }

  it.each(broken)('%s', async (_, breakIt) => {
    await publish([record('npm:a')]);
    expect(await idOf('npm:a')).toBe('npm:a');
    await breakIt();
    expect(await findInFeed(folder, 'npm:a')).toEqual({ kind: 'torn' });
    expect(await basisInFeed(folder, 'npm:a')).toBe('torn');
  });
});
