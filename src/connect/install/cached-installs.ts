import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../cache-folder.ts';
import { folderSize } from './folder-size.ts';
import { InstallCache } from './install-cache.ts';
import { readKept } from './kept.ts';

/** One package in the cache. */
export interface CachedInstall {
  /** Of package: the folder in the cache that it lies in. */
  readonly kind: string;
  /** Absent for one that no index file names: what a run that was killed left. No one finds it again. */
  readonly name?: string;
  readonly version?: string;
  readonly sizeBytes: number;
  readonly usedAt: Date;
  readonly folder: string;
  readonly indexFile?: string;
}

/**
 * An install found in the cache is marked as used, and not evicted for so long. No look at a server lasts longer, not on a busy machine either, so
 * what another process is using stays. A mark needs no process to take it away again, as a lock would.
 */
const IN_USE_MS = 15 * 60_000;
/** Longer than any install takes: without an index file by then it will never have one. */
const ORPHANED_MS = 3_600_000;
/** Of package. Whoever names a folder for the cache that others use too, as `~/.cache`, loses nothing of theirs. */
const KIND = /^(?:npm|mcpb|pypi-\d{1,3}\.\d{1,3})$/;
const INSTALL_NAME = /^[\da-f]{40}$/;
const INDEX_NAME = /^[\da-f]{40}\.json$/;
const MAX_ENTRIES = 1_000_000;

/** All of the cache, least recently used first. */
export async function cachedInstalls(cacheFolder: string): Promise<CachedInstall[]> {
  const found: CachedInstall[] = [];
  for (const kind of await kindsIn(cacheFolder)) {
    const indexed = await indexedInstalls(cacheFolder, kind);
    const known = new Set(indexed.map(({ folder }) => folder));
    found.push(...indexed, ...(await orphans(cacheFolder, kind, known)));
  }
  return found.sort((a, b) => a.usedAt.getTime() - b.usedAt.getTime() || (a.folder < b.folder ? -1 : 1));
}

/** Folders of the cache that packages are in. */
export async function kindsIn(cacheFolder: string): Promise<string[]> {
  return (await namesIn(cacheFolder)).filter((name) => KIND.test(name));
}

async function indexedInstalls(cacheFolder: string, kind: string): Promise<CachedInstall[]> {
  const cache = new InstallCache(cacheFolder, kind);
  const index = join(cacheFolder, kind, 'index');
  const found: CachedInstall[] = [];
  for (const file of (await namesIn(index)).filter((name) => INDEX_NAME.test(name))) {
    const indexFile = join(index, file);
    const kept = readKept(await readFile(indexFile, 'utf8').catch(() => ''));
    const stats = await statsOf(indexFile);
    if (!kept || !stats) continue;
    const { name, version } = kept.artifact;
    found.push({ kind, name, version, sizeBytes: kept.sizeBytes, usedAt: stats.mtime, folder: cache.folderOf(kept.artifact), indexFile });
  }
  return found;
}

async function orphans(cacheFolder: string, kind: string, known: ReadonlySet<string>): Promise<CachedInstall[]> {
  const found: CachedInstall[] = [];
  for (const name of (await namesIn(join(cacheFolder, kind))).filter((entry) => INSTALL_NAME.test(entry))) {
    const folder = join(cacheFolder, kind, name);
    const stats = known.has(folder) ? undefined : await statsOf(folder);
    if (!stats?.isDirectory() || Date.now() - stats.mtimeMs < ORPHANED_MS) continue;
    const { bytes } = await folderSize(folder, MAX_ENTRIES);
    found.push({ kind, sizeBytes: bytes, usedAt: stats.mtime, folder });
  }
  return found;
}

/**
 * Removes an install, unless it is in use. The index file is taken away first and looked at again then: whoever found the install before that has
 * marked it, and whoever comes later does not find it.
 *
 * @returns Whether it is gone.
 */
export async function evict({ kind, folder, indexFile }: CachedInstall, cacheFolder: string): Promise<boolean> {
  const workshops = join(cacheFolder, kind, 'tmp');
  // By the name of a workshop: where this process is killed, a later install sweeps it.
  const grave = join(workshops, randomUUID());
  try {
    await makeFolder(grave);
    if (indexFile !== undefined && !(await takeIndex(indexFile, join(grave, 'index.json')))) return false;
    await rename(folder, join(grave, 'app')).catch(() => {});
    return true;
  } catch {
    // A cache that others own, or an index file that is gone already.
    return false;
  } finally {
    await rm(grave, { recursive: true, force: true }).catch(() => {});
  }
}

async function takeIndex(indexFile: string, place: string): Promise<boolean> {
  await rename(indexFile, place);
  if (!isInUse((await lstat(place)).mtime)) return true;
  await rename(place, indexFile);
  return false;
}

export function isInUse(usedAt: Date, now: number = Date.now()): boolean {
  return now - usedAt.getTime() < IN_USE_MS;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

async function statsOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(() => undefined);
}
