import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Fault } from '../model/fault.ts';

export const CACHE_UNUSABLE = 'cache-unusable';

/**
 * Makes a folder and those above it, as `mkdir -p` does. Node's own recursive mkdir never ends below /proc: the kernel answers ENOENT also where
 * the folder above is there, and Node makes that one again, for ever (Node 20 and 24, 2026-11).
 *
 * @param mode - Of the last one; those above are open to read.
 * @throws Error of the file system when it cannot be made.
 */
export async function makeFolder(folder: string, mode = 0o755): Promise<void> {
  if (await isFolder(folder)) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  try {
    await mkdir(folder, { mode });
  } catch (cause) {
    // Another process may have been faster.
    if (!(await isFolder(folder))) throw cause;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** The file system refused something; anything else that is thrown is a bug. */
export function isFileSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'syscall' in cause && 'code' in cause;
}

/** @param subject - What was to be done with it. */
export function cacheUnusable(cacheFolder: string, subject: string, cause: NodeJS.ErrnoException): Fault {
  const message = `Nothing can be kept in the cache folder ${cacheFolder}: ${cause.message}. Set ASSAY_CACHE to a folder that you may write to.`;
  return { code: CACHE_UNUSABLE, subject, message, retryable: false };
}
