import { describe, expect, it } from 'vitest';
import { discoveriesOf } from '../../crawlers/official-registry/row.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { REGISTRY_URL, readRows, registryDouble } from './doubles/registry-double.ts';
import { grow, nextDay } from './doubles/registry-growth.ts';
import type { Row } from './doubles/registry-listing.ts';

const FIXTURES = new URL('../fixtures/crawlers/official-registry/', import.meta.url).pathname;
const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const history = readRows(`${FIXTURES}history-with-status.composed.json.gz`);

interface Answer {
  readonly servers: readonly Row[];
  readonly metadata: { readonly count: number; readonly nextCursor?: string };
}

const ask = (rows: readonly Row[], query: string) => registryDouble(rows).fetch(`${REGISTRY_URL}/v0.1/servers?${query}`);
const answerOf = async (rows: readonly Row[], query: string) => (await ask(rows, query)).json() as Promise<Answer>;
const keyOf = ({ server }: Row) => `${server.name}@${server.version}`;
const metaOf = (row: Row) => row._meta[OFFICIAL] as JsonObject;

function rowsNamed(...keys: readonly string[]): Row[] {
  return keys.map((key) => ({
    server: { name: key.split('@')[0] ?? '', version: key.split('@')[1] ?? '' },
    _meta: { [OFFICIAL]: { status: 'active', updatedAt: '2026-01-01T00:00:00.49Z', isLatest: true } },
  }));
}

describe('the double of the official registry answers as the registry does', () => {
  it('by name and version in the order of bytes, from the cursor on', async () => {
    const rows = rowsNamed('b/b@1.9.0', 'b/b@1.10.0', 'a/a@1', 'Z/z@1', 'a/a-b@1', 'a/a:c@1');
    const first = await answerOf(rows, 'limit=4');
    expect(first.servers.map(keyOf)).toStrictEqual(['Z/z@1', 'a/a@1', 'a/a-b@1', 'a/a:c@1']);
    const second = await answerOf(rows, 'limit=4&cursor=a%2Fa-b%3A1');
    expect(second.servers.map(keyOf)).toStrictEqual(['a/a:c@1', 'b/b@1.10.0', 'b/b@1.9.0']);
  });

  it('a full page leads on, even to an empty one', async () => {
    const rows = rowsNamed('a/a@1', 'b/b@1');
    const first = await answerOf(rows, 'limit=2');
    expect(first.metadata).toStrictEqual({ nextCursor: 'b/b:1', count: 2 });
    expect(await answerOf(rows, 'limit=2&cursor=b%2Fb%3A1')).toStrictEqual({ servers: [], metadata: { count: 0 } });
  });

  it.each([
    ['', 30],
    ['limit=100&version=latest', 56],
    ['limit=100&search=PRERELEASE', 2],
    ['limit=100&search=deprecated', 3],
    ['limit=100&search=.example%2Fdel', 0],
    ['limit=100&search=.example%2Fdel&include_deleted=true', 1],
    ['limit=100&version=2025-11-10', 1],
    ['limit=100&updated_since=2026-03-01T00%3A00%3A00Z&search=com.example', 8],
  ])('to %j with %d rows', async (query, count) => {
    const { servers, metadata } = await answerOf(history, query);
    expect([servers.length, metadata.count]).toStrictEqual([count, count]);
  });

  it('with changes later than an instant, not a text', async () => {
    const rows = rowsNamed('a/a@1');
    expect((await answerOf(rows, 'updated_since=2026-01-01T00:00:00.5Z')).servers).toHaveLength(0);
    expect((await answerOf(rows, 'updated_since=2026-01-01T00:00:00.49Z')).servers).toHaveLength(0);
    expect((await answerOf(rows, 'updated_since=2026-01-01T00:00:00.4899Z')).servers).toHaveLength(1);
  });

  it.each([
    ['limit=101', 422, 'expected number <= 100'],
    ['limit=0', 422, 'expected number >= 1'],
    ['limit=many', 422, 'invalid integer'],
    ['updated_since=yesterday', 400, 'Invalid updated_since format'],
    ['updated_since=2026-01-01T00:00:00Z&include_deleted=false', 400, 'include_deleted'],
  ])('%s with %d', async (query, status, text) => {
    const response = await ask(history, query);
    expect([response.status, response.headers.get('content-type')]).toStrictEqual([status, 'application/problem+json']);
    expect(await response.text()).toContain(text);
  });

  it('and to nothing else', async () => {
    const { fetch } = registryDouble(history);
    await expect(fetch(`${REGISTRY_URL}/v0.1/publish`)).rejects.toThrow('nobody planned');
    await expect(fetch(`${REGISTRY_URL}/v0.1/servers`, { method: 'POST' })).rejects.toThrow('nobody planned');
  });
});

