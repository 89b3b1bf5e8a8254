import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SEARCH_TEXTS } from '../../crawlers/npm/search.ts';
import { npmCrawler } from '../../crawlers/npm.ts';
import { FaultError } from '../../src/model/fault.ts';
import { type Discovery, RegistryEntry } from '../../src/model/registry-entry.ts';
import { describeCrawlerContract, type Variant } from './contract.ts';
import { fakeHttp, START } from './doubles/fake-http.ts';
import { crowd, DOWNLOADS_URL, type DoublePackage, NPM_URL, type NpmDouble, noise, npmDouble, PACKAGES } from './doubles/npm-double.ts';

const crawler = npmCrawler({ id: 'npm', title: 'npm', homepage: 'https://npm.example', registryUrl: `${NPM_URL}/` });
const SERVERS = PACKAGES.filter(({ isServer }) => isServer)
  .map(({ manifest }) => manifest.name)
  .sort();

const BROKEN: DoublePackage = {
  manifest: { name: 'broken-mcp', version: 12 as unknown as string },
  weeklyDownloads: 5,
  updated: '2026-09-01T00:00:00.000Z',
  isServer: false,
};
/** What search knows of it can be read; its manifest cannot. */
const UNREADABLE: DoublePackage = {
  ...BROKEN,
  manifest: { name: 'broken-mcp', version: '1.0.0', bin: 'x', dist: JSON.parse('['.repeat(99) + ']'.repeat(99)) },
};

describeCrawlerContract('npm', {
  crawler: () => crawler,
  double: (variant: Variant) =>
    npmDouble({
      ...(variant === 'bad-entry' && { packages: [...PACKAGES, UNREADABLE] }),
      ...(variant === 'duplicates' && { repeatsFirst: true, maxSize: 40 }),
      ...(variant === 'changing' && { rotates: true, maxSize: 40 }),
    }),
  // No cursor leads back: pages are asked for by number. A registry that ignores the number has a test of its own below.
  variants: ['plain', 'bad-entry', 'duplicates', 'changing'],
  expectedIds: SERVERS,
});

interface Crawled {
  readonly entries: ReadonlyMap<string, RegistryEntry>;
  readonly unchanged: ReadonlyMap<string, Discovery>;
  readonly faults: readonly string[];
}

async function crawl(
  double: NpmDouble,
  known: ReadonlyMap<string, string | undefined> = new Map(),
  http = fakeHttp(double.fetch),
  of = crawler,
): Promise<Crawled> {
  const [entries, unchanged, faults] = [new Map<string, RegistryEntry>(), new Map<string, Discovery>(), [] as string[]];
  const context = { http, abort: new AbortController().signal, now: () => new Date(), known: async () => known };
  for await (const discovery of of.crawl(context)) {
    if (discovery.kind === 'entry') entries.set(discovery.entry.id, discovery.entry);
    if (discovery.kind === 'unchanged') unchanged.set(discovery.id, discovery);
    if (discovery.kind === 'fault') faults.push(`${discovery.fault.code} ${discovery.fault.subject}`);
  }
  return { entries, unchanged, faults };
}

const revisionsOf = ({ entries }: Crawled) => new Map([...entries].map(([id, { revision }]) => [id, revision]));
const searches = ({ requests }: NpmDouble) => requests.filter(({ url }) => url.includes('/-/v1/search'));
const askedByName = ({ requests }: NpmDouble) =>
  requests.filter(({ url }) => url.endsWith('/latest')).map(({ url }) => url.slice(NPM_URL.length));

beforeEach(() => void vi.setSystemTime(START));
afterEach(() => void vi.useRealTimers());

