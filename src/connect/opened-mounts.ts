import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../model/fault.ts';
import { SANDBOX_UID } from './sandbox/layout.ts';
import type { Mount, Sandbox } from './sandbox/sandbox.ts';

/** Largest folder that is copied for one start: a server's checkout with its node_modules, not a disk. */
const MAX_COPY_BYTES = 512 * 2 ** 20;
const MAX_COPY_FILES = 100_000;
/** Longer than any server is looked at: an older copy was left by a run that was killed. */
const STALE_AFTER_MS = 3_600_000;

const EVERYONE_ENTERS = 0o005;

export type OpenedMounts =
  | { readonly ok: true; readonly mounts: readonly Mount[]; readonly remove: () => Promise<void> }
  | { readonly ok: false; readonly fault: Fault };

/**
 * Mounts that the user inside can enter. A server started by root runs as nobody, and a folder that only root may enter (what `mktemp -d` makes)
 * would be closed to it: such a folder is shown as a copy, kept where nobody else gets to it and removed after the start.
 *
 * @param subject - What is started, for the fault.
 */
export async function openedMounts(
  mounts: readonly Mount[],
  { sandbox, cacheFolder, subject }: { readonly sandbox: Sandbox; readonly cacheFolder: string; readonly subject: string },
): Promise<OpenedMounts> {
  const root = join(cacheFolder, 'copies', randomUUID());
  const remove = () => rm(root, { recursive: true, force: true });
  if (sandbox.record.rung === 'none' || process.geteuid?.() !== 0) return { ok: true, mounts, remove };
  await sweep(join(cacheFolder, 'copies'));
  const opened: Mount[] = [];
  for (const [index, mount] of mounts.entries()) {
    if (!(await isClosed(mount.source))) {
      opened.push(mount);
      continue;
    }
    const copy = join(root, String(index));
    if (!(await copyOpen(mount.source, root, copy))) {
      await remove();
      return { ok: false, fault: tooBigToCopy(subject, mount.source) };
    }
    opened.push({ ...mount, source: copy });
  }
  return { ok: true, mounts: opened, remove };
}

async function isClosed(folder: string): Promise<boolean> {
  const { uid, mode } = await stat(folder);
  return uid !== SANDBOX_UID && (mode & EVERYONE_ENTERS) !== EVERYONE_ENTERS;
}

/** @returns False when the folder is larger than may be copied. */
async function copyOpen(source: string, root: string, copy: string): Promise<boolean> {
  const left = { bytes: MAX_COPY_BYTES, files: MAX_COPY_FILES };
  // Closed to all others as a whole: the copy itself has to be open.
  await mkdir(root, { recursive: true, mode: 0o700 });
  await cp(source, copy, { recursive: true, verbatimSymlinks: true, filter: async (path) => take(await lstat(path), left) });
  await openToAll(copy);
  return left.bytes >= 0 && left.files >= 0;
}

/** Whether to copy it: links as links, no sockets, pipes or devices, and nothing more once the bound is passed. */
function take(stats: Stats, left: { bytes: number; files: number }): boolean {
  if (!stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink()) return false;
  left.bytes -= stats.size;
  left.files -= 1;
  return left.bytes >= 0 && left.files >= 0;
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, ((await lstat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

async function sweep(copies: string): Promise<void> {
  for (const name of await readdir(copies).catch(() => [])) {
    const { mtimeMs } = await stat(join(copies, name)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > STALE_AFTER_MS) await rm(join(copies, name), { recursive: true, force: true });
  }
}

function tooBigToCopy(subject: string, folder: string): Fault {
  const message = `${folder} is closed to other users and too big to copy, and a server is never started as root. Run \`chmod o+rX ${folder}\`, or scan as an ordinary user.`;
  return { code: 'closed-folder', subject, message, retryable: false };
}
