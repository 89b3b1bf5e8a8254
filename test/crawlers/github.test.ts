import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GithubSettings, githubCrawler } from '../../crawlers/github.ts';
import { crawlersOf } from '../../crawlers/index.ts';
import { type Fault, FaultError } from '../../src/model/fault.ts';
import type { Activity, RegistryEntry } from '../../src/model/registry-entry.ts';
import { Settings } from '../../src/model/settings.ts';
import { createHttp } from '../../src/net/create-http.ts';
import { memoryCache } from '../../src/net/response-cache.ts';
import { describeCrawlerContract, type Variant } from './contract.ts';
import { fakeHttp, pumpTimers, START, timerClock } from './doubles/fake-http.ts';
import { GITHUB_URL, GithubDouble, type GithubDoubleOptions, TOKEN } from './doubles/github-double.ts';
import { composedRepositories, type DoubleRepository, repository, serverIds } from './doubles/github-repositories.ts';

const SETTINGS: GithubSettings = { id: 'github', title: 'GitHub', homepage: 'https://github.com', baseUrl: GITHUB_URL, token: TOKEN };
const COMPOSED_IDS = serverIds(composedRepositories());
const ONE_QUERY = { repositories: ['topic:mcp-server'], code: [] };
const SERVER_JSON = JSON.stringify({
  name: 'io.github.acme/weather',
  version: '1.2.0',
  packages: [{ registryType: 'npm', identifier: 'acme-weather', version: '1.2.0' }],
  remotes: [],
});

const VARIANTS: Partial<Record<Variant, () => GithubDoubleOptions>> = {
  plain: () => ({}),
  'bad-entry': () => ({ edit: (answer, n) => (n === 2 ? { ...answer, items: [...answer.items, { full_name: 'acme/broken' }] } : answer) }),
  duplicates: () => repeatingLastItem(),
  // A repository of the first page gains stars and moves to the last one, which pulls one of the second page to the first.
  changing: () => ({
    afterSearch: (n, double) => {
      if (n === 0)
        for (const one of composedRepositories()
          .filter(({ stars }) => stars === 1)
          .slice(0, 5))
          double.put({ ...one, stars: 90_000 });
    },
  }),
};

describeCrawlerContract('GitHub', {
  crawler: () => githubCrawler({ ...SETTINGS, queries: ONE_QUERY }),
  double: (variant) => new GithubDouble(composedRepositories(), VARIANTS[variant]?.()),
  // Pages are numbered and end at the tenth, so none leads back.
  variants: Object.keys(VARIANTS) as Variant[],
  expectedIds: COMPOSED_IDS,
  runWithTimers: pumpTimers,
});