describe('an entry of npm', () => {
  it('says what the manifest says', async () => {
    const { entries } = await crawl(npmDouble());
    expect(entries.get('@upstash/context7-mcp')).toStrictEqual({
      source: 'npm',
      id: '@upstash/context7-mcp',
      name: '@upstash/context7-mcp',
      registryName: { name: 'io.github.upstash/context7', proven: false },
      description: 'MCP server for Context7',
      version: '4.1.1',
      websiteUrl: 'https://github.com/upstash/context7#readme',
      repository: { url: 'https://github.com/upstash/context7', source: 'github', subfolder: 'packages/mcp' },
      packages: [{ registryType: 'npm', identifier: '@upstash/context7-mcp', version: '4.1.1' }],
      remotes: [],
      activity: { weeklyDownloads: 654159 },
      revision: 'r2 4.1.1 2026-09-01T00:00:00.000Z',
      raw: expect.objectContaining({
        mcpName: 'io.github.upstash/context7',
        bin: { 'context7-mcp': 'dist/index.js' },
        dist: {
          integrity: expect.stringMatching(/^sha512-/),
          shasum: expect.any(String),
          tarball: '/@upstash/context7-mcp/-/context7-mcp-4.1.1.tgz',
        },
      }),
    });
  });

  it.each([
    ['in words', 'Use another one', 'Use another one'],
    ['in too many words', 'x'.repeat(9_000), 'x'.repeat(4_000)],
    ['in none', true, ''],
    ['no more', '', undefined],
    ['not', false, undefined],
  ])('keeps that its publisher advises against it, %s', async (_, deprecated, expected) => {
    const double = npmDouble();
    double.publish('imessage-mcp', { deprecated }, '2026-10-01T00:00:00.000Z');
    const entry = (await crawl(double)).entries.get('imessage-mcp');
    expect(entry?.deprecated).toBe(expected);
    expect(entry?.raw).toMatchObject({ deprecated });
    expect(RegistryEntry.safeParse(entry).success).toBe(true);
  });

  it('has no field of its raw document that is out of all proportion', async () => {
    const double = npmDouble();
    const dependencies = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`dependency-${index}`, '1.0.0']));
    double.publish('imessage-mcp', { mcpName: 'io.github.acme/x', dependencies }, '2026-10-01T00:00:00.000Z');
    const raw = (await crawl(double)).entries.get('imessage-mcp')?.raw;
    expect(raw).toMatchObject({ mcpName: 'io.github.acme/x' });
    expect(raw).not.toHaveProperty('dependencies');
  });
});

describe('what is asked of the registry', () => {
  it('a scoped name is one step of the path, and every manifest is asked for once', async () => {
    const double = npmDouble();
    await crawl(double);
    expect(askedByName(double)).toContain('/@playwright%2Fmcp/latest');
    expect(new Set(askedByName(double)).size).toBe(askedByName(double).length);
    expect(askedByName(double)).not.toContain('/left-pad-like-utils/latest');
  });

  it('the edge’s limit is waited for, not fought', async () => {
    const double = npmDouble({ maxSize: 10 });
    const first = await crawl(double);
    expect([...first.entries.keys()].sort()).toStrictEqual(SERVERS);
    const again = npmDouble({ maxSize: 10 });
    const { unchanged } = await crawl(again, revisionsOf(first));
    expect([...unchanged.keys()].sort()).toStrictEqual(SERVERS);
    expect(again.throttled).toBeGreaterThan(0);
    expect(again.throttled).toBeLessThanOrEqual(searches(again).length / 10);
  });

  it('credentials go to the registry and nowhere else', async () => {
    const authorization = 'Bearer not-a-secret';
    const double = npmDouble({ uncounted: SERVERS, authorization });
    const settings = { id: 'npm', title: 'npm', homepage: '', registryUrl: NPM_URL };
    await expect(crawl(double)).rejects.toThrow(FaultError);
    const { entries } = await crawl(double, new Map(), undefined, npmCrawler({ ...settings, authorization, downloadsUrl: DOWNLOADS_URL }));
    expect([...entries.keys()].sort()).toStrictEqual(SERVERS);
    expect(double.requests.filter(({ url }) => url.startsWith(DOWNLOADS_URL))).toHaveLength(SERVERS.length);
    expect(JSON.stringify([...entries.values()])).not.toContain('not-a-secret');
  });

  it('numbers of downloads come from search where it has them, else from where they are served, if anywhere', async () => {
    const without = await crawl(npmDouble({ uncounted: ['imessage-mcp'] }));
    expect(without.entries.get('imessage-mcp')).not.toHaveProperty('activity');
    expect(without.entries.get('mcp-flutterwave')?.activity).toStrictEqual({ weeklyDownloads: 982 });
  });
});

