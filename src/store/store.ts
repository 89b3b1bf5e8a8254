import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** Both drivers answer with an object whose `rows` are the rows. */
interface RowsResult extends PgQueryResultHKT {
  readonly type: { readonly rows: readonly unknown[] };
}

/** The one database type behind both drivers, and behind a transaction of either. */
export type Database = PgDatabase<RowsResult>;

/** Held by the one run that is going on; freed by the database or the system when the process dies. */
export interface RunLock {
  /** False when another run holds it. */
  acquire(): Promise<boolean>;
  /** Whether any process holds it, this one included; does not get in the way of one that takes it meanwhile. */
  isHeld(): Promise<boolean>;
  /** Fires with a StoreError `run-lock-lost` when it is no longer ours though not released. Each `acquire` begins another one: read it afterwards. */
  readonly lost: AbortSignal;
  /** Does nothing when it is not held. */
  release(): Promise<void>;
}

export interface Store {
  readonly kind: 'pglite' | 'postgres';
  /** For the files of this folder only. */
  readonly db: Database;
  readonly runLock: RunLock;
  /** Names of the migrations that opening it applied, oldest first. */
  readonly migrated: readonly string[];
  /** Safe to call twice. */
  close(): Promise<void>;
}
