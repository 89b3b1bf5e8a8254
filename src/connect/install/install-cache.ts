import { createHash, randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Artifact } from '../../model/enumeration.ts';
import { SANDBOX_UID } from '../sandbox/layout.ts';

/** What an install left, as the index remembers it. */
export const Kept = z.object({
  artifact: Artifact,
  /** Bin name to path, relative to the package's folder. */
  bins: z.record(z.string(), z.string()),
  sizeBytes: z.number(),
});
export type Kept = z.infer<typeof Kept>;

/** A place to install into that no one else uses and that is not yet part of the cache. */
export interface Workshop {
  readonly folder: string;
  readonly appFolder: string;
  readonly npmCacheFolder: string;
}

/** Longer than any install may take: what is older was left by a run that was killed. */
const STALE_AFTER_MS = 3_600_000;

/**
 * Installed packages by content: `<root>/<hash of name and integrity>/` holds node_modules, `<root>/index/` one small file per exact version.
 * A folder appears whole, by one rename, and is never changed afterwards.
 */
export class InstallCache {
  readonly #root: string;

  constructor(cacheFolder: string) {
    this.#root = join(cacheFolder, 'npm');
  }

  folderOf({ name, integrity }: Artifact): string {
    return join(this.#root, hash(`${name}\n${integrity}`));
  }

  /** What an earlier install of exactly this version left, if its folder is still there. */
  async find(name: string, version: string): Promise<Kept | undefined> {
    try {
      const kept = Kept.parse(JSON.parse(await readFile(this.#indexFile(name, version), 'utf8')));
      const isIt = kept.artifact.name === name && kept.artifact.version === version;
      return isIt && (await stat(this.folderOf(kept.artifact))).isDirectory() ? kept : undefined;
    } catch {
      // Absent, half deleted by hand or of another release: installing again repairs all three.
      return undefined;
    }
  }

  /** @param isOtherUser - Whether the sandbox runs as another user than this process, which then has to own what it writes. */
  async openWorkshop(isOtherUser: boolean): Promise<Workshop> {
    await this.#sweep();
    const folder = join(this.#root, 'tmp', randomUUID());
    const workshop = { folder, appFolder: join(folder, 'app'), npmCacheFolder: join(folder, 'cache') };
    for (const writable of [workshop.appFolder, workshop.npmCacheFolder]) {
      await mkdir(writable, { recursive: true, mode: 0o755 });
      if (isOtherUser) await chown(writable, SANDBOX_UID, SANDBOX_UID);
    }
    return workshop;
  }

  async closeWorkshop({ folder }: Workshop): Promise<void> {
    await rm(folder, { recursive: true, force: true });
  }

  /** Moves an install to its final place. Where another process was faster, its equal stays and this one is dropped with the workshop. */
  async keep(workshop: Workshop, kept: Kept): Promise<void> {
    try {
      await rename(workshop.appFolder, this.folderOf(kept.artifact));
    } catch (error) {
      if (!isOccupied(error)) throw error;
    }
    await this.#writeIndex(kept);
  }

  async #writeIndex(kept: Kept): Promise<void> {
    const file = this.#indexFile(kept.artifact.name, kept.artifact.version);
    const draft = `${file}.${randomUUID()}`;
    await mkdir(join(this.#root, 'index'), { recursive: true });
    await writeFile(draft, JSON.stringify(kept));
    await rename(draft, file);
  }

  async #sweep(): Promise<void> {
    const folder = join(this.#root, 'tmp');
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (Date.now() - mtimeMs > STALE_AFTER_MS) await rm(join(folder, name), { recursive: true, force: true });
    }
  }

  /** Hashed, since a name holds a slash and file systems differ about upper case. */
  #indexFile(name: string, version: string): string {
    return join(this.#root, 'index', `${hash(`${name}@${version}`)}.json`);
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

function isOccupied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');
}