describe('how far a search is read', () => {
  it('to where two pages in a row are noise', async () => {
    const double = npmDouble({ packages: [...PACKAGES, ...noise(3_000)] });
    expect([...(await crawl(double)).entries.keys()].sort()).toStrictEqual(SERVERS);
    expect(searches(double).map(({ url }) => Number(new URL(url).searchParams.get('from')))).not.toContain(1_000);
  });

  it('no further than four pages that bring nothing new, so that a registry that ignores the page number does not hold the crawl', async () => {
    const double = npmDouble({ ignoresFrom: true });
    expect([...(await crawl(double)).entries.keys()].sort()).toStrictEqual(SERVERS);
    expect(searches(double).length).toBeLessThanOrEqual(SEARCH_TEXTS.length * 4 + 1 + double.throttled);
  });

  it('a search that the registry cuts off is a fault, and what was shown is kept', async () => {
    const packages = crowd(12_000);
    const known = new Map(packages.map(({ manifest, updated }) => [manifest.name, `r2 ${manifest.version} ${updated}`]));
    const shown = packages.slice(0, 10_000).map(({ manifest }) => manifest.name);
    const double = npmDouble({ packages });
    for (const { manifest } of packages.slice(10_000)) double.unpublish(manifest.name, 'shown');
    const { faults, unchanged } = await crawl(double, known);
    expect(faults).toContain('search-cut-off keywords:mcp-server');
    expect([...unchanged.keys()]).toStrictEqual(shown);
    const froms = searches(double).map(({ url }) => Number(new URL(url).searchParams.get('from')));
    expect(Math.max(...froms)).toBe(9_750);
  });
});

describe('a package that is known', () => {
  it('is not asked for again while search shows the same of it, and has today’s downloads', async () => {
    const first = await crawl(npmDouble());
    const double = npmDouble();
    const { entries, unchanged } = await crawl(double, revisionsOf(first));
    expect(entries.size).toBe(0);
    expect([...unchanged.keys()].sort()).toStrictEqual(SERVERS);
    expect(unchanged.get('@upstash/context7-mcp')).toMatchObject({ activity: { weeklyDownloads: 654159 } });
    expect(askedByName(double)).not.toContain('/@upstash%2Fcontext7-mcp/latest');
  });

  it('is read again when anything about it changed, its version or a deprecation', async () => {
    const first = await crawl(npmDouble());
    const double = npmDouble();
    double.publish('imessage-mcp', { version: '2.0.0' }, '2026-11-01T00:00:00.000Z');
    double.publish('mcp-flutterwave', { deprecated: 'Unmaintained' }, '2026-11-02T00:00:00.000Z');
    const { entries } = await crawl(double, revisionsOf(first));
    expect([...entries.keys()].sort()).toStrictEqual(['imessage-mcp', 'mcp-flutterwave']);
  });

  it('is asked for by name where no search shows it, with what is stored of the last answer', async () => {
    const double = npmDouble();
    const http = fakeHttp(double.fetch);
    const known = revisionsOf(await crawl(double, new Map(), http));
    double.hideFromSearch('@playwright/mcp');
    double.hideFromSearch('imessage-mcp');
    double.publish('imessage-mcp', { version: '2.0.0' }, '2026-11-01T00:00:00.000Z');
    const { entries, unchanged } = await crawl(double, known, http);
    expect([...entries]).toMatchObject([['imessage-mcp', { version: '2.0.0', revision: 'r2 2.0.0' }]]);
    expect(unchanged.has('@playwright/mcp')).toBe(true);
  });

  it.each(['shown', 'not-shown'] as const)('is gone when it was unpublished, %s by search', async (search) => {
    const double = npmDouble();
    double.unpublish('@playwright/mcp', search);
    const known = new Map(SERVERS.map((name) => [name, 'r0 1.0.0']));
    const { entries, unchanged, faults } = await crawl(double, known);
    expect([...entries.keys(), ...unchanged.keys()].sort()).toStrictEqual(SERVERS.filter((name) => name !== '@playwright/mcp'));
    expect(faults).toStrictEqual([]);
  });

  it('is not gone because it could not be read', async () => {
    const double = npmDouble();
    double.publish('@playwright/mcp', { dist: UNREADABLE.manifest['dist'] }, '2026-11-01T00:00:00.000Z');
    const { unchanged, faults } = await crawl(double, new Map([['@playwright/mcp', 'r2 0.0.83']]));
    expect(unchanged.has('@playwright/mcp')).toBe(true);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/@playwright\/mcp/);
  });
});

