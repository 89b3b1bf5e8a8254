import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Crawler } from '../../crawlers/crawler.ts';
import { githubCrawler } from '../../crawlers/github.ts';
import { npmCrawler } from '../../crawlers/npm.ts';
import { registryCrawler } from '../../crawlers/official-registry.ts';
import { readNpmSettings } from '../../src/connect/install/npm-settings.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import { nightly } from '../../src/jobs/nightly.ts';
import { NO_CORRECTIONS } from '../../src/model/correction.ts';
import { FeedServer } from '../../src/model/feed.ts';
import type { RunReport } from '../../src/model/run-report.ts';
import { createHttp } from '../../src/net/create-http.ts';
import { type Network, openNetwork } from '../../src/net/open-network.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sseServer, statelessServer } from '../connect/remote-servers.ts';
import { GITHUB_URL, GithubDouble, TOKEN } from '../crawlers/doubles/github-double.ts';
import type { DoubleRepository } from '../crawlers/doubles/github-repositories.ts';
import { type DoublePackage, NPM_URL, npmDouble } from '../crawlers/doubles/npm-double.ts';
import { REGISTRY_URL, readRows, registryDouble } from '../crawlers/doubles/registry-double.ts';
import type { Row } from '../crawlers/doubles/registry-listing.ts';
import { registryRow, rowsOfPackages } from './registry-rows.ts';

/*
 * One run over the doubles of the three sources, into real enumerations: packages are installed from the real registry and started in the sandbox,
 * remotes are servers on loopback.
 */

type Fetch = typeof globalThis.fetch;

/** What answers at each origin; everything else is the real network, which reaches this machine only. */
type Origins = Readonly<Record<string, Fetch>>;

const PUSHED = Date.parse('2026-11-01T00:00:00Z') / 1_000;
const SDK = { '@modelcontextprotocol/sdk': '^1.0.0' };

