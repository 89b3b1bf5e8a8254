import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { bytesOfText } from './model/byte-text.ts';

export interface Config {
  /** PostgreSQL address; absent means the embedded database under `folder`. */
  readonly databaseUrl?: string;
  /** Where the embedded database and its lock live. */
  readonly folder: string;
  /** Where installed packages are kept between runs. */
  readonly cacheFolder: string;
  /** What they may take together, bytes; absent means the default. */
  readonly maxCacheBytes?: number;
  readonly logLevel: string;
  /** The settings file, where one is named. */
  readonly settingsFile?: string;
  /** Everything else, for programs that read their own settings from it. */
  readonly environment: NodeJS.ProcessEnv;
}

/** The environment or the settings file cannot be used. The message names the place. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * The only place that reads the environment.
 *
 * @throws SettingsError naming what is wrong in it.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return {
    databaseUrl: environment['DATABASE_URL'] || undefined,
    folder: resolve(environment['ASSAY_FOLDER'] || '.assay'),
    cacheFolder: cacheFolderOf(environment),
    maxCacheBytes: cacheLimit(environment['ASSAY_CACHE_MAX']),
    logLevel: environment['LOG_LEVEL'] || 'info',
    settingsFile: environment['ASSAY_CONFIG'] || undefined,
    environment,
  };
}

export function cacheFolderOf(environment: NodeJS.ProcessEnv = process.env): string {
  const caches = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return resolve(environment['ASSAY_CACHE'] || join(caches, 'assay'));
}

function cacheLimit(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const bytes = bytesOfText(text);
  if (bytes === undefined) throw new SettingsError(`ASSAY_CACHE_MAX is ${JSON.stringify(text)}, which is no size such as 20GB`);
  return bytes;
}
