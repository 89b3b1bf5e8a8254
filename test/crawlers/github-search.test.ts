import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CODE_QUERIES, REPOSITORY_QUERIES, searchText } from '../../crawlers/github/queries.ts';
import { type GithubSettings, githubCrawler } from '../../crawlers/github.ts';
import type { Fault } from '../../src/model/fault.ts';
import { fakeHttp, pumpTimers, START, timerClock } from './doubles/fake-http.ts';
import { GITHUB_URL, GithubDouble, type GithubDoubleOptions, TOKEN } from './doubles/github-double.ts';
import { type DoubleRepository, grownRepositories, repository } from './doubles/github-repositories.ts';
import type { Quirk } from './doubles/source-double.ts';

const QUERIES = REPOSITORY_QUERIES.map(searchText);
/** What may be asked beside what must be: cutting at places that have to be guessed costs requests. */
const OVERHEAD = 1.2;

beforeEach(() => void vi.useFakeTimers({ now: START, toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('finds 28,600 repositories, exceeds no limit, and asks hardly more than it must', { timeout: 240_000 }, async () => {
  const { double } = await search(withoutFiles(grownRepositories(28_600)), { latencyMs: 300 });
  expect(double.read.size).toBe(28_600);
  expect(double.violations).toStrictEqual([]);
  // Were the best ranges known beforehand, every page but each query's last would be full.
  const least = QUERIES.reduce((sum, query) => sum + Math.max(1, Math.ceil(double.countOf(query) / 100)), 0);
  expect(double.counts.search / least).toBeLessThan(OVERHEAD);
});

describe('every repository is found', { timeout: 60_000 }, () => {
  it.each<[string, GithubDoubleOptions]>([
    ['when counts are off and drift', { drift: 0.03 }],
    ['when searches say that they found nothing', { zeroEvery: 7 }],
    ['when searches run out of time', { incompleteEvery: 5 }],
    ['when the secondary limit is met', { secondaryEvery: 11 }],
    ['when the secondary limit does not say how long it lasts', { secondaryEvery: 11, secondaryIsSilent: true }],
  ])('%s', async (_, options) => {
    const { double, faults } = await search(withoutFiles(grownRepositories(6_000, 2)), options);
    expect(double.read.size).toBe(6_000);
    expect(double.violations).toStrictEqual([]);
    expect(faults).toStrictEqual([]);
  });

  it('when more than a thousand are of one second', async () => {
    const { double, faults } = await search(ofOneSecond((n) => n % 7));
    expect([double.read.size, faults]).toStrictEqual([1_500, []]);
  });

  it('but for those that nothing tells apart, and says so', async () => {
    const { double, faults } = await search(ofOneSecond(() => 0));
    expect(double.read.size).toBe(1_000);
    expect(faults.map(({ code }) => code)).toStrictEqual(['search-cut-off']);
  });

  it('when the oldest come first in every answer, so that they say nothing of the others', async () => {
    const old = withoutFiles(grownRepositories(4_000, 3)).map((one, n) => ({
      ...one,
      stars: n < 120 ? 0 : 1,
      createdAt: n < 120 ? 1_300_000_000 + n : one.createdAt,
    }));
    const { double } = await search(old);
    expect(double.read.size).toBe(4_000);
  });
});

it('the code search is cut up by size, and asked nine times a minute', { timeout: 60_000 }, async () => {
  const repositories = grownRepositories(20_000, 5).map((one) => ({ ...one, topics: [] }));
  const { double } = await search(repositories, {}, undefined, { repositories: [], code: CODE_QUERIES });
  const withServerJson = repositories.filter(({ files }) => 'server.json' in files).map(({ id }) => id);
  expect(withServerJson.length).toBeGreaterThan(1_000);
  expect([...double.read].sort()).toStrictEqual(withServerJson.sort());
  expect(double.violations).toStrictEqual([]);
  const times = double.requests.filter(({ url }) => url.includes('/search/code')).map(({ at }) => at);
  expect(Math.min(...times.slice(1).map((at, n) => at - (times[n] ?? 0)))).toBeGreaterThan(60_000 / 9);
  expect(double.counts.code / Math.ceil(withServerJson.length / 100)).toBeLessThan(OVERHEAD);
});

it('a limit without a time is waited for a minute, then two', async () => {
  const limited = { status: 429, headers: { 'content-type': 'text/html' }, body: '<h1>429</h1>' };
  const { double } = await search([repository(1, 'acme/one', { topics: ['mcp-server'] })], { quirks: [limited, limited] });
  const [first = 0, second = 0, third = 0] = double.requests.map(({ at }) => at);
  expect(second - first).toBeGreaterThanOrEqual(60_000);
  expect(third - second).toBeGreaterThanOrEqual(120_000);
});

it('a secondary limit that does not say how long it lasts is waited for a minute', async () => {
  const { double } = await search([repository(1, 'acme/one', { topics: ['mcp-server'] })], { secondaryEvery: 3, secondaryIsSilent: true });
  const [, , third = 0, fourth = 0] = double.requests.map(({ at }) => at);
  expect(fourth - third).toBeGreaterThanOrEqual(60_000);
  expect(double.violations).toStrictEqual([]);
});

describe('the double', () => {
  const ask = (query: string, path = 'repositories') =>
    new GithubDouble([]).fetch(`${GITHUB_URL}/search/${path}?q=${encodeURIComponent(query)}`, {
      headers: { authorization: `Bearer ${TOKEN}`, 'user-agent': 'test', 'x-github-api-version': '2022-11-28' },
    });

  it.each([
    ['the longest text', `${'x'.repeat(250)} a b c topic:mcp`, 200],
    ['a text that is too long', `${'x'.repeat(250)} a b c d topic:mcp`, 422],
    ['qualifiers do not count as text', `mcp ${'topic:model-context-protocol '.repeat(12)}`, 200],
    ['five operators', 'a NOT b AND c OR d -topic:mcp -e', 200],
    ['six', 'a NOT b AND c OR d -topic:mcp -e -f', 422],
    ['dashes and lower case are none', 'a-b-c-d-e-f-g and or not topic:model-context-protocol', 200],
  ])('%s', async (_, query, status) => {
    expect((await ask(query)).status).toBe(status);
    expect(
      (
        await ask(
          query.replace(/-?topic:\S+/g, (term) => term.replace('topic', 'filename')),
          'code',
        )
      ).status,
    ).toBe(status);
  });

  it('takes every query of a pass', async () => {
    const statuses = [...QUERIES.map((query) => ask(query)), ...CODE_QUERIES.map((query) => ask(query, 'code'))];
    expect(new Set((await Promise.all(statuses)).map(({ status }) => status))).toStrictEqual(new Set([200]));
  });
});

it('a delta asks by the time of the last push', { timeout: 60_000 }, async () => {
  const repositories = withoutFiles(grownRepositories(6_000, 4));
  const { double } = await search(repositories, {}, '2026-06-01T00:00:00Z');
  const since = Date.parse('2026-06-01T00:00:00Z') / 1_000;
  const pushed = repositories.filter(({ pushedAt }) => pushedAt >= since).map(({ id }) => id);
  expect(pushed.length).toBeGreaterThan(1_000);
  expect([...double.read]).toStrictEqual(expect.arrayContaining(pushed));
  const hourBefore = repositories.filter(({ pushedAt }) => pushedAt < since - 3_600).map(({ id }) => id);
  expect(hourBefore.filter((id) => double.read.has(id))).toStrictEqual([]);
});

interface Options extends GithubDoubleOptions {
  /** Of the first list requests. */
  readonly quirks?: readonly Quirk[];
}

async function search(
  repositories: readonly DoubleRepository[],
  { quirks = [], ...options }: Options = {},
  since?: string,
  queries: GithubSettings['queries'] = { repositories: QUERIES, code: [] },
) {
  const double = new GithubDouble(repositories, options);
  for (const [n, quirk] of quirks.entries()) double.quirkOnListRequest(n, quirk);
  const faults: Fault[] = [];
  const crawler = githubCrawler({
    id: 'github',
    title: 'GitHub',
    homepage: 'https://github.com',
    baseUrl: GITHUB_URL,
    token: TOKEN,
    queries,
  });
  const context = {
    http: fakeHttp(double.fetch, timerClock),
    abort: new AbortController().signal,
    now: () => new Date(),
    known: async () => new Map(),
  };
  await pumpTimers(async () => {
    for await (const discovery of crawler.crawl(since === undefined ? context : { ...context, since })) {
      if (discovery.kind === 'fault') faults.push(discovery.fault);
    }
  });
  return { double, faults };
}

function ofOneSecond(starsOf: (n: number) => number): DoubleRepository[] {
  return Array.from({ length: 1_500 }, (_, n) => repository(n + 1, `acme/copy-${n}`, { topics: ['mcp-server'], stars: starsOf(n) }));
}

/** What is found does not depend on what is in it, and reading it takes most of the time. */
function withoutFiles(repositories: readonly DoubleRepository[]): DoubleRepository[] {
  return repositories.map((one) => ({ ...one, files: {} }));
}
