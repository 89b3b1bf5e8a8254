import { mock } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { CODE_QUERIES, REPOSITORY_QUERIES, searchText } from '../crawlers/github/queries.ts';
import { githubCrawler } from '../crawlers/github.ts';
import { createHttp } from '../src/net/create-http.ts';
import { GITHUB_URL, GithubDouble, TOKEN } from '../test/crawlers/doubles/github-double.ts';
import { grownRepositories } from '../test/crawlers/doubles/github-repositories.ts';
import type { Benchmark } from './benchmark.ts';

/** What one scan of GitHub found in May 2026. */
const REPOSITORIES = 28_600;
const LATENCY_MS = 300;
const PAGE_SIZE = 100;

/** Macrotasks without an end after which everything waits for the clock. */
const IDLE_ROUNDS = 25;
/** Octokit's queues also wait for no time at all, several times a request, so the clock goes on in small steps and then in one that is larger. */
const TICKS_MS = [1, 1, 1, 1, 46];

/**
 * One whole pass over a double of GitHub on a clock that jumps: searches made against the least there can be. That is one page for every hundred
 * results of each query, as if the best ranges were known beforehand and every slice were full to the last page but one.
 */
export const benchmark: Benchmark = async () => {
  const double = new GithubDouble(grownRepositories(REPOSITORIES), { latencyMs: LATENCY_MS });
  const cpuStart = process.cpuUsage();
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: Date.parse('2026-11-21T00:00:00Z') });
  const startedAt = Date.now();
  const entries = await onTestClock(() => crawl(double));
  const minutes = Math.round((Date.now() - startedAt) / 60_000);
  mock.timers.reset();
  const { user, system } = process.cpuUsage(cpuStart);

  const repositoryQueries = REPOSITORY_QUERIES.map(searchText);
  const { search, code, graphql, rest } = double.counts;
  const leastSearch = least(repositoryQueries.map((query) => double.countOf(query)));
  const leastCode = least(CODE_QUERIES.map((query) => double.countOfFiles(query)));
  const figures = {
    repositories: REPOSITORIES,
    read: double.read.size,
    entries,
    searches: search,
    leastSearches: leastSearch,
    searchRatio: ratio(search, leastSearch),
    codeSearches: code,
    leastCodeSearches: leastCode,
    codeSearchRatio: ratio(code, leastCode),
    graphql,
    rest,
    limitsExceeded: double.violations.length,
    minutes,
    cpuSeconds: Math.round((user + system) / 1e6),
  };
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  return {
    figures,
    table: Object.entries(figures)
      .map(([name, value]) => `${name.padEnd(width)}  ${value}`)
      .join('\n'),
  };
};

function least(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + Math.max(1, Math.ceil(count / PAGE_SIZE)), 0);
}

function ratio(made: number, possible: number): number {
  return Math.round((made / possible) * 1_000) / 1_000;
}

async function crawl(double: GithubDouble): Promise<number> {
  const http = createHttp({ fetch: double.fetch, userAgent: 'assay/bench (+https://assay.example)' });
  const crawler = githubCrawler({ id: 'github', title: 'GitHub', homepage: 'https://github.com', baseUrl: GITHUB_URL, token: TOKEN });
  const context = { http, abort: new AbortController().signal, now: () => new Date(), known: async () => new Map<string, string>() };
  let entries = 0;
  for await (const { kind } of crawler.crawl(context)) if (kind === 'entry') entries += 1;
  return entries;
}

async function onTestClock<T>(run: () => Promise<T>): Promise<T> {
  let settled = false;
  const result = run().finally(() => {
    settled = true;
  });
  result.catch(() => undefined);
  while (!settled) {
    for (const tickMs of TICKS_MS) {
      for (let round = 0; round < IDLE_ROUNDS && !settled; round++) await macrotask();
      mock.timers.tick(tickMs);
    }
  }
  return result;
}
