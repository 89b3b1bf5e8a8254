import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

import type { Crawler } from '../crawlers/crawler.ts';
import type { Config } from './config.ts';
import type { EnumerateContext } from './connect/enumerate.ts';
import { DEFAULT_LIMITS } from './connect/limits.ts';
import { openSandbox } from './connect/sandbox/open-sandbox.ts';
import type { Corrections } from './model/correction.ts';
import type { Stage } from './model/fault.ts';
import type { RunReport } from './model/run-report.ts';
import type { Settings } from './model/settings.ts';
import type { Http } from './net/http.ts';
import { lazyHttp } from './net/lazy-http.ts';
import type { Network } from './net/open-network.ts';
import type { ResponseCache } from './net/response-cache.ts';
import { sourceManners } from './net/source-manners.ts';
import { packageVersion } from './package-version.ts';
import type { RunObserver } from './pipeline/run-context.ts';
import type { Store } from './store/store.ts';

/** The way out, and how to end it. */
interface Outside {
  readonly http: Http;
  close(): Promise<void>;
}

/** @param cache - What earlier runs were answered, once it is open; without one a process remembers for itself. */
function openOutside(readSettings: () => Promise<Settings>, cache: () => ResponseCache | undefined): Outside {
  let network: Network | undefined;
  const http = lazyHttp(async () => {
    const settings = await readSettings();
    const { allowLoopback, trustedHosts, optOut } = settings;
    const [{ createHttp }, { openNetwork }] = await Promise.all([import('./net/create-http.ts'), import('./net/open-network.ts')]);
    network = openNetwork({ allowLoopback, trustedHosts });
    const manners = { hosts: sourceManners(settings.sources) };
    const userAgent = userAgentOf(settings);
    return createHttp({ fetch: network.fetch, userAgent, allowLoopback, trustedHosts, optOut: hostsOf(optOut), manners, cache: cache() });
  });
  return { http, close: async () => network?.close() };
}

/** The program, and who runs it: hosts that mind should know whom to ask. */
function userAgentOf({ contact }: Settings): string {
  return `mcp-assay/${packageVersion()}${contact === undefined ? '' : ` (+${contact})`}`;
}

function hostsOf(optOut: Settings['optOut']): string[] {
  return optOut.flatMap((entry) => (entry.startsWith('host:') ? [entry.slice('host:'.length)] : []));
}

/** What reaching servers needs: the strongest sandbox of this host, the install cache, npm's settings, the way out. */
export interface Connection extends EnumerateContext {
  close(): Promise<void>;
}

interface ConnectionOptions {
  readonly unsandboxed?: boolean;
  /** Asked when something is reached over the network, not before: reading them takes as long as starting a server. */
  readonly settings: () => Promise<Settings>;
  readonly abort: AbortSignal;
  /** See {@link openOutside}. */
  readonly cache?: () => ResponseCache | undefined;
}

export async function openConnection(config: Config, options: ConnectionOptions): Promise<Connection> {
  const { unsandboxed = false, settings, abort, cache = () => undefined } = options;
  const { cacheFolder, maxCacheBytes, environment } = config;
  const { http, close } = openOutside(settings, cache);
  const sandbox = await openSandbox({ unsandboxed, cacheFolder });
  return { sandbox, cacheFolder, ...runtimesOf(environment), limits: { ...DEFAULT_LIMITS, maxCacheBytes }, http, abort, close };
}

/** How this machine installs and runs packages of each kind: loaded when one has to be. */
function runtimesOf(environment: Config['environment']): Pick<EnumerateContext, 'npm' | 'python' | 'engine'> {
  return {
    npm: onceLoaded(async () => (await import('./connect/install/npm-settings.ts')).readNpmSettings(environment)),
    python: onceLoaded(async () => (await import('./connect/install/pypi-settings.ts')).readPythonSettings(environment)),
    engine: onceLoaded(async () => (await import('./connect/container-engine.ts')).readEngineSettings(environment)),
  };
}

function onceLoaded<Found>(load: () => Promise<() => Promise<Found>>): () => Promise<Found> {
  let loaded: Promise<() => Promise<Found>> | undefined;
  return async () => {
    loaded ??= load();
    return (await loaded)();
  };
}

/** Opens the catalogue's database and brings its schema up to date. Loaded lazily: database drivers cost 400 ms that most commands do not need. */
export async function openCatalogue({ databaseUrl, folder }: Config): Promise<Store> {
  const { openStore } = await import('./store/open-store.ts');
  return openStore(databaseUrl === undefined ? { folder } : { databaseUrl });
}

