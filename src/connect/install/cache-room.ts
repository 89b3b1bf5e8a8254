import { readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { byteText } from '../../model/byte-text.ts';
import type { Fault } from '../../model/fault.ts';
import { makeFolder } from '../cache-folder.ts';
import { type CachedInstall, cachedInstalls, evict, isInUse, kindsIn } from './cached-installs.ts';

interface Room {
  /** Of one install, as `InstallLimits` has it. */
  readonly maxBytes: number;
  /** Of all installs together; absent means {@link DEFAULT_CACHE_BYTES}. */
  readonly maxCacheBytes?: number | undefined;
}

export const DEFAULT_CACHE_BYTES = 20e9;
/** Of the disk: what is left to everything else on this machine, so that nothing of it fails because of a server that someone looked at. */
const DISK_RESERVE_BYTES = 10 ** 9;
/** What is installed, and the package manager's own cache beside it: both are bounded alike. */
const FOLDERS_OF_INSTALL = 2;

/**
 * Makes room for one more install before it begins: the least recently used ones go until it fits, at its largest and with all that others are
 * installing now, into what the cache may hold and into what the disk has free.
 *
 * @param freeBytes - What the disk has free.
 * @returns Why there is none.
 * @throws Error of the file system when the cache folder cannot be made.
 */
export async function makeRoom(
  cacheFolder: string,
  subject: string,
  { maxBytes, maxCacheBytes = DEFAULT_CACHE_BYTES }: Room,
  freeBytes: (folder: string) => Promise<number> = freeBytesAt,
): Promise<Fault | undefined> {
  await makeFolder(cacheFolder);
  const installs = await cachedInstalls(cacheFolder);
  const running = await runningInstalls(cacheFolder);
  const needed = (running + 1) * FOLDERS_OF_INSTALL * maxBytes;
  let held = installs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let free = await freeBytes(cacheFolder);
  for (const install of installs) {
    if (held + needed <= maxCacheBytes && free - needed >= DISK_RESERVE_BYTES) break;
    if (!(await removed(install, cacheFolder))) continue;
    held -= install.sizeBytes;
    free = await freeBytes(cacheFolder);
  }
  if (held + needed > maxCacheBytes) return cacheFull(subject, { held, needed, maxCacheBytes });
  return free - needed < DISK_RESERVE_BYTES ? diskFull(subject, free, needed) : undefined;
}

async function removed(install: CachedInstall, cacheFolder: string): Promise<boolean> {
  return !isInUse(install.usedAt) && (await evict(install, cacheFolder));
}

async function freeBytesAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Workshops of this and other processes; what a killed one left counts until it is swept. */
async function runningInstalls(cacheFolder: string): Promise<number> {
  let count = 0;
  for (const kind of await kindsIn(cacheFolder)) count += (await readdir(join(cacheFolder, kind, 'tmp')).catch(() => [])).length;
  return count;
}

function cacheFull(subject: string, { held, needed, maxCacheBytes }: { held: number; needed: number; maxCacheBytes: number }): Fault {
  const message =
    `The cache may hold ${byteText(maxCacheBytes)}; ${byteText(held)} of it cannot be removed now, and an install may need ${byteText(needed)} ` +
    'with those that are running. Set ASSAY_CACHE_MAX higher, or try again when less is running.';
  return { code: 'cache-full', subject, message, retryable: true };
}

function diskFull(subject: string, free: number, needed: number): Fault {
  const message =
    `The disk of the cache has ${byteText(free)} free, an install may need ${byteText(needed)} with those that are running, and ` +
    `${byteText(DISK_RESERVE_BYTES)} are left to everything else. Free some space, or set ASSAY_CACHE to a folder on another disk.`;
  return { code: 'disk-full', subject, message, retryable: true };
}
