import { setImmediate as macrotask } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CrawlContext, Crawler } from '../../crawlers/crawler.ts';
import { Fault, FaultError } from '../../src/model/fault.ts';
import { RegistryEntry } from '../../src/model/registry-entry.ts';
import { fakeHttp, instantClock, START, timerClock } from './doubles/fake-http.ts';
import type { Quirk, SourceDouble } from './doubles/source-double.ts';

/**
 * What the double of a source holds. `plain`: at least two list pages. The others are `plain` and `bad-entry`: one entry more, which cannot be read;
 * `duplicates`: an entry on two pages; `cursor-loop`: the last page leads back; `changing`: entries come, change and move while they are paged.
 */
export type Variant = 'plain' | 'bad-entry' | 'duplicates' | 'cursor-loop' | 'changing';

export interface ContractHarness {
  crawler(): Crawler;
  double(variant: Variant): SourceDouble;
  /** What a source does not have is left out, with the reason in a comment. */
  readonly variants: readonly Variant[];
  /** Ids of `plain`, each once, in the order of `.sort()`. */
  readonly expectedIds: readonly string[];
  /** The first list request (from 0) that is not asked before an entry was yielded; 1 unless told. */
  readonly failAt?: number;
  /**
   * For crawlers whose libraries wait by `setTimeout`: runs the crawl under faked timers, and moves them on, as `pumpTimers` does. Without it only
   * `Date` is faked, and the client's waits take no time.
   */
  runWithTimers?<T>(run: () => Promise<T>): Promise<T>;
}

interface Call {
  readonly url: string;
  readonly at: number;
  quirked: boolean;
}

interface Crawl {
  readonly entries: RegistryEntry[];
  readonly unchanged: string[];
  readonly faults: Fault[];
  readonly watermarks: string[];
  readonly calls: Call[];
  /** What the crawl threw. */
  error?: unknown;
}

interface CrawlOptions extends Partial<Pick<CrawlContext, 'known' | 'since'>> {
  readonly abort?: AbortController;
  readonly onDiscovery?: () => void;
  readonly onCall?: (call: Call) => void;
}

/** Tells an answer with a quirk from the source's own. */
const QUIRK_HEADER = 'x-quirk';
const HTML = { 'content-type': 'text/html', [QUIRK_HEADER]: 'yes' };
const PROBLEM = { 'content-type': 'application/json', [QUIRK_HEADER]: 'yes' };
const page = (heading: string) => `<html><head><title>${heading}</title></head><body><h1>${heading}</h1><hr>nginx</body></html>`;
const SECONDARY_LIMIT = JSON.stringify({
  message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  documentation_url: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
});

const LIMITS: readonly (readonly [string, Quirk, number])[] = [
  [
    '429 with Retry-After in seconds',
    { status: 429, headers: { ...HTML, 'retry-after': '30' }, body: page('429 Too Many Requests') },
    30_000,
  ],
  [
    '403, the secondary limit, with Retry-After',
    { status: 403, headers: { ...PROBLEM, 'retry-after': '60' }, body: SECONDARY_LIMIT },
    60_000,
  ],
];

const TEMPORARY: readonly (readonly [string, Quirk])[] = [
  ...LIMITS.map(([name, quirk]) => [name, quirk] as const),
  ['429 with an HTML body and no Retry-After', { status: 429, headers: HTML, body: page('429 Too Many Requests') }],
  ['500 with an HTML body', { status: 500, headers: HTML, body: page('500 Internal Server Error') }],
  ['502 without a body', { status: 502, headers: { [QUIRK_HEADER]: 'yes' } }],
  ['503 with an HTML body', { status: 503, headers: HTML, body: page('503 Service Unavailable') }],
  ['504 with an HTML body', { status: 504, headers: HTML, body: page('504 Gateway Time-out') }],
  ['JSON that breaks off', { truncateAt: 90, headers: { [QUIRK_HEADER]: 'yes' } }],
  ['a 200 with an HTML body', { status: 200, headers: HTML, body: page('Just a moment...') }],
  ['a connection that is reset', { networkError: 'ECONNRESET' }],
];