/** {@link openCatalogue} for commands that only read: nothing, rather than an empty new database, where no run has been. */
export async function openExistingCatalogue(config: Config): Promise<Store | undefined> {
  const exists = config.databaseUrl !== undefined || existsSync(join(config.folder, 'db'));
  return exists ? openCatalogue(config) : undefined;
}

/** The corrections that ship with Assay. Loaded lazily: so is what reads them. */
export async function openCorrections(): Promise<Corrections> {
  const { readCorrections } = await import('./read-corrections.ts');
  return readCorrections();
}

export interface RunOptions {
  readonly settings: Settings;
  /** Of the sources in the settings; absent means all of them. */
  readonly sources?: readonly string[];
  readonly limit?: number;
  readonly only?: Stage;
  /** RFC 3339. */
  readonly since?: string;
  readonly whole?: boolean;
  /** The site's folder; the feed goes into `feed` below it. */
  readonly out: string;
  readonly unsandboxed?: boolean;
}

/** What a server is looked at for beside its default list. */
function looksOf({ listWidest, secondClient }: Settings): Pick<EnumerateContext, 'widen' | 'secondClient'> {
  return { widen: listWidest, ...(secondClient !== undefined && { secondClient }) };
}

/** This machine cannot do what was asked. The message says why and what to do. */
class HostError extends Error {
  override readonly name = 'HostError';
}

/**
 * Keeps the heap of a long run small. Left alone, the part for young objects grows to 100 MB and the old part to four times what lives in it, although
 * nearly everything is dead by the time it is looked at. Measured on a crawl of 79,402 entries: 335 MB at most without, 191 MB with both, in the same time.
 */
const SMALL_HEAP = ['--semi-space-growth-factor=1', '--heap-growing-percent=100'];

/**
 * One nightly run with this machine's parts. Servers are looked at two per core at once: more does not finish sooner (measured).
 *
 * @throws HostError before anything is touched when servers are to be looked at and no sandbox works.
 */
export async function runNightly(config: Config, options: RunOptions, observer: RunObserver, abort: AbortSignal): Promise<RunReport> {
  const { settings, sources, limit, only, since, whole, out } = options;
  for (const flag of SMALL_HEAP) setFlagsFromString(flag);
  const [{ nightly }, { identifyOptionsOf }] = await Promise.all([import('./jobs/nightly.ts'), import('./read-settings.ts')]);
  const corrections = await openCorrections();
  let cache: ResponseCache | undefined;
  const connection = await openConnection(config, {
    unsandboxed: options.unsandboxed,
    settings: async () => settings,
    abort,
    cache: () => cache,
  });
  const willLook = only === undefined || only === 'enumerate';
  if (willLook && !connection.sandbox.ok) throw new HostError(connection.sandbox.fault.message);
  const store = await openCatalogue(config);
  try {
    cache = await openCache(store);
    const crawlers = await openCrawlers(config, settings, connection);
    return await nightly(
      {
        store,
        corrections,
        http: connection.http,
        connection: { ...connection, ...looksOf(settings) },
        observer,
        abort,
        now: () => new Date(),
      },
      {
        crawlers: crawlers.filter(({ id }) => sources === undefined || sources.includes(id)),
        identity: identifyOptionsOf(settings),
        ownSources: settings.sources.flatMap((source) => (source.kind === 'registry' && source.own ? [source.id] : [])),
        sourceMs: settings.maxHoursPerSource * 3_600_000,
        limit,
        only,
        since,
        whole,
        feedFolder: join(out, 'feed'),
        concurrency: 2 * availableParallelism(),
      },
    );
  } finally {
    await connection.close();
    await store.close();
  }
}

/** An answer stored so long ago is forgotten, and its document asked for whole once more. */
const CACHE_DAYS = 90;

async function openCache(store: Store): Promise<ResponseCache> {
  const { httpCache, pruneHttpCache } = await import('./store/http-cache.ts');
  await pruneHttpCache(store, new Date(Date.now() - CACHE_DAYS * 86_400_000));
  return httpCache(store, () => new Date());
}

async function openCrawlers({ environment }: Config, settings: Settings, { npm }: EnumerateContext): Promise<Crawler[]> {
  const [{ crawlersOf }, { readRegistryAccess }] = await Promise.all([
    import('../crawlers/index.ts'),
    import('./connect/install/registry-access.ts'),
  ]);
  return crawlersOf(settings, {
    secret: (variable) => environment[variable] || undefined,
    packageRegistry: () => readRegistryAccess(npm, environment),
  });
}