describe('a registry that is not well', () => {
  it('a search result without a form is one fault, however many searches show it', async () => {
    const double = npmDouble({ packages: [...PACKAGES, BROKEN] });
    const { entries, faults } = await crawl(double);
    expect([...entries.keys()].sort()).toStrictEqual(SERVERS);
    expect(faults).toStrictEqual(['entry-unreadable broken-mcp']);
  });

  it('that answers searches and no manifest is not read to its end', async () => {
    const double = npmDouble();
    const fetch: typeof globalThis.fetch = async (input, init) =>
      new Request(input, init).url.endsWith('/latest') ? new Response('no', { status: 400 }) : double.fetch(input, init);
    await expect(crawl(double, new Map(), fakeHttp(fetch))).rejects.toThrow(FaultError);
  });

  it('that answers with another package than was asked for is believed in nothing', async () => {
    const double = npmDouble();
    const fetch: typeof globalThis.fetch = (input, init) =>
      double.fetch(new Request(input, init).url.replace('/imessage-mcp/', '/mcp-flutterwave/'), init);
    const { entries, faults } = await crawl(double, new Map(), fakeHttp(fetch));
    expect(entries.has('imessage-mcp')).toBe(false);
    expect(faults).toStrictEqual(['entry-unreadable imessage-mcp']);
  });
});

describe('the double', () => {
  const ask = (path: string, headers: Record<string, string> = {}) => npmDouble().fetch(`${NPM_URL}${path}`, { headers });

  it('ranks and does not filter, and its total means nothing', async () => {
    const page = await (await ask('/-/v1/search?text=keywords:mcp-server&size=5')).json();
    expect(page).toMatchObject({ total: 412022, objects: [{ package: { name: 'left-pad-like-utils' } }, {}, {}, {}, {}] });
  });

  it.each([
    ['/-/v1/search?text=mcp&size=250&from=9750', 200],
    ['/-/v1/search?text=mcp&size=250&from=9751', 400],
    ['/@playwright%2Fmcp/latest', 200],
    ['/nobody-has-this/latest', 404],
  ])('%s: %d', async (path, status) => {
    expect((await ask(path)).status).toBe(status);
  });

  it.each(['/@playwright/mcp/latest', '/-/all'])('has no plan for %s', async (path) => {
    await expect(ask(path)).rejects.toThrow(/nobody planned/);
  });

  it('refuses the eleventh search of ten seconds with a page and a useless Retry-After', async () => {
    const double = npmDouble();
    const search = () => double.fetch(`${NPM_URL}/-/v1/search?text=mcp`);
    for (let n = 0; n < 10; n++) expect((await search()).status).toBe(200);
    const refused = await search();
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toStrictEqual([
      429,
      '0',
      '<html>Too Many Requests</html>',
    ]);
    vi.setSystemTime(Date.now() + 10_001);
    expect((await search()).status).toBe(200);
  });

  it('answers 304 to its own validator, and leaves out of the abbreviated form what that form lacks', async () => {
    const etag = (await ask('/@playwright%2Fmcp/latest')).headers.get('etag') ?? '';
    expect((await ask('/@playwright%2Fmcp/latest', { 'if-none-match': etag })).status).toBe(304);
    const short = JSON.stringify(await (await ask('/@playwright%2Fmcp', { accept: 'application/vnd.npm.install-v1+json' })).json());
    expect(short).toContain('0.0.83');
    expect(short).not.toMatch(/mcpName|repository|keywords/);
  });
});
