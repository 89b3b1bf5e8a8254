import { createHash, randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chown, lstat, readdir, readFile, realpath, rename, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '../../model/enumeration.ts';
import { isFileSystemError, makeFolder } from '../cache-folder.ts';
import { SANDBOX_UID } from '../sandbox/layout.ts';
import { type Kept, readKept } from './kept.ts';

export type { Kept };

/** A place to install into that no one else uses and that is not yet part of the cache. */
export interface Workshop {
  readonly folder: string;
  readonly appFolder: string;
  readonly npmCacheFolder: string;
}

/** Longer than any install may take: what is older was left by a run that was killed. */
const STALE_AFTER_MS = 3_600_000;
const WORKSHOP_NAME = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Installed packages by content: `<root>/<hash of name and integrity>/` holds node_modules, `<root>/index/` one small file per exact version.
 * A folder appears whole, by one rename, and is never changed afterwards; one that is not whole is replaced. No link in the cache is followed.
 */
export class InstallCache {
  readonly #root: string;

  /** @param kind - Of package; each kind has a folder of its own. */
  constructor(cacheFolder: string, kind = 'npm') {
    this.#root = join(cacheFolder, kind);
  }

  folderOf({ name, integrity }: Artifact): string {
    return join(this.#root, hash(`${name}\n${integrity}`));
  }

  /** What an earlier install of exactly this version left, if it is still whole. It is marked as used now, and so not evicted for a while. */
  async find(name: string, version: string): Promise<Kept | undefined> {
    const indexFile = this.#indexFile(name, version);
    const kept = readKept(await readFile(indexFile, 'utf8').catch(() => ''));
    // Absent, half deleted by hand or of another release: installing again repairs all three.
    if (kept?.artifact.name !== name || kept.artifact.version !== version) return undefined;
    return (await markUsed(indexFile)) && (await this.#isWhole(kept)) ? kept : undefined;
  }

  /** @param isOtherUser - Whether the sandbox runs as another user than this process, which then has to own what it writes. */
  async openWorkshop(isOtherUser: boolean): Promise<Workshop> {
    const folder = join(await this.#sweptWorkshops(), randomUUID());
    const workshop = { folder, appFolder: join(folder, 'app'), npmCacheFolder: join(folder, 'cache') };
    for (const writable of [workshop.appFolder, workshop.npmCacheFolder]) {
      await makeFolder(writable);
      if (isOtherUser) await chown(writable, SANDBOX_UID, SANDBOX_UID);
    }
    return workshop;
  }

  /** Never rejects: what cannot be removed is tried again by a later install. */
  async closeWorkshop({ folder }: Workshop): Promise<void> {
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }

  /** Moves an install to its final place. Where another process was faster, its equal stays and this one is dropped with the workshop. */
  async keep(workshop: Workshop, kept: Kept): Promise<void> {
    if (!(await this.#isWhole(kept))) await this.#replace(workshop, kept);
    await this.#writeIndex(kept);
  }

  /** What stood there goes with the workshop. */
  async #replace(workshop: Workshop, kept: Kept): Promise<void> {
    const folder = this.folderOf(kept.artifact);
    await rename(folder, join(workshop.folder, 'replaced')).catch(ignoreAbsent);
    try {
      await rename(workshop.appFolder, folder);
    } catch (error) {
      if (!isOccupied(error)) throw error;
    }
  }

  async #isWhole({ artifact, files }: Kept): Promise<boolean> {
    const folder = this.folderOf(artifact);
    return (await folderAt(folder)) !== undefined && (await filesIn(folder, files)).length === files.length;
  }

  async #writeIndex(kept: Kept): Promise<void> {
    const file = this.#indexFile(kept.artifact.name, kept.artifact.version);
    const draft = `${file}.${randomUUID()}`;
    await makeFolder(join(this.#root, 'index'));
    await writeFile(draft, JSON.stringify(kept));
    await rename(draft, file);
  }

  /** @returns The folder of all workshops, without those that no one comes back to. What is no workshop by its name stays. */
  async #sweptWorkshops(): Promise<string> {
    const folder = join(this.#root, 'tmp');
    if ((await folderAt(folder))?.uid !== process.geteuid?.()) await unlink(folder).catch(ignoreAbsent);
    await makeFolder(folder);
    for (const name of await readdir(folder)) {
      const stats = await folderAt(join(folder, name));
      if (!stats || !WORKSHOP_NAME.test(name) || Date.now() - stats.mtimeMs <= STALE_AFTER_MS) continue;
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
    }
    return folder;
  }

  /** Hashed, since a name holds a slash and file systems differ about upper case. */
  #indexFile(name: string, version: string): string {
    return join(this.#root, 'index', `${hash(`${name}@${version}`)}.json`);
  }
}

/** @returns Whether it is still there: another process may be evicting it. One that may not be marked, in a cache that others own, is. */
async function markUsed(indexFile: string): Promise<boolean> {
  const now = new Date();
  return utimes(indexFile, now, now).then(
    () => true,
    (error: unknown) => isFileSystemError(error) && error.code !== 'ENOENT',
  );
}

/** Those of `paths` that are files in the folder, with no link on the way. */
export async function filesIn(folder: string, paths: readonly string[]): Promise<string[]> {
  const root = await realpath(folder);
  const found: string[] = [];
  for (const path of paths) if (await isFileItself(join(root, path))) found.push(path);
  return found;
}

async function isFileItself(path: string): Promise<boolean> {
  const real = await realpath(path).catch(() => undefined);
  return real === path && (await lstat(path)).isFile();
}

/** The folder's own status; nothing for a link to one. */
async function folderAt(path: string): Promise<Stats | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isDirectory() ? stats : undefined;
}

function ignoreAbsent(error: unknown): void {
  if (!isFileSystemError(error) || error.code !== 'ENOENT') throw error;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

function isOccupied(error: unknown): boolean {
  return isFileSystemError(error) && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
}
