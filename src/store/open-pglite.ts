import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { embedded } from './drizzle.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { migrate } from './migrate-store.ts';
import type { RunLock, Store } from './store.ts';
import { StoreError } from './store-error.ts';

/**
 * Opens the embedded database in `<folder>/db`, made on first use. PGlite does not guard its folder, so the lock is ours and held until closed.
 *
 * @throws StoreError
 */
export async function openPglite(folder: string): Promise<Store> {
  const root = resolve(folder);
  const lock = await takeFolder(root);
  try {
    return await openLocked(root, lock);
  } catch (error) {
    await lock.release();
    throw asFolderError(root, error);
  }
}

async function takeFolder(root: string): Promise<FolderLock> {
  try {
    await mkdir(root, { recursive: true });
    return await lockFolder(root, new Date());
  } catch (error) {
    throw asFolderError(root, error);
  }
}

async function openLocked(root: string, lock: FolderLock): Promise<Store> {
  const { drizzle, migrate: apply } = embedded();
  const client = await boot(root);
  const db = drizzle({ client });
  const migrated = await migrate(db, (migrationsFolder) => apply(db, { migrationsFolder }));
  return { kind: 'pglite', db, migrated, runLock: runLockInProcess(), close: closeOnce(client, lock) };
}

async function boot(root: string): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite');
  const dataDir = join(root, 'db');
  if (!existsSync(dataDir)) {
    // A first boot that is killed leaves a folder that never opens again, so it happens beside.
    const draft = join(root, 'db-draft');
    await rm(draft, { recursive: true, force: true });
    await (await PGlite.create(draft)).close();
    await rename(draft, dataDir);
  }
  return PGlite.create(dataDir);
}

function closeOnce(client: PGlite, lock: FolderLock): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= client.close().finally(() => lock.release());
    return closing;
  };
}

/** The folder's lock keeps other processes out already; this one keeps a second run in the same process out. */
function runLockInProcess(): RunLock {
  let held = false;
  return {
    lost: new AbortController().signal,
    async acquire() {
      if (held) return false;
      held = true;
      return true;
    },
    async isHeld() {
      return held;
    },
    async release() {
      held = false;
    },
  };
}

function asFolderError(root: string, error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const advice = 'Name a folder you may write to, or set DATABASE_URL to use a PostgreSQL server.';
  return new StoreError('folder-unusable', `The store in ${root} cannot be opened: ${reason}. ${advice}`, { cause: error });
}
