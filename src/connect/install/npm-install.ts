import { join } from 'node:path';
import type { Artifact } from '../../model/enumeration.ts';
import type { Fault } from '../../model/fault.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { InstallLimits } from './bounded-run.ts';
import { InstallCache } from './install-cache.ts';
import type { Kept } from './kept.ts';
import type { NpmSettings } from './npm-settings.ts';
import { faultOfSpec, isExactVersion } from './package-spec.ts';

export interface InstallRequest {
  readonly name: string;
  /** Exact version, dist-tag or range; absent means the `latest` tag. */
  readonly version?: string;
  readonly sandbox: Sandbox;
  readonly cacheFolder: string;
  readonly npm: NpmSettings;
  readonly limits: InstallLimits;
  readonly abort: AbortSignal;
}

export interface Installed {
  readonly artifact: Artifact;
  /** Host folder that holds node_modules. Never written to again, by anyone. */
  readonly folder: string;
  /** Inside `folder`: `node_modules/<name>`. */
  readonly packageFolder: string;
  /** Bin name to path, relative to `packageFolder` and never out of it. */
  readonly bins: Readonly<Record<string, string>>;
  /** Milliseconds; 0 when cached. */
  readonly installMs: number;
  readonly cached: boolean;
  readonly sizeBytes: number;
}

export type { NpmSettings };

export type InstallResult = { readonly ok: true; readonly installed: Installed } | { readonly ok: false; readonly fault: Fault };

/**
 * Makes an npm package's files available, from the cache or from the registry. Nothing of the package runs.
 *
 * @returns Never rejects for what the registry, the package or the cache folder does. A fault names no address or folder of this machine, but for
 *   `cache-unusable`, which is about one.
 * @throws AbortError when `abort` fires, after npm is gone.
 */
export async function installNpm(request: InstallRequest): Promise<InstallResult> {
  const { name, version } = request;
  const badSpec = faultOfSpec(name, version);
  if (badSpec) return { ok: false, fault: badSpec };
  const cache = new InstallCache(request.cacheFolder);
  const isExact = version !== undefined && isExactVersion(version);
  const kept = isExact ? await cache.find(name, version) : undefined;
  if (kept) return { ok: true, installed: toInstalled(cache, kept) };
  const { fetchNpm } = await import('./npm-fetch.ts');
  return fetchNpm(request, cache);
}

/** What is kept, as one who asked for it gets it. */
export function toInstalled(cache: InstallCache, { artifact, bins, sizeBytes }: Kept): Installed {
  const packageFolder = join('node_modules', artifact.name);
  return { artifact, folder: cache.folderOf(artifact), packageFolder, bins, installMs: 0, cached: true, sizeBytes };
}
