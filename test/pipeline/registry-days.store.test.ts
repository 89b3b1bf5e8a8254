import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { registryCrawler } from '../../crawlers/official-registry.ts';
import { NO_CORRECTIONS } from '../../src/model/correction.ts';
import { discover } from '../../src/pipeline/discover.ts';
import { currentEntries } from '../../src/store/current-entries.ts';
import { sql } from '../../src/store/drizzle.ts';
import { query } from '../../src/store/query.ts';
import type { Store } from '../../src/store/store.ts';
import { fakeHttp, START } from '../crawlers/doubles/fake-http.ts';
import { REGISTRY_URL, readRows, registryDouble } from '../crawlers/doubles/registry-double.ts';
import type { Row } from '../crawlers/doubles/registry-listing.ts';
import { describeStore } from '../store/backends.ts';

/*
 * Real dumps of the official registry as successive days. What each day must bring is computed here from the files alone, by comparing their rows.
 */

const FIXTURES = new URL('../fixtures/crawlers/official-registry/', import.meta.url).pathname;
const december11 = readRows(`${FIXTURES}all-versions-2025-12-11.json.gz`);
const december18 = readRows(`${FIXTURES}all-versions-2025-12-18.json.gz`);
const march = readRows(`${FIXTURES}latest-2026-03-06.json.gz`);
const history = readRows(`${FIXTURES}history-with-status.composed.json.gz`);

const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const metaOf = (row: Row) =>
  z.looseObject({ status: z.string(), isLatest: z.boolean(), publishedAt: z.string() }).parse(row._meta[OFFICIAL]);
const keyOf = ({ server }: Row) => `${server.name} ${server.version}`;
const byKey = (rows: readonly Row[]) => new Map(rows.map((row) => [keyOf(row), row]));
const newKeys = (before: readonly Row[], after: readonly Row[]) => [...byKey(after).keys()].filter((key) => !byKey(before).has(key));
const newNames = (before: readonly Row[], after: readonly Row[]) => {
  const known = new Set(before.map(({ server }) => server.name));
  return new Set(after.map(({ server }) => server.name).filter((name) => !known.has(name))).size;
};
const corrected = (before: readonly Row[], after: readonly Row[]) => {
  const known = byKey(before);
  return after.filter((row) => known.has(keyOf(row)) && !isDeepStrictEqual(known.get(keyOf(row))?.server, row.server));
};
const NOTHING = { servers: 0, added: 0, changed: 0, deprecated: 0, deleted: 0, gone: 0 };
const DAY_MS = 86_400_000;

