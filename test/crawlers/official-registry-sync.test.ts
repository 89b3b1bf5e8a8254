import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RegistrySettings, registryCrawler } from '../../crawlers/official-registry.ts';
import { FaultError } from '../../src/model/fault.ts';
import type { Http } from '../../src/net/http.ts';
import { fakeHttp, START } from './doubles/fake-http.ts';
import { REGISTRY_URL, type RegistryDoubleOptions, readRows, registryDouble } from './doubles/registry-double.ts';
import type { Row } from './doubles/registry-listing.ts';

const FIXTURES = new URL('../fixtures/crawlers/official-registry/', import.meta.url).pathname;
const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const SETTINGS: RegistrySettings = {
  id: 'official-registry',
  title: 'Official registry',
  homepage: REGISTRY_URL,
  baseUrl: REGISTRY_URL,
  proven: true,
};

beforeEach(() => void vi.setSystemTime(START));
afterEach(() => void vi.useRealTimers());

async function crawl(http: Http, { since, settings }: { since?: string; settings?: Partial<RegistrySettings> } = {}) {
  const seen = { versions: [] as string[], watermark: undefined as string | undefined };
  const context = { http, abort: new AbortController().signal, now: () => new Date(), known: async () => new Map(), since };
  for await (const discovery of registryCrawler({ ...SETTINGS, ...settings }).crawl(context)) {
    if (discovery.kind === 'entry') seen.versions.push(`${discovery.entry.id}@${discovery.entry.version}`);
    if (discovery.kind === 'watermark') seen.watermark = discovery.watermark;
  }
  return seen;
}

function updated(...instants: readonly string[]): Row[] {
  return instants.map((updatedAt, n) => ({
    server: { name: `com.example/server-${n}`, version: '1.0.0' },
    _meta: { [OFFICIAL]: { status: 'active', publishedAt: updatedAt, updatedAt, isLatest: true } },
  }));
}

const crawlOf = (rows: readonly Row[], options: RegistryDoubleOptions = {}, since?: string) =>
  crawl(fakeHttp(registryDouble(rows, options).fetch), { since });

describe('what is asked', () => {
  const rows = readRows(`${FIXTURES}history-with-status.composed.json.gz`);

  it('every version, deleted ones too, a hundred at a time, from where the last page ended', async () => {
    const double = registryDouble(rows);
    const { versions } = await crawl(fakeHttp(double.fetch));
    expect(new Set(versions).size).toBe(rows.length);
    expect(double.requests.map(({ url }) => Object.fromEntries(new URL(url).searchParams))).toStrictEqual([
      { limit: '100', include_deleted: 'true' },
      { limit: '100', include_deleted: 'true', cursor: `${rows[99]?.server.name}:${rows[99]?.server.version}` },
      { limit: '100', include_deleted: 'true', cursor: `${rows[199]?.server.name}:${rows[199]?.server.version}` },
    ]);
  });

  it('changes from ten minutes before the last watermark', async () => {
    const double = registryDouble(rows);
    await crawl(fakeHttp(double.fetch), { since: '2026-03-20T10:05:00.123456789Z' });
    expect(new URL(double.requests[0]?.url ?? '').searchParams.get('updated_since')).toBe('2026-03-20T09:55:00.123Z');
  });

  it('a registry under a path, with its key', async () => {
    const asked: Request[] = [];
    const http = fakeHttp(async (input, init) => {
      asked.push(new Request(input, init));
      return Response.json({ servers: [], metadata: { count: 0 } });
    });
    await crawl(http, { settings: { baseUrl: 'https://registry.example/mcp/', authorization: 'Bearer example' } });
    expect(asked.map(({ url, headers }) => [url, headers.get('authorization')])).toStrictEqual([
      ['https://registry.example/mcp/v0.1/servers?limit=100&include_deleted=true', 'Bearer example'],
    ]);
  });
});

