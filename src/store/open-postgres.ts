import type { Pool, PoolConfig } from 'pg';
import { MIGRATION_LOCK } from './advisory-locks.ts';
import { nodePostgres } from './drizzle.ts';
import { migrate } from './migrate-store.ts';
import { postgresRunLock } from './postgres-run-lock.ts';
import type { Database, Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** Fifty workers with four connections each stay under a server's usual few hundred. */
const MAX_CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 10_000;
/** Only against a statement that would never end: the largest batch takes seconds. */
const STATEMENT_TIMEOUT_MS = 600_000;
/** The server's machine may vanish without a word; the default finds that out after two hours. */
const KEEP_ALIVE_DELAY_MS = 60_000;

/**
 * Connects to a PostgreSQL server and brings its schema up to date.
 *
 * @param databaseUrl - `postgres://user:password@host:port/database`.
 * @throws StoreError
 */
export async function openPostgres(databaseUrl: string): Promise<Store> {
  const place = placeOf(databaseUrl);
  const { default: pg } = await import('pg');
  const settings: PoolConfig = {
    connectionString: databaseUrl,
    application_name: 'assay',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
  };
  const pool = new pg.Pool({ ...settings, max: MAX_CONNECTIONS });
  endureBrokenConnections(pool);
  const runLock = postgresRunLock(() => new pg.Client(settings), pool);
  try {
    const { db, migrated } = await openPool(pool);
    return {
      kind: 'postgres',
      db,
      migrated,
      runLock,
      close: closeOnce(async () => void (await Promise.all([runLock.release(), pool.end()]))),
    };
  } catch (error) {
    await pool.end();
    throw asConnectError(place, error);
  }
}

/** A connection that breaks is replaced by the pool, and whoever was using it learns from the next query; without listeners it would end the process. */
function endureBrokenConnections(pool: Pool): void {
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
}

async function openPool(pool: Pool): Promise<{ db: Database; migrated: string[] }> {
  const { drizzle, migrate: apply } = nodePostgres();
  const client = await pool.connect();
  try {
    // Several processes may start at once; the lock lives in the session, so everything happens on this one connection.
    await client.query('select pg_advisory_lock($1, $2)', MIGRATION_LOCK);
    const session = drizzle({ client });
    const migrated = await migrate(session, (migrationsFolder) => apply(session, { migrationsFolder }));
    await client.query('select pg_advisory_unlock($1, $2)', MIGRATION_LOCK);
    return { db: drizzle({ client: pool }), migrated };
  } finally {
    client.release();
  }
}

function closeOnce(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
}

/** `host:port/database`, the part of the address that may be shown. */
function placeOf(databaseUrl: string): string {
  const url = URL.parse(databaseUrl);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    const wanted = 'It should look like postgres://user:password@host:5432/database.';
    throw new StoreError('database-url-malformed', `DATABASE_URL is not the address of a PostgreSQL database. ${wanted}`);
  }
  return `${url.hostname || 'localhost'}:${url.port || '5432'}${url.pathname}`;
}

function asConnectError(place: string, error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const reason = error instanceof Error ? error.message || String('code' in error ? error.code : error.name) : String(error);
  const advice = 'Check that it is up and that DATABASE_URL names the right host, database, user and password.';
  return new StoreError('database-unreachable', `The database at ${place} cannot be used: ${reason}. ${advice}`, { cause: error });
}