describe('a grown registry', () => {
  const grown = grow(readRows(`${FIXTURES}latest-2026-03-06.json.gz`), 6_000, 20_000);
  const servers = Map.groupBy(grown, ({ server }) => server.name);

  it('has the size asked for, no version twice, and is the same every time', () => {
    expect([servers.size, new Set(grown.map(keyOf)).size, grown.length]).toStrictEqual([6_000, 20_000, 20_000]);
    expect(grow(history, 100, 300, 7)).toStrictEqual(grow(history, 100, 300, 7));
    expect(grow(history, 100, 300, 7)).not.toStrictEqual(grow(history, 100, 300, 8));
  });

  it('has one latest version a server, some of every status, and is read without a fault it had not before', () => {
    expect([...servers.values()].every((rows) => rows.filter((row) => metaOf(row)['isLatest']).length === 1)).toBe(true);
    const statuses = Map.groupBy(grown, (row) => metaOf(row)['status']);
    expect([...statuses.keys()].sort()).toStrictEqual(['active', 'deleted', 'deprecated']);
    const faults = grown
      .flatMap((row) => discoveriesOf({ id: 'official-registry', proven: true }, row))
      .filter(({ kind }) => kind === 'fault');
    expect(faults.every((found) => 'fault' in found && found.fault.message.includes('name: ""'))).toBe(true);
  });

  it('shares no package, remote or repository between a server and its copy', () => {
    const one = (name: string) =>
      JSON.stringify([...(servers.get(name) ?? [])].map(({ server }) => server['packages'] ?? server['remotes'])[0]);
    const copies = [...servers.keys()].filter((name) => servers.has(`${name}-n1`) && (one(name) ?? '[]') !== '[]');
    expect(copies.length).toBeGreaterThan(2_500);
    expect(copies.filter((name) => one(name) === one(`${name}-n1`))).toStrictEqual([]);
  });

  it('has a next day with new servers, new versions and changes that do and do not show', () => {
    const { rows, changed } = nextDay(grown);
    expect(rows).toHaveLength(20_740);
    expect(new Set(rows.map(({ server }) => server.name)).size).toBe(6_220);
    expect(new Set(rows.map(keyOf)).size).toBe(20_740);
    const before = new Map(grown.map((row) => [keyOf(row), row]));
    const kindOf = (row: Row) => {
      const old = before.get(keyOf(row));
      if (!old) return 'new';
      return metaOf(old)['updatedAt'] === metaOf(row)['updatedAt'] ? 'silent' : String(metaOf(row)['status']);
    };
    const kinds = Map.groupBy(changed, kindOf);
    expect(kinds.get('new')).toHaveLength(740);
    expect([...kinds.keys()].sort()).toStrictEqual(['deleted', 'deprecated', 'new', 'silent']);
    expect(rows.filter((row) => before.get(keyOf(row)) !== row).length).toBe(changed.length);
    expect(nextDay(grown)).toStrictEqual({ rows, changed });
  });
});
