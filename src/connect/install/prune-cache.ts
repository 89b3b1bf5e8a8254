import { DEFAULT_CACHE_BYTES } from './cache-room.ts';
import { type CachedInstall, cachedInstalls, evict, isInUse } from './cached-installs.ts';

interface PruneBounds {
  /** Of what stays; absent means what the cache may hold. */
  readonly maxBytes?: number | undefined;
  /** Of the time since something was used; absent means no bound. */
  readonly olderThanMs?: number | undefined;
}

export interface Pruned {
  /** What was removed, or would be; the least recently used first. */
  readonly removed: readonly CachedInstall[];
  /** What should have gone and could not: it is in use, or another user's. */
  readonly left: readonly CachedInstall[];
  /** Of what stays. */
  readonly bytes: number;
  readonly dryRun: boolean;
}

/** Removes what nobody finds any more, what was not used for too long, and then the least recently used until the rest is small enough. */
export async function pruneCache(
  cacheFolder: string,
  { maxBytes = DEFAULT_CACHE_BYTES, olderThanMs = Number.POSITIVE_INFINITY }: PruneBounds,
  { dryRun = false }: { readonly dryRun?: boolean | undefined } = {},
): Promise<Pruned> {
  const installs = await cachedInstalls(cacheFolder);
  const now = Date.now();
  const removed: CachedInstall[] = [];
  const left: CachedInstall[] = [];
  let bytes = installs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for (const install of installs) {
    const isDue = install.indexFile === undefined || now - install.usedAt.getTime() > olderThanMs || bytes > maxBytes;
    if (!isDue) continue;
    const isGone = !isInUse(install.usedAt, now) && (dryRun || (await evict(install, cacheFolder)));
    (isGone ? removed : left).push(install);
    if (isGone) bytes -= install.sizeBytes;
  }
  return { removed, left, bytes, dryRun };
}
