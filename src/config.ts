import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Config {
  /** PostgreSQL address; absent means the embedded database under `folder`. */
  readonly databaseUrl?: string;
  /** Where the embedded database and its lock live. */
  readonly folder: string;
  /** Where installed packages are kept between runs. */
  readonly cacheFolder: string;
  readonly logLevel: string;
  /** Everything else, for programs that read their own settings from it. */
  readonly environment: NodeJS.ProcessEnv;
}

/** The only place that reads the environment. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const caches = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return {
    databaseUrl: environment['DATABASE_URL'] || undefined,
    folder: resolve(environment['ASSAY_FOLDER'] || '.assay'),
    cacheFolder: resolve(environment['ASSAY_CACHE'] || join(caches, 'assay')),
    logLevel: environment['LOG_LEVEL'] || 'info',
    environment,
  };
}