it('an abort ends a pass at the next row, the last page included', async () => {
  const abort = new AbortController();
  const http = fakeHttp(registryDouble(updated('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')).fetch);
  const crawling = registryCrawler(SETTINGS).crawl({ http, abort: abort.signal, now: () => new Date(), known: async () => new Map() });
  const pass = crawling[Symbol.asyncIterator]();
  expect((await pass.next()).value).toMatchObject({ kind: 'entry' });
  abort.abort(new Error('enough'));
  await expect(pass.next()).rejects.toThrow('enough');
});

describe('the watermark', () => {
  const NINES = '2026-01-01T00:00:00.999999999Z';
  it.each<[string, { updates: string[]; since?: string; clockAheadMs?: number; watermark: string | undefined }]>([
    [
      'is the newest change, as an instant',
      { updates: ['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.49Z'], watermark: '2026-01-01T00:00:00.5Z' },
    ],
    ['to the nanosecond', { updates: [NINES, '2026-01-01T00:00:00.999999998Z'], watermark: NINES }],
    ['whatever the offset', { updates: ['2026-01-01T00:30:00+01:00', '2026-01-01T00:00:00Z'], watermark: '2026-01-01T00:00:00Z' }],
    ['never after the start of the pass', { updates: ['2099-01-01T00:00:00Z'], watermark: '2026-11-21T00:00:00.000Z' }],
    [
      'by the registry’s clock, if that is behind',
      { updates: ['2026-11-20T23:59:59Z'], clockAheadMs: -60_000, watermark: '2026-11-20T23:59:00.000Z' },
    ],
    [
      'by ours, if the registry’s is ahead',
      { updates: ['2026-11-21T00:30:00Z'], clockAheadMs: 3_600_000, watermark: '2026-11-21T00:00:00.000Z' },
    ],
    [
      'stays where it was when nothing changed',
      { updates: ['2026-01-01T00:00:00Z'], since: '2026-06-01T00:00:00.25Z', watermark: '2026-06-01T00:00:00.25Z' },
    ],
    ['does not go back', { updates: ['2026-05-31T23:55:00Z'], since: '2026-06-01T00:00:00Z', watermark: '2026-06-01T00:00:00Z' }],
    ['is not given by an empty registry', { updates: [], watermark: undefined }],
  ])('%s', async (_, { updates, since, clockAheadMs, watermark }) => {
    expect((await crawlOf(updated(...updates), { clockAheadMs }, since)).watermark).toBe(watermark);
  });

  it('comes after everything else', async () => {
    const kinds: string[] = [];
    const context = { abort: new AbortController().signal, now: () => new Date(), known: async () => new Map() };
    const http = fakeHttp(registryDouble(updated('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')).fetch);
    for await (const { kind } of registryCrawler(SETTINGS).crawl({ ...context, http })) kinds.push(kind);
    expect(kinds).toStrictEqual(['entry', 'entry', 'watermark']);
  });

  it('finds the rows of a week of the real registry', async () => {
    const [before, after] = [
      readRows(`${FIXTURES}all-versions-2025-12-11.json.gz`),
      readRows(`${FIXTURES}all-versions-2025-12-18.json.gz`),
    ];
    const keyOf = ({ server }: Row) => `${server.name}@${server.version}`;
    const known = new Set(before.map(keyOf));
    const added = after.map(keyOf).filter((key) => !known.has(key));
    const first = await crawlOf(before);
    expect(first).toMatchObject({ watermark: '2025-12-11T04:07:13.425509Z' });
    const second = await crawlOf(after, {}, first.watermark);
    expect(added).toHaveLength(181);
    expect(second.versions.filter((key) => !known.has(key))).toStrictEqual(added);
    expect(second.versions.length - added.length).toBeLessThan(5);
  });

  it('a row published behind the cursor while it was read is in the next pass', async () => {
    const rows = Array.from({ length: 150 }, (_, n) =>
      updated('2026-11-20T00:00:00Z').map((row) => ({ ...row, server: { ...row.server, name: `com.example/s${1_000 + n}` } })),
    ).flat();
    const [late] = updated('2026-11-21T00:00:05Z') as [Row];
    const behind = { ...late, server: { ...late.server, name: 'com.example/a' } };
    const ahead = { ...late, server: { ...late.server, name: 'com.example/z' } };
    const double = registryDouble(rows, { afterPage: (listing, n) => n === 0 && listing.put([behind, ahead]) });
    const first = await crawl(fakeHttp(double.fetch));
    expect([first.versions.includes('com.example/a@1.0.0'), first.versions.includes('com.example/z@1.0.0')]).toStrictEqual([false, true]);
    const second = await crawl(fakeHttp(double.fetch), { since: first.watermark });
    expect(second.versions).toStrictEqual(['com.example/a@1.0.0', 'com.example/z@1.0.0']);
  });
});