describeStore('the official registry from day to day', (store) => {
  beforeEach(() => vi.useFakeTimers({ now: START, toFake: ['Date'] }));
  afterEach(() => {
    vi.useRealTimers();
  });

  async function day(rows: readonly Row[] | ReturnType<typeof registryDouble>, laterDays = 0) {
    vi.setSystemTime(Date.now() + laterDays * DAY_MS);
    const double = 'fetch' in rows ? rows : registryDouble(rows);
    const crawler = registryCrawler({ id: 'registry', title: 'Registry', homepage: REGISTRY_URL, baseUrl: REGISTRY_URL, proven: true });
    const now = () => new Date();
    const context = {
      store: store(),
      corrections: NO_CORRECTIONS,
      runId: 1,
      now,
      abort: new AbortController().signal,
    };
    const { report, faults } = await discover(context, crawler, {
      http: fakeHttp(double.fetch),
      optOut: [],
      sourceMs: 600_000,
      onProgress: () => {},
    });
    const { source: _, complete, faults: __, unchanged, scope, ...counts } = report;
    expect(complete).toBe(true);
    return { counts, scope, unchanged, faults: faults.map(({ code }) => code).filter((code) => code !== 'entry-part-unreadable') };
  }

  describe('two December dumps of every version', () => {
    it('bring what the files hold: whole, then changes, then nothing, and a whole crawl mends what changes do not tell', async () => {
      const first = await day(december11);
      expect(first).toMatchObject({ scope: 'whole', counts: { ...NOTHING, added: december11.length, servers: newNames([], december11) } });
      expect(await currentVersions(store())).toEqual(latestOf(december11));

      const second = await day(december18, 1);
      const added = newKeys(december11, december18).length;
      expect(second).toMatchObject({ scope: 'changes', counts: { ...NOTHING, added, servers: newNames(december11, december18) } });
      expect(await currentVersions(store())).toEqual(latestOf(december18));
      const notTold = corrected(december11, december18);
      expect(await storedServers(store())).toEqual(serversOf([...december18.filter((row) => !notTold.includes(row)), ...before(notTold)]));

      expect((await day(december18, 1)).counts).toEqual(NOTHING);

      const weekLater = await day(december18, 7);
      expect(weekLater).toMatchObject({ scope: 'whole', counts: { ...NOTHING, changed: notTold.length } });
      expect(await storedServers(store())).toEqual(serversOf(december18));
      expect((await day(december18, 7)).counts).toEqual(NOTHING);
    });

    function before(rows: readonly Row[]): Row[] {
      const known = byKey(december11);
      return rows.flatMap((row) => known.get(keyOf(row)) ?? []);
    }
  });

  it('goes on to March, where only the latest versions are listed: what the dump does not hold is gone', async () => {
    await day(december18);
    const result = await day(march, 7);
    expect(result).toMatchObject({
      scope: 'whole',
      counts: {
        ...NOTHING,
        added: newKeys(december18, march).length,
        servers: newNames(december18, march),
        changed: corrected(december18, march).length,
      },
      faults: ['source-shrank'],
    });
    expect(result.counts.added).toBeGreaterThan(1_900);
    // Two thirds of what was stored: believed when the next whole crawl says the same.
    const agreed = await day(march, 1);
    expect(agreed).toMatchObject({ scope: 'whole', counts: { ...NOTHING, gone: newKeys(march, december18).length }, faults: [] });
    expect(await currentVersions(store())).toEqual(latestOf(march));
    expect((await day(march, 7)).counts).toEqual(NOTHING);
  });

  it('follows versions that are deprecated and deleted', async () => {
    const published = history.map((row) => withStatus(row, 'active'));
    const double = registryDouble(published);
    expect((await day(double)).counts).toEqual({ ...NOTHING, added: history.length, servers: newNames([], history) });
    const moved = history.filter((row) => metaOf(row).status !== 'active');
    double.listing.put(history);
    const result = await day(double, 1);
    const count = (status: string) => moved.filter((row) => metaOf(row).status === status).length;
    expect(result).toMatchObject({ scope: 'changes', counts: { ...NOTHING, deprecated: count('deprecated'), deleted: count('deleted') } });
    expect([count('deprecated'), count('deleted')]).toEqual([3, 5]);
    expect(await currentVersions(store())).toEqual(latestOf(history));
    expect((await day(double, 1)).counts).toEqual(NOTHING);
    expect((await day(double, 7)).counts).toEqual(NOTHING);
  });

  it('does not believe an answer that was cut short, and keeps everything', async () => {
    await day(march);
    expect(await day(march.slice(0, 1_000), 7)).toMatchObject({ scope: 'whole', counts: NOTHING, faults: ['source-shrank'] });
    expect(await day(march, 1)).toMatchObject({ scope: 'whole', counts: NOTHING, faults: [] });
    expect(await day(march, 1)).toMatchObject({ scope: 'changes', counts: NOTHING });
    expect(await day([], 7)).toMatchObject({ counts: NOTHING, faults: ['source-shrank'] });
    // What the next crawl sees after all stays; only what neither saw is gone.
    expect(await day(march.slice(0, 100), 1)).toMatchObject({ counts: { ...NOTHING, gone: march.length - 100 } });
  });

  it('keeps what is listed in a way that can no longer be read', async () => {
    const few = march.slice(0, 20);
    await day(few);
    const deep = JSON.parse(`${'{"a":'.repeat(80)}1${'}'.repeat(80)}`);
    const [first, ...others] = few;
    if (!first) throw new Error('the dump is empty');
    const result = await day([{ ...first, server: { ...first.server, deep } }, ...others], 7);
    expect(result).toMatchObject({ scope: 'whole', counts: NOTHING, faults: ['entry-unreadable'] });
    expect(await currentVersions(store())).toEqual(latestOf(few));
  });

  it('takes back what was gone when it is listed again', async () => {
    await day(march);
    const most = march.slice(0, 2_800);
    expect((await day(most, 7)).counts).toEqual({ ...NOTHING, gone: march.length - 2_800 });
    expect((await day(march, 7)).counts).toEqual({ ...NOTHING, added: march.length - 2_800 });
    expect(await storedServers(store())).toEqual(serversOf(march));
  });
});

/** As the first of the two days knew a row whose status has since changed. */
function withStatus(row: Row, status: string): Row {
  const { publishedAt, ...meta } = metaOf(row);
  if (meta.status === 'active') return row;
  const { statusMessage: _, ...rest } = meta;
  return {
    ...row,
    _meta: { ...row._meta, [OFFICIAL]: { ...rest, status, publishedAt, updatedAt: publishedAt, statusChangedAt: publishedAt } },
  };
}

/** By the registry's own flag: `name version`, without servers of which everything is deleted. */
function latestOf(rows: readonly Row[]): string[] {
  return rows
    .filter((row) => metaOf(row).isLatest && metaOf(row).status !== 'deleted')
    .map(keyOf)
    .sort();
}

async function currentVersions(store: Store): Promise<string[]> {
  return (await currentEntries(store)).map(({ id, version }) => `${id} ${version}`).sort();
}

const StoredRow = z.object({ key: z.string(), server: z.unknown() });

/** Every release that is not gone, with the `server` document of its source. */
async function storedServers(store: Store): Promise<Map<string, unknown>> {
  const rows = await query(
    store.db,
    StoredRow,
    sql`select id || ' ' || release as key, raw -> 'server' as server from registry_entries where gone_at is null`,
  );
  return new Map(rows.map(({ key, server }): [string, unknown] => [key, server]).sort(byFirst));
}

function serversOf(rows: readonly Row[]): Map<string, unknown> {
  return new Map(rows.map((row): [string, unknown] => [keyOf(row), row.server]).sort(byFirst));
}

function byFirst([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