beforeEach(() => void vi.useFakeTimers({ now: START, toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('what is found', () => {
  it('a server.json gives the entry; the repository gives what it is', async () => {
    const double = new GithubDouble([
      repository(7, 'acme/weather', { topics: ['mcp-server'], stars: 3, license: 'MIT', files: { 'server.json': SERVER_JSON } }),
    ]);
    const { entries, faults } = await crawl(double);
    expect(faults).toStrictEqual([]);
    expect(entries).toMatchObject([
      {
        source: 'github',
        id: '7',
        name: 'acme/weather',
        version: '1.2.0',
        registryName: { name: 'io.github.acme/weather', proven: false },
        repository: { url: 'https://github.com/acme/weather', source: 'github', id: '7', archived: false, license: 'MIT' },
        packages: [{ registryType: 'npm', identifier: 'acme-weather', version: '1.2.0' }],
        remotes: [],
        activity: { stars: 3, pushedAt: '2026-01-01T00:00:00Z' },
        raw: { manifests: { 'server.json': SERVER_JSON } },
      },
    ]);
  });

  it('stars and pushes are no part of the document', async () => {
    const one = repository(7, 'acme/weather', { topics: ['mcp-server'], files: { 'server.json': SERVER_JSON } });
    const [before] = (await crawl(new GithubDouble([one]))).entries;
    const [after] = (await crawl(new GithubDouble([{ ...one, stars: 500, pushedAt: one.pushedAt + 9_000 }]))).entries;
    expect(after?.raw).toStrictEqual(before?.raw);
    expect(after?.activity).not.toStrictEqual(before?.activity);
  });

  it.each([
    ['with its parent', { parent: 'acme/original' }, 'https://github.com/acme/original'],
    ['whose parent is not visible', {}, 'unknown'],
  ])('a fork %s', async (_, fork, forkOf) => {
    const double = new GithubDouble([
      repository(7, 'other/weather', { topics: ['mcp-server'], fork, files: { 'server.json': SERVER_JSON } }),
    ]);
    // Search leaves forks out; the code search does not.
    const { entries } = await crawl(double, {
      queries: { repositories: ['topic:mcp-server'], code: ['"registryType" filename:server.json'] },
    });
    expect(entries.map(({ repository: found }) => found?.forkOf)).toStrictEqual([forkOf]);
  });

  it('a former name in its own manifest is proved by the redirect, that of another repository is not', async () => {
    const linking = (fullName: string) =>
      JSON.stringify({ name: 'weather', mcpName: 'io.github.acme/weather', repository: `github:${fullName}` });
    const double = new GithubDouble([
      repository(7, 'acme/weather', {
        formerNames: ['old/weather'],
        topics: ['mcp-server'],
        files: { 'package.json': linking('old/weather') },
      }),
      repository(8, 'copy/weather', { topics: ['mcp-server'], files: { 'package.json': linking('acme/weather') } }),
    ]);
    const { entries } = await crawl(double);
    const former = Object.fromEntries(entries.map(({ id, repository: found }) => [id, found?.formerUrls]));
    expect(former).toStrictEqual({ '7': ['https://github.com/old/weather'], '8': undefined });
  });

  it('a README under another name, and a manifest that comes cut', async () => {
    const cut = JSON.stringify({ name: 'weather', mcpName: 'io.github.acme/weather', description: 'x'.repeat(5_000) });
    const double = new GithubDouble(
      [
        repository(7, 'acme/weather', { topics: ['mcp-server'], files: { 'package.json': cut } }),
        repository(8, 'acme/tides', { topics: ['mcp-server'], files: { 'readme.rst': 'mcp-name: io.github.acme/tides' } }),
      ],
      { maxText: 1_000 },
    );
    const { entries } = await crawl(double);
    expect(entries.map(({ registryName }) => registryName?.name).sort()).toStrictEqual(['io.github.acme/tides', 'io.github.acme/weather']);
  });

  it('every server of a monorepo is an entry of its own', async () => {
    const server = (name: string) => JSON.stringify({ name: `io.github.acme/${name}`, version: '1.0.0', packages: [], remotes: [] });
    const files = {
      'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['servers/*'] }),
      'servers/weather/server.json': server('weather'),
      'servers/tides/package.json': JSON.stringify({ name: '@acme/tides', mcpName: 'io.github.acme/tides' }),
      'servers/common/package.json': JSON.stringify({ name: '@acme/common' }),
      'servers/weather/node_modules/other/server.json': server('other'),
    };
    const { entries } = await crawl(new GithubDouble([repository(7, 'acme/servers', { topics: ['mcp-server'], files })]));
    expect(entries.map(({ id, name, repository: found }) => [id, name, found?.subfolder])).toStrictEqual([
      ['7#servers/weather', 'io.github.acme/weather', 'servers/weather'],
      ['7#servers/tides', 'acme/servers/servers/tides', 'servers/tides'],
    ]);
  });

  it('a monorepo that nothing at its root tells of is found by the code search', async () => {
    const server = JSON.stringify({ name: 'io.github.acme/deep', packages: [{ registryType: 'npm', identifier: 'deep' }] });
    const one = repository(7, 'acme/things', {
      topics: ['mcp-server'],
      files: { 'README.md': '# Things', 'tools/deep/server.json': server },
    });
    const { entries } = await crawl(new GithubDouble([one]), { queries: { ...ONE_QUERY, code: ['"registryType" filename:server.json'] } });
    expect(entries.map(({ id }) => id)).toStrictEqual(['7#tools/deep']);
  });

  it('at most sixty folders of one repository', async () => {
    const files: Record<string, string> = { 'lerna.json': '{}' };
    for (let n = 0; n < 75; n++) files[`packages/p${n}/package.json`] = JSON.stringify({ name: `p${n}`, mcpName: `io.github.acme/p${n}` });
    const { entries, faults } = await crawl(new GithubDouble([repository(7, 'acme/many', { topics: ['mcp-server'], files })]));
    expect(entries).toHaveLength(60);
    expect(faults.map(({ code, subject }) => [code, subject])).toStrictEqual([['repository-partly-read', 'acme/many']]);
  });
});

describe('a second pass', () => {
  const one = repository(7, 'acme/weather', { topics: ['mcp-server'], stars: 1, files: { 'server.json': SERVER_JSON } });

  it('reads nothing that is unchanged, and tells its activity', async () => {
    const known = revisions((await crawl(new GithubDouble([one]))).entries);
    const double = new GithubDouble([{ ...one, stars: 9 }]);
    const { entries, unchanged } = await crawl(double, {}, { known });
    expect(entries).toStrictEqual([]);
    expect(unchanged).toStrictEqual([['7', { stars: 9, pushedAt: '2026-01-01T00:00:00Z' }]]);
    expect(double.read.size).toBe(0);
  });

  it.each([
    ['a push', { pushedAt: one.pushedAt + 60 }],
    ['a rename', { fullName: 'acme/forecast' }],
    ['archiving', { archived: true }],
    ['a new description', { description: 'Rain and sun' }],
  ])('reads it again after %s', async (_, change) => {
    const known = revisions((await crawl(new GithubDouble([one]))).entries);
    const { entries } = await crawl(new GithubDouble([{ ...one, ...change }]), {}, { known });
    expect(entries.map(({ id }) => id)).toStrictEqual(['7']);
  });

  it.each([
    ['lost its topic', { topics: [] }, ['7']],
    ['was deleted', { gone: 404 as const }, []],
    ['was blocked', { gone: 451 as const }, []],
  ])('a repository that %s is asked for by its number', async (_, change, still) => {
    const known = revisions((await crawl(new GithubDouble([one]))).entries);
    const { entries, unchanged, error } = await crawl(new GithubDouble([{ ...one, ...change }]), {}, { known });
    expect(error).toBeUndefined();
    expect([...entries.map(({ id }) => id), ...unchanged.map(([id]) => id)]).toStrictEqual(still);
  });

  it('asks so conditionally: what is as it was costs nothing', async () => {
    const known = revisions((await crawl(new GithubDouble([one]))).entries);
    const double = new GithubDouble([{ ...one, topics: [] }]);
    const cache = memoryCache();
    await crawl(double, {}, { known, cache });
    expect(double.counts.notModified).toBe(0);
    await crawl(double, {}, { known, cache });
    expect(double.counts.notModified).toBe(1);
  });

  it('asked for changes, finds what was pushed since, and does not look after the rest', async () => {
    const [quiet, pushed] = [one, { ...one, id: 8, fullName: 'acme/tides', pushedAt: START.getTime() / 1_000 - 60 }];
    const double = new GithubDouble([quiet, pushed]);
    const { entries, unchanged } = await crawl(double, {}, { since: '2026-11-20T12:00:00Z', known: new Map([['7', 'old']]) });
    expect([entries.map(({ id }) => id), unchanged]).toStrictEqual([['8'], []]);
    expect(double.counts.rest).toBe(0);
  });
});

describe('when something goes wrong', () => {
  const two = [7, 8].map((id) => repository(id, `acme/weather-${id}`, { topics: ['mcp-server'], files: { 'server.json': SERVER_JSON } }));
  const known = new Map([
    ['7', 'old'],
    ['7#a', 'old'],
    ['8', 'old'],
  ]);

  it.each([
    ['wholly', { message: 'Something broke' }],
    ['in one file', { field: 'README_md', message: 'timeout' }],
    ['behind single sign-on', { type: 'FORBIDDEN', message: 'Resource protected by organization SAML enforcement' }],
  ])('one repository that cannot be read %s is a fault, and keeps what is stored of it', async (_, fault) => {
    const double = new GithubDouble(two, { faults: new Map([[7, fault]]) });
    const { entries, unchanged, faults } = await crawl(double, {}, { known });
    expect(entries.map(({ id }) => id)).toStrictEqual(['8']);
    expect(faults.map(({ code, subject }) => [code, subject])).toStrictEqual([['repository-unreadable', 'acme/weather-7']]);
    expect(unchanged.map(([id]) => id)).toStrictEqual(['7', '7#a']);
  });

  it('GraphQL that has no time for so many is asked for fewer', async () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      repository(n + 1, `acme/weather-${n}`, { topics: ['mcp-server'], files: { 'server.json': SERVER_JSON } }),
    );
    const { entries, faults } = await crawl(new GithubDouble(many, { maxNodes: 7 }));
    expect([entries.length, faults]).toStrictEqual([60, []]);
  });

  it('a search that runs out of time is asked again', async () => {
    const { entries, faults } = await crawl(new GithubDouble(composedRepositories(), { incompleteEvery: 2 }));
    expect([entries.map(({ id }) => id).sort(), faults]).toStrictEqual([COMPOSED_IDS, []]);
  });

  it('a search that says it found nothing is asked again', async () => {
    const double = new GithubDouble(two, { edit: (answer, n) => (n === 0 ? { ...answer, total_count: 0, items: [] } : answer) });
    expect((await crawl(double)).entries).toHaveLength(2);
  });

  it.each([
    ['search', 55],
    ['graphql', 50 * 60],
    ['core', 50 * 60],
  ])('a %s limit that somebody else used up is waited for', async (resource, seconds) => {
    const double = new GithubDouble([{ ...(two[0] as DoubleRepository), files: { 'readme.rst': 'mcp-name: io.github.acme/weather' } }]);
    double.limits.exhaust(resource, seconds * 1_000);
    const { entries, error } = await crawl(double);
    expect(error).toBeUndefined();
    expect(entries).toHaveLength(1);
    expect(Date.now() - START.getTime()).toBeGreaterThanOrEqual(seconds * 1_000);
    expect(double.violations).toStrictEqual([]);
  });

  it('secondary limits everywhere cost time and nothing else', async () => {
    const double = new GithubDouble(composedRepositories(), { secondaryEvery: 5 });
    const { entries, error } = await crawl(double);
    expect([entries.map(({ id }) => id).sort(), error]).toStrictEqual([COMPOSED_IDS, undefined]);
    expect(double.violations).toStrictEqual([]);
  });

  it.each([
    ['without a token', undefined, 'source-needs-key', undefined, /set GITHUB_TOKEN to/],
    ['without a token that is in another variable', undefined, 'source-needs-key', 'ACME_TOKEN', /set ACME_TOKEN to/],
    ['with a token that is refused', 'ghp_wrong', 'unauthorized', undefined, /set GITHUB_TOKEN to/],
    ['with a token of another variable that is refused', 'ghp_wrong', 'unauthorized', 'ACME_TOKEN', /set ACME_TOKEN to/],
  ])('%s, says which variable to set', async (_, token, code, tokenVariable, message) => {
    const { error } = await crawl(new GithubDouble(two), { token, ...(tokenVariable && { tokenVariable }) });
    expect(error).toBeInstanceOf(FaultError);
    expect((error as FaultError).fault).toMatchObject({ code, retryable: false, message: expect.stringMatching(message) });
  });

  it('the settings say which variable that is', async () => {
    const secret = (variable: string) => (variable === 'ACME_TOKEN' ? undefined : TOKEN);
    const settings = Settings.parse({ sources: [{ kind: 'github', tokenVariable: 'ACME_TOKEN' }] });
    const [crawler] = crawlersOf(settings, { secret, packageRegistry: () => Promise.reject(new Error('not asked for')) });
    const http = fakeHttp(new GithubDouble(two).fetch);
    const context = { http, abort: new AbortController().signal, now: () => new Date(), known: async () => new Map() };
    const first = crawler?.crawl(context)[Symbol.asyncIterator]().next();
    await expect(first).rejects.toThrow(/set ACME_TOKEN to/);
  });

  it('the token is in nothing that leaves the crawler', async () => {
    const cache = new Map<string, unknown>();
    const keeping = { get: async () => undefined, put: async (key: string, answer: unknown) => void cache.set(key, answer) };
    const files = { 'readme.rst': 'mcp-name: io.github.acme/weather' };
    const fine = await crawl(new GithubDouble([repository(7, 'acme/weather', { topics: ['mcp-server'], files })]), {}, { cache: keeping });
    const double = new GithubDouble(two);
    for (let n = 0; n < 9; n++) double.quirkOnListRequest(n, { status: 400, body: '{}', headers: { 'content-type': 'application/json' } });
    const failed = await crawl(double);
    expect(fine.entries).toHaveLength(1);
    expect(cache.size).toBeGreaterThan(0);
    expect(failed.error).toBeInstanceOf(FaultError);
    const leaving = inspect([fine, failed, [...cache]], { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null });
    expect(leaving).not.toContain(TOKEN);
  });
});

interface Crawled {
  readonly entries: RegistryEntry[];
  readonly unchanged: [string, Activity | undefined][];
  readonly faults: Fault[];
  error?: unknown;
}

interface Circumstances {
  readonly known?: ReadonlyMap<string, string | undefined>;
  readonly since?: string;
  readonly cache?: Parameters<typeof createHttp>[0]['cache'];
}

async function crawl(
  double: GithubDouble,
  settings: Partial<GithubSettings> = {},
  { known, since, cache }: Circumstances = {},
): Promise<Crawled> {
  const crawled: Crawled = { entries: [], unchanged: [], faults: [] };
  const http = createHttp({
    fetch: double.fetch,
    clock: timerClock,
    userAgent: 'assay/test (+https://assay.example)',
    ...(cache && { cache }),
  });
  const context = { http, abort: new AbortController().signal, now: () => new Date(), known: async () => known ?? new Map() };
  await pumpTimers(async () => {
    const crawler = githubCrawler({ ...SETTINGS, queries: ONE_QUERY, ...settings });
    for await (const discovery of crawler.crawl(since === undefined ? context : { ...context, since })) {
      if (discovery.kind === 'entry') crawled.entries.push(discovery.entry);
      if (discovery.kind === 'unchanged') crawled.unchanged.push([discovery.id, discovery.activity]);
      if (discovery.kind === 'fault') crawled.faults.push(discovery.fault);
    }
  }).catch((error: unknown) => {
    crawled.error = error;
  });
  return crawled;
}

function revisions(entries: readonly RegistryEntry[]): Map<string, string | undefined> {
  return new Map(entries.map(({ id, revision }) => [id, revision]));
}

function repeatingLastItem(): GithubDoubleOptions {
  let last: unknown[] = [];
  return {
    edit: (answer, n) => {
      const items = n === 1 ? [...last, ...answer.items].slice(0, 100) : answer.items;
      last = answer.items.slice(-1);
      return { ...answer, items };
    },
  };
}
