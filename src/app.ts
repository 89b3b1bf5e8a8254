import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { CRAWLERS } from '../crawlers/index.ts';
import type { Config } from './config.ts';
import type { EnumerateContext } from './connect/enumerate.ts';
import { readNpmSettings } from './connect/install/npm-settings.ts';
import { DEFAULT_LIMITS } from './connect/limits.ts';
import { openSandbox } from './connect/sandbox/open-sandbox.ts';
import type { Stage } from './model/fault.ts';
import type { RunReport } from './model/run-report.ts';
import type { RunObserver } from './pipeline/run-context.ts';
import type { Store } from './store/store.ts';

/** What reaching servers needs: the strongest sandbox of this host, the install cache, npm's settings. */
export async function openConnection(
  { cacheFolder, environment }: Config,
  { unsandboxed = false, abort }: { readonly unsandboxed?: boolean; readonly abort: AbortSignal },
): Promise<EnumerateContext> {
  return { sandbox: await openSandbox({ unsandboxed }), cacheFolder, npm: readNpmSettings(environment), limits: DEFAULT_LIMITS, abort };
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

export interface RunOptions {
  /** Crawler ids; absent means every source. */
  readonly sources?: readonly string[];
  readonly limit?: number;
  readonly only?: Stage;
  /** The site's folder; the feed goes into `feed` below it. */
  readonly out: string;
  readonly unsandboxed?: boolean;
}

/** This machine cannot do what was asked. The message says why and what to do. */
class HostError extends Error {
  override readonly name = 'HostError';
}

/**
 * One nightly run with this machine's parts. Servers are looked at two per core at once: more does not finish sooner (measured).
 *
 * @throws HostError before anything is touched when servers are to be looked at and no sandbox works.
 */
export async function runNightly(config: Config, options: RunOptions, observer: RunObserver, abort: AbortSignal): Promise<RunReport> {
  const { sources, limit, only, out } = options;
  const { nightly } = await import('./jobs/nightly.ts');
  const connection = await openConnection(config, { unsandboxed: options.unsandboxed, abort });
  const willLook = only === undefined || only === 'enumerate';
  if (willLook && !connection.sandbox.ok) throw new HostError(connection.sandbox.fault.message);
  const store = await openCatalogue(config);
  try {
    return await nightly(
      { store, connection, observer, abort, now: () => new Date() },
      {
        crawlers: CRAWLERS.filter(({ id }) => sources === undefined || sources.includes(id)),
        limit,
        only,
        feedFolder: join(out, 'feed'),
        concurrency: 2 * availableParallelism(),
      },
    );
  } finally {
    await store.close();
  }
}
