import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, cp, lstat, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../model/fault.ts';
import { cacheUnusable, isFileSystemError, makeFolder } from './cache-folder.ts';
import { SANDBOX_UID } from './sandbox/layout.ts';
import type { Mount, Sandbox } from './sandbox/sandbox.ts';

/** Largest folder that is copied for one start: a server's checkout with its node_modules, not a disk. */
const MAX_COPY_BYTES = 512 * 2 ** 20;
const MAX_COPY_FILES = 100_000;
/** Longer than any server is looked at: an older copy was left by a run that was killed. */
const STALE_AFTER_MS = 3_600_000;

const EVERYONE_READS = 0o004;
const EVERYONE_ENTERS = 0o005;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type OpenedMounts =
  | { readonly ok: true; readonly mounts: readonly Mount[]; readonly remove: () => Promise<void> }
  | { readonly ok: false; readonly fault: Fault };

interface Circumstances {
  readonly sandbox: Sandbox;
  readonly cacheFolder: string;
  /** What is started, for the fault. */
  readonly subject: string;
}

/**
 * Mounts that the user inside can enter. A server started by root runs as nobody, and a folder that only root may enter (what `mktemp -d` makes)
 * would be closed to it: such a folder is shown as a copy, kept where nobody else gets to it and removed after the start.
 *
 * @returns Without a folder to copy the cache is not touched. `remove` never rejects.
 */
export async function openedMounts(mounts: readonly Mount[], circumstances: Circumstances): Promise<OpenedMounts> {
  const { sandbox, cacheFolder } = circumstances;
  const unchanged = { ok: true, mounts, remove: async () => {} } as const;
  if (sandbox.record.rung === 'none' || process.geteuid?.() !== 0) return unchanged;
  const closed = new Set<Mount>();
  for (const mount of mounts) if (await isClosed(mount.source)) closed.add(mount);
  if (closed.size === 0) return unchanged;
  await sweep(join(cacheFolder, 'copies'));
  return copyClosed(mounts, closed, circumstances);
}

async function copyClosed(mounts: readonly Mount[], closed: ReadonlySet<Mount>, circumstances: Circumstances): Promise<OpenedMounts> {
  const { cacheFolder, subject } = circumstances;
  const root = join(cacheFolder, 'copies', randomUUID());
  const remove = () => removeQuietly(root);
  try {
    // Closed to all others as a whole: the copies themselves have to be open.
    await makeFolder(root, 0o700);
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    return { ok: false, fault: cacheUnusable(cacheFolder, subject, cause) };
  }
  const opened: Mount[] = [];
  for (const [index, mount] of mounts.entries()) {
    const copy = join(root, String(index));
    const problem = closed.has(mount) ? await copyOpen(mount.source, copy) : undefined;
    if (problem !== undefined) {
      await remove();
      return { ok: false, fault: notCopied(subject, mount.source, problem) };
    }
    opened.push(closed.has(mount) ? { ...mount, source: copy } : mount);
  }
  return { ok: true, mounts: opened, remove };
}

/** One that has gone is the sandbox's to refuse. */
async function isClosed(source: string): Promise<boolean> {
  const stats = await stat(source).catch(() => undefined);
  if (!stats || stats.uid === SANDBOX_UID) return false;
  const needed = stats.isDirectory() ? EVERYONE_ENTERS : EVERYONE_READS;
  return (stats.mode & needed) !== needed;
}

/** @returns Why there is no whole copy. */
async function copyOpen(source: string, copy: string): Promise<string | undefined> {
  const left = { bytes: MAX_COPY_BYTES, files: MAX_COPY_FILES };
  try {
    await cp(source, copy, { recursive: true, verbatimSymlinks: true, filter: async (path) => take(await lstat(path), left) });
    await openToAll(copy);
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    return `could not be copied (${cause.message})`;
  }
  return left.bytes >= 0 && left.files >= 0 ? undefined : 'is too big to copy';
}

/** Whether to copy it: links as links, no sockets, pipes or devices, and nothing more once the bound is passed. */
function take(stats: Stats, left: { bytes: number; files: number }): boolean {
  if (!stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink()) return false;
  left.bytes -= stats.size;
  left.files -= 1;
  return left.bytes >= 0 && left.files >= 0;
}

async function openToAll(path: string): Promise<void> {
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) return;
  const isRunnable = stats.isDirectory() || (stats.mode & 0o100) !== 0;
  await chmod(path, isRunnable ? 0o755 : 0o644);
  if (!stats.isDirectory()) return;
  for (const name of await readdir(path)) await openToAll(join(path, name));
}

/** Only what was made here, and never through a link that someone put in its place. */
async function sweep(copies: string): Promise<void> {
  for (const name of await readdir(copies).catch(() => [])) {
    if (!UUID.test(name)) continue;
    const stats = await lstat(join(copies, name)).catch(() => undefined);
    if (stats?.isDirectory() && Date.now() - stats.mtimeMs > STALE_AFTER_MS) await removeQuietly(join(copies, name));
  }
}

/** What cannot be removed stays and costs space; the next run tries again. */
async function removeQuietly(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => {});
}

function notCopied(subject: string, folder: string, problem: string): Fault {
  const message = `${folder} is closed to other users and ${problem}, and a server is never started as root. Run \`chmod o+rX ${folder}\`, or scan as an ordinary user.`;
  return { code: 'closed-folder', subject, message, retryable: false };
}