describe('a registry that leads nowhere is a fault', () => {
  const rows = updated('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z');
  const faultOf = (crawling: Promise<unknown>) =>
    crawling.then(
      () => 'no fault',
      (error: unknown) => (error instanceof FaultError ? error.fault.code : error),
    );

  it('one that gives the same cursor again', async () => {
    expect(await faultOf(crawlOf(rows, { edit: (page) => ({ ...page, nextCursor: 'again' }) }))).toBe('page-loop');
  });

  it('one that gives the same cursor again on pages that cannot be told apart', async () => {
    const http = answering(() => ({ servers: [{ server: {} }], metadata: { nextCursor: 'again' } }));
    expect(await faultOf(crawl(http))).toBe('page-loop');
    expect(http.asked).toBe(2);
  });

  it('one that gives the same page under ever new cursors', async () => {
    const http = answering((n) => ({ servers: rows, metadata: { nextCursor: `cursor-${n}` } }));
    expect(await faultOf(crawl(http))).toBe('page-loop');
    expect(http.asked).toBe(2);
  });

  it('one that has ever new pages', async () => {
    const http = answering((n) => ({
      servers: [{ server: { name: `com.example/s${n}`, version: '1' } }],
      metadata: { nextCursor: `cursor-${n}` },
    }));
    expect(await faultOf(crawl(http))).toBe('too-many-pages');
    expect(http.asked).toBe(5_000);
  });

  it('one that has ever new empty pages', async () => {
    expect(await faultOf(crawl(answering((n) => ({ servers: [], metadata: { nextCursor: `cursor-${n}` } }))))).toBe('too-many-pages');
  });

  it('one that has too many rows on a page', async () => {
    expect(await faultOf(crawl(answering(() => ({ servers: new Array(500_001).fill(0) }))))).toBe('too-many-pages');
  });

  it.each([{}, { error: 'maintenance' }, { servers: 'none' }, [], { servers: [], metadata: { nextCursor: 7 } }])(
    'one that answers %j',
    async (answer) => {
      expect(await faultOf(crawl(fakeHttp(async () => Response.json(answer))))).toBe('bad-shape');
    },
  );

  it.each([{ servers: null, metadata: { count: 0 } }, { servers: [] }, { servers: [], metadata: { nextCursor: '' } }])(
    'an empty one is none: %j',
    async (answer) => {
      expect(await faultOf(crawl(fakeHttp(async () => Response.json(answer))))).toBe('no fault');
    },
  );

  /** Without queue and waits: five thousand pages in no time. */
  function answering(page: (n: number) => unknown): Http & { asked: number } {
    const http = {
      asked: 0,
      get: async (url: string) => ({
        url,
        status: 200,
        headers: new Headers(),
        body: JSON.stringify(page(http.asked++)),
        notModified: false,
      }),
      getJson: async (_: string, shape: { parse(value: unknown): unknown }) => shape.parse(page(http.asked++)),
    };
    return http as unknown as Http & { asked: number };
  }
});