const PERMANENT: readonly (readonly [string, Quirk])[] = [
  ['a 503 that does not end', { status: 503, headers: HTML, body: page('503 Service Unavailable') }],
  ['a 400', { status: 400, headers: PROBLEM, body: '{"title":"Bad Request","status":400}' }],
];

/** More tries than any client makes. */
const ENOUGH_TRIES = 60;

/** More than any double has pages: a crawl that asks so often does not end. */
const MAX_CALLS = 2_000;

/** What every crawler must do, whatever its source does. */
export function describeCrawlerContract(title: string, harness: ContractHarness): void {
  describe(`${title} keeps the contract of a crawler`, () => {
    beforeEach(() => {
      if (harness.runWithTimers)
        vi.useFakeTimers({ now: START, toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
      else vi.setSystemTime(START);
    });
    afterEach(() => void vi.useRealTimers());

    describeEntries(harness);
    describeFailures(harness);
    describeEnd(harness);
    describeVariants(harness);
  });
}

function describeEntries(harness: ContractHarness): void {
  it('yields every entry of the source, each as the model has it', async () => {
    const { error, entries, faults } = await crawl(harness, harness.double('plain'));
    expect(error).toBeUndefined();
    expect(idsOf(entries)).toStrictEqual(harness.expectedIds);
    expect(faults).toStrictEqual([]);
    for (const entry of entries) {
      expect(RegistryEntry.parse(entry)).toStrictEqual(entry);
      expect(entry.source).toBe(harness.crawler().id);
      expect(JSON.parse(JSON.stringify(entry))).toStrictEqual(entry);
    }
  });

  it('yields the same from the same source', async () => {
    const [first, second] = [await crawl(harness, harness.double('plain')), await crawl(harness, harness.double('plain'))];
    expect(second.entries.map(bytesOf).sort()).toStrictEqual(first.entries.map(bytesOf).sort());
  });

  it('names what it passes over when it is known, so that nothing is taken for gone', async () => {
    const first = await crawl(harness, harness.double('plain'));
    const revisions = new Map(first.entries.map(({ id, revision }) => [id, revision]));
    const second = await crawl(harness, harness.double('plain'), { known: async () => revisions });
    expect(sortedSet([...second.entries.map(({ id }) => id), ...second.unchanged])).toStrictEqual(harness.expectedIds);
  });

  it('says up to when it has seen everything if it can be asked for changes, and only then', async () => {
    const { watermarks } = await crawl(harness, harness.double('plain'));
    if (!harness.crawler().incremental) return void expect(watermarks).toStrictEqual([]);
    expect(watermarks.map(Date.parse)).toStrictEqual([expect.any(Number)]);
    const { error, entries } = await crawl(harness, harness.double('plain'), { since: watermarks[0] });
    expect(error).toBeUndefined();
    expect(harness.expectedIds).toStrictEqual(expect.arrayContaining(idsOf(entries)));
  });
}

function describeFailures(harness: ContractHarness): void {
  describe.each([0, 1])('on list request %d', (n) => {
    it.each(TEMPORARY)('%s costs nothing but time', async (_, quirk) => {
      const plain = await crawl(harness, harness.double('plain'));
      const troubled = await crawl(harness, quirkyDouble(harness, n, quirk));
      expect(troubled.error).toBeUndefined();
      expect(troubled.calls.some(({ quirked }) => quirked)).toBe(true);
      expect(troubled.faults).toStrictEqual(plain.faults);
      expect(troubled.entries.map(bytesOf).sort()).toStrictEqual(plain.entries.map(bytesOf).sort());
    });

    it.each(LIMITS)('%s holds every request to the host for that long', async (_, quirk, waitMs) => {
      const { calls } = await crawl(harness, quirkyDouble(harness, n, quirk));
      const limited = calls.find(({ quirked }) => quirked);
      const hostOf = (call: Call | undefined) => new URL(call?.url ?? '').host;
      const later = calls.slice(calls.findIndex(({ quirked }) => quirked) + 1).filter((call) => hostOf(call) === hostOf(limited));
      expect(later.length).toBeGreaterThan(0);
      expect(Math.min(...later.map(({ at }) => at)) - (limited?.at ?? 0)).toBeGreaterThanOrEqual(waitMs);
    });
  });

  it.each(PERMANENT)('%s after the first page throws a fault; what came before was yielded', async (_, quirk) => {
    const double = harness.double('plain');
    for (let n = 0; n < ENOUGH_TRIES; n++) double.quirkOnListRequest((harness.failAt ?? 1) + n, quirk);
    const { error, entries, watermarks } = await crawl(harness, double);
    expect(error).toBeInstanceOf(FaultError);
    expect(Fault.parse((error as FaultError).fault).message).not.toBe('');
    expect(entries.length).toBeGreaterThan(0);
    expect(harness.expectedIds).toStrictEqual(expect.arrayContaining(idsOf(entries)));
    expect(watermarks).toStrictEqual([]);
  });

  it('the double refuses a request nobody planned', async () => {
    await expect(harness.double('plain').fetch('https://nobody.example/planned/this')).rejects.toThrow();
  });
}

function describeEnd(harness: ContractHarness): void {
  it('asks nothing after its end', async () => {
    const { calls } = await crawl(harness, harness.double('plain'));
    const atTheEnd = calls.length;
    for (let round = 0; round < 20; round++) await macrotask();
    expect(calls).toHaveLength(atTheEnd);
  });

  it('asks nothing when the abort fired before', async () => {
    const abort = new AbortController();
    abort.abort();
    const { error, calls } = await crawl(harness, harness.double('plain'), { abort });
    expect(error).toBeDefined();
    expect(calls).toStrictEqual([]);
  });

  it('an abort between two entries ends it, and nothing more is asked', async () => {
    const abort = new AbortController();
    let callsThen = 0;
    const crawled: Crawl = await crawl(harness, harness.double('plain'), {
      abort,
      onCall: () => {
        if (!abort.signal.aborted) callsThen += 1;
      },
      onDiscovery: () => abort.abort(),
    });
    expectAborted(crawled, abort);
    expect(crawled.watermarks).toStrictEqual([]);
    expect(crawled.calls).toHaveLength(callsThen);
  });

  it('an abort while a limit is waited for ends it', async () => {
    const abort = new AbortController();
    const double = quirkyDouble(harness, 0, { status: 429, headers: { ...HTML, 'retry-after': '600' }, body: page('429') });
    const crawled = await crawl(harness, double, { abort, onCall: ({ quirked }) => quirked && abort.abort() });
    expectAborted(crawled, abort);
    expect(crawled.calls.at(-1)?.quirked).toBe(true);
  });

  it('a caller that has enough stops it', async () => {
    const double = recorded(harness.double('plain'));
    await run(harness, async () => {
      for await (const _ of harness.crawler().crawl(contextOf(harness, double.fetch))) break;
    });
    const atTheEnd = double.calls.length;
    for (let round = 0; round < 20; round++) await macrotask();
    expect(double.calls).toHaveLength(atTheEnd);
  });
}

function describeVariants(harness: ContractHarness): void {
  const itOf = (variant: Variant) => (harness.variants.includes(variant) ? it : it.skip);

  itOf('bad-entry')('one entry that cannot be read is one fault, and the others arrive', async () => {
    const { error, entries, faults } = await crawl(harness, harness.double('bad-entry'));
    expect(error).toBeUndefined();
    expect(idsOf(entries)).toStrictEqual(harness.expectedIds);
    expect(faults).toHaveLength(1);
    expect(Fault.parse(faults[0])).toStrictEqual(faults[0]);
    expect(faults[0]?.subject).not.toBe('');
  });

  itOf('duplicates')('an entry that is listed twice is neither lost nor another one', async () => {
    const { error, entries } = await crawl(harness, harness.double('duplicates'));
    expect(error).toBeUndefined();
    expect(idsOf(entries)).toStrictEqual(harness.expectedIds);
  });

  itOf('cursor-loop')('pages that lead back are a fault, not an endless crawl', async () => {
    const { error, watermarks } = await crawl(harness, harness.double('cursor-loop'));
    expect(error).toBeInstanceOf(FaultError);
    expect((error as FaultError).fault.code).toBe('page-loop');
    expect(watermarks).toStrictEqual([]);
  });

  itOf('changing')('entries that change and move while they are paged cost none that was there throughout', async () => {
    const { error, entries } = await crawl(harness, harness.double('changing'));
    expect(error).toBeUndefined();
    expect(idsOf(entries)).toStrictEqual(expect.arrayContaining([...harness.expectedIds]));
  });
}

function expectAborted({ error }: Crawl, abort: AbortController): void {
  expect(error === abort.signal.reason || (error instanceof Error && error.name === 'AbortError')).toBe(true);
}

function quirkyDouble(harness: ContractHarness, n: number, quirk: Quirk): SourceDouble {
  const double = harness.double('plain');
  double.quirkOnListRequest(n, quirk);
  return double;
}

/** Crawls to the end, whatever end it is. */
async function crawl(harness: ContractHarness, double: SourceDouble, options: CrawlOptions = {}): Promise<Crawl> {
  const { fetch, calls } = recorded(double, options.onCall);
  const crawled: Crawl = { entries: [], unchanged: [], faults: [], watermarks: [], calls };
  await run(harness, async () => {
    for await (const discovery of harness.crawler().crawl(contextOf(harness, fetch, options))) {
      if (discovery.kind === 'entry') crawled.entries.push(discovery.entry);
      else if (discovery.kind === 'unchanged') crawled.unchanged.push(discovery.id);
      else if (discovery.kind === 'fault') crawled.faults.push(discovery.fault);
      else crawled.watermarks.push(discovery.watermark);
      options.onDiscovery?.();
    }
  }).catch((error: unknown) => {
    crawled.error = error;
  });
  return crawled;
}

function run<T>(harness: ContractHarness, task: () => Promise<T>): Promise<T> {
  return harness.runWithTimers ? harness.runWithTimers(task) : task();
}

function contextOf(harness: ContractHarness, fetch: typeof globalThis.fetch, options: CrawlOptions = {}): CrawlContext {
  return {
    http: fakeHttp(fetch, harness.runWithTimers ? timerClock : instantClock),
    abort: (options.abort ?? new AbortController()).signal,
    now: () => new Date(),
    known: options.known ?? (async () => new Map()),
    ...(options.since !== undefined && { since: options.since }),
  };
}

function recorded(double: SourceDouble, onCall?: (call: Call) => void): { fetch: typeof globalThis.fetch; calls: Call[] } {
  const calls: Call[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const call: Call = { url: input instanceof Request ? input.url : String(input), at: Date.now(), quirked: false };
    calls.push(call);
    if (calls.length > MAX_CALLS) throw new Error('the crawl does not end');
    try {
      const response = await double.fetch(input, init);
      call.quirked = response.headers.has(QUIRK_HEADER);
      return response;
    } catch (error) {
      call.quirked = true;
      throw error;
    } finally {
      onCall?.(call);
    }
  };
  return { fetch, calls };
}

const sortedSet = (values: readonly string[]) => [...new Set(values)].sort();
const idsOf = (entries: readonly RegistryEntry[]) => sortedSet(entries.map(({ id }) => id));
const bytesOf = (entry: RegistryEntry) => JSON.stringify(entry);