let root: string;
let network: Network;
const listening: HttpServer[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'assay-sources-'));
  network = openNetwork({ allowLoopback: true });
});
afterAll(async () => {
  for (const server of listening) server.closeAllConnections();
  await network.close();
  await rm(root, { recursive: true });
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  listening.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const refusal: RequestListener = (_, response) => void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();

async function registryRows(): Promise<Row[]> {
  const remote = (url: string, type = 'streamable-http') => ({ remotes: [{ type, url }] });
  const npm = (identifier: string) => ({ packages: [{ registryType: 'npm', identifier, version: '1.0.0', transport: { type: 'stdio' } }] });
  return [
    ...rowsOfPackages(['portkey-admin-mcp', '@modelcontextprotocol/server-memory']),
    registryRow('com.example/stateless', '1.0.0', remote(`${await listen(statelessServer())}/mcp`)),
    registryRow('com.example/events', '1.0.0', remote(`${await listen(sseServer())}/sse`, 'sse')),
    registryRow('com.example/locked', '1.0.0', remote(`${await listen(refusal)}/mcp`)),
    registryRow('com.example/private', '1.0.0', remote('https://10.1.2.3/mcp')),
    registryRow('com.example/tenant', '1.0.0', { remotes: [{ type: 'streamable-http', url: 'https://{tenant}.example/mcp' }] }),
    registryRow('com.example/python', '1.0.0', { packages: [{ registryType: 'pypi', identifier: 'mcp-server-git', version: '1.0.0' }] }),
    registryRow('com.example/missing', '1.0.0', npm('@assay-example/there-is-no-such-package')),
    registryRow('com.example/nothing', '1.0.0', {}),
  ];
}

/** The second is in the registry too, and this one says so: they are one server. */
const npmPackages: DoublePackage[] = [
  {
    name: '@modelcontextprotocol/server-filesystem',
    version: '2026.8.31',
    weeklyDownloads: 90_000,
    repository: 'servers',
    directory: 'src/filesystem',
  },
  {
    name: '@modelcontextprotocol/server-memory',
    version: '2026.8.31',
    weeklyDownloads: 40_000,
    repository: 'servers',
    directory: 'src/memory',
  },
].map(({ name, version, weeklyDownloads, repository, directory }) => ({
  manifest: {
    name,
    version,
    description: `MCP server: ${name}`,
    keywords: ['mcp', 'mcp-server'],
    bin: { server: 'dist/index.js' },
    dependencies: SDK,
    repository: { type: 'git', url: `git+https://github.com/modelcontextprotocol/${repository}.git`, directory },
  },
  weeklyDownloads,
  updated: '2026-09-01T00:00:00.000Z',
  isServer: true,
}));

function repository(id: number, fullName: string, stars: number, files: DoubleRepository['files']): DoubleRepository {
  const facts = { description: null, topics: ['mcp-server'], language: 'TypeScript', license: 'MIT' };
  return { id, fullName, stars, files, createdAt: PUSHED - 1_000, pushedAt: PUSHED, ...facts };
}

const repositories: DoubleRepository[] = [
  repository(1, 'formulahendry/mcp-server-code-runner', 700, {
    'server.json': JSON.stringify({
      $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
      name: 'io.github.formulahendry/mcp-server-code-runner',
      version: '1.0.0',
      packages: [
        {
          registryType: 'npm',
          identifier: 'mcp-server-code-runner',
          version: '0.1.8',
          transport: { type: 'stdio' },
        },
      ],
    }),
  }),
  // Only the operator's own source may lead to this machine.
  repository(3, 'example/inside', 1, {
    'server.json': JSON.stringify({
      $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
      name: 'io.github.example/inside',
      version: '1.0.0',
      remotes: [{ type: 'streamable-http', url: 'http://127.0.0.1:9/mcp' }],
    }),
  }),
  repository(2, 'example/awesome-list', 9_000, { 'README.md': '# A list of servers' }),
];

function crawlers(): Crawler[] {
  const facts = (id: string) => ({ id, title: id, homepage: 'https://example.com' });
  return [
    registryCrawler({ ...facts('registry'), baseUrl: REGISTRY_URL, proven: true }),
    npmCrawler({ ...facts('npm'), registryUrl: NPM_URL }),
    githubCrawler({ ...facts('github'), baseUrl: GITHUB_URL, token: TOKEN, queries: { repositories: ['topic:mcp-server'], code: [] } }),
  ];
}

async function run(store: Store, folder: string, origins: Origins, limit: number): Promise<RunReport> {
  const fetch = (async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return (origins[url.origin] ?? network.fetch)(url.href, init ?? {});
  }) as Fetch;
  const manners = { spacingMs: 0, backoffMs: 5, limitBackoffMs: 1_000 };
  const http = createHttp({ fetch, userAgent: 'assay/test', allowLoopback: true, manners });
  const abort = new AbortController().signal;
  const connection = {
    sandbox: await openSandbox({}),
    cacheFolder: join(root, 'cache'),
    npm: readNpmSettings(process.env),
    limits: DEFAULT_LIMITS,
    http,
    abort,
  };
  const observer = { stageStarted() {}, sourceProgress() {}, stepEnded() {}, stageEnded() {} };
  const all = crawlers();
  return nightly(
    { store, corrections: NO_CORRECTIONS, http, connection, observer, abort, now: () => new Date() },
    {
      crawlers: all,
      identity: { precedence: all.map(({ id }) => id), authorities: { npm: 'package', github: 'code-host' }, optOut: [] },
      limit,
      ownSources: ['registry'],
      sourceMs: 600_000,
      feedFolder: folder,
      concurrency: 4,
    },
  );
}

async function feedServers(folder: string): Promise<FeedServer[]> {
  const lines = (await readFile(join(folder, 'servers.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => FeedServer.parse(JSON.parse(line)));
}

/** Name → what became of it. */
function statuses(servers: readonly FeedServer[]): Record<string, string> {
  return Object.fromEntries(servers.map(({ name, lastLook }) => [name, lastLook?.status ?? 'not-looked']));
}

describe('a run over all three sources', () => {
  it('lists what can be listed, says honestly why the rest is not, and goes on when sources fail', async () => {
    const folder = join(root, 'feed');
    const rows = await registryRows();
    const store = await openStore({ folder: join(root, 'catalogue') });
    try {
      const up = {
        [REGISTRY_URL]: registryDouble(rows).fetch,
        [NPM_URL]: npmDouble({ packages: npmPackages }).fetch,
        [GITHUB_URL]: new GithubDouble(repositories).fetch,
      };
      const first = await run(store, folder, up, 13);
      expect(first.status).toBe('done');
      expect(first.sources).toMatchObject([
        { source: 'registry', complete: true, servers: rows.length, added: rows.length },
        { source: 'npm', complete: true, servers: 2 },
        { source: 'github', complete: true, servers: 2 },
      ]);
      const servers = await feedServers(folder);
      expect(statuses(servers)).toEqual({
        'com.example/portkey-admin-mcp': 'complete',
        'com.example/modelcontextprotocol.server-memory': 'complete',
        '@modelcontextprotocol/server-filesystem': 'complete',
        'formulahendry/mcp-server-code-runner': 'complete',
        'example/inside': 'refused',
        'com.example/stateless': 'complete',
        'com.example/events': 'complete',
        'com.example/locked': 'needs-auth',
        'com.example/private': 'refused',
        'com.example/tenant': 'refused',
        'com.example/python': 'refused',
        'com.example/missing': 'install-failed',
        'com.example/nothing': 'refused',
      });
      const memory = servers.find(({ id }) => id === 'npm:@modelcontextprotocol/server-memory');
      expect(memory).toMatchObject({ sources: ['npm', 'registry'], name: 'com.example/modelcontextprotocol.server-memory' });
      const locked = servers.find(({ name }) => name === 'com.example/locked');
      expect(locked?.lastLook?.auth).toMatchObject({ posture: 'token', status: 401 });

      await failing(store, folder, rows, servers.length);
    } finally {
      await store.close();
    }
  });

  /** The day after: GitHub is down, the registry fails half way, npm is slow. */
  async function failing(store: Store, folder: string, rows: readonly Row[], before: number): Promise<void> {
    const down: Fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) }));
    const npm = npmDouble({ packages: npmPackages });
    const slow: Fetch = async (input, init) => {
      await sleep(300);
      return npm.fetch(input, init);
    };
    // One page of what is new: the registry repeats yesterday's rows, which are as old as the watermark.
    const NEW = 100 - rows.length;
    const second = await run(store, folder, { [REGISTRY_URL]: halfRegistry(rows), [NPM_URL]: slow, [GITHUB_URL]: down }, 12);
    expect(second).toMatchObject({ status: 'done', feed: { changed: true } });
    expect(second.sources).toMatchObject([
      { source: 'registry', scope: 'changes', complete: false, added: NEW, unchanged: rows.length, gone: 0 },
      { source: 'npm', complete: true, added: 0, unchanged: 2, gone: 0 },
      { source: 'github', complete: false, gone: 0 },
    ]);
    const broken = second.faults.filter(({ stage }) => stage === 'discover');
    expect(broken.map(({ source, fault }) => `${source} ${fault.code}`)).toEqual(['registry source-broke-off', 'github source-broke-off']);
    const servers = await feedServers(folder);
    expect(servers.length).toBe(before + NEW);
    expect(Object.values(statuses(servers)).filter((status) => status === 'complete')).toHaveLength(6);
    expect(second.stages.find(({ stage }) => stage === 'enumerate')).toMatchObject({ failed: 12, skipped: before, postponed: NEW - 12 });
  }

  /** What is new since yesterday are real servers that only Python can run; the second page of them fails for ever. */
  function halfRegistry(rows: readonly Row[]): Fetch {
    const dump = readRows(new URL('../fixtures/crawlers/official-registry/latest-2026-03-06.json.gz', import.meta.url).pathname);
    const byPackage = new Map(dump.filter(({ server }) => isPythonOnly(server)).map((row) => [identifierOf(row), row]));
    const python = [...byPackage.values()].slice(0, 150);
    const double = registryDouble([
      ...rows,
      ...python.map(({ server }) => registryRow(server.name, server.version, { ...server, repository: {} })),
    ]);
    return async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.searchParams.has('cursor')) return new Response('<html>504 Gateway Time-out</html>', { status: 504 });
      return double.fetch(input, init);
    };
  }

  /** Several names for one package are one server. */
  function identifierOf({ server }: Row): string | undefined {
    return /"identifier":"([^"]+)"/.exec(JSON.stringify(server['packages']))?.[1];
  }

  function isPythonOnly({ packages, remotes }: Row['server']): boolean {
    return remotes === undefined && Array.isArray(packages) && packages.length === 1 && JSON.stringify(packages).includes('"pypi"');
  }
});
