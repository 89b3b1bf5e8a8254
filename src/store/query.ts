import { z } from 'zod';
import { DrizzleQueryError, type SQL, sql } from './drizzle.ts';
import type { Database, Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** A `timestamptz` as both drivers give it under drizzle: text with an offset. */
export const Instant = z.coerce.date();

/** A `bigint`: text from one driver, a number from the other. */
export const Count = z.coerce.number().int();

/** A column that may be null; read as absent. */
export function optional<Value extends z.ZodType>(Value: Value) {
  return Value.nullable().transform((value) => value ?? undefined);
}

/** Runs one statement and reads every row of its answer. */
export async function query<Row extends z.ZodType>(db: Database, Row: Row, statement: SQL): Promise<z.infer<Row>[]> {
  const { rows } = await translated(() => db.execute(statement));
  return rows.map((row) => Row.parse(row));
}

/** Runs one statement whose answer does not matter. */
export async function execute(db: Database, statement: SQL): Promise<void> {
  await translated(() => db.execute(statement));
}

/**
 * Everything `work` writes through the given database, or nothing of it.
 *
 * The embedded database has one connection: `work` that used `store.db` instead would wait for itself.
 */
export async function inTransaction<Result>(store: Store, work: (db: Database) => Promise<Result>): Promise<Result> {
  return translated(() => store.db.transaction(work));
}

/** {@link inTransaction}, for reading only: every query sees the same moment. */
export async function inSnapshot<Result>(store: Store, work: (db: Database) => Promise<Result>): Promise<Result> {
  return translated(() => store.db.transaction(work, { isolationLevel: 'repeatable read', accessMode: 'read only' }));
}

/** A Date as a parameter that means the same to both drivers. */
export function instant(date: Date): SQL {
  return sql`${date.toISOString()}::timestamptz`;
}

/** Does `ask`; what the database or its driver says about a failure comes out as a {@link StoreError}. */
export async function translated<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    throw asStoreError(error);
  }
}

// drizzle's error repeats the statement with all its parameters: megabytes of what strangers wrote. The driver's own message does not.
function asStoreError(error: unknown): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  const reason = reasonOf(cause);
  if (isConnectionLoss(cause)) {
    const advice = 'Check that the database is up, then run the command again: finished work is kept.';
    return new StoreError('database-unreachable', `The connection to the database failed (${reason}). ${advice}`, { cause });
  }
  if (!(error instanceof DrizzleQueryError)) return error;
  return new StoreError('query-failed', `The database refused a statement: ${reason}.`, { cause });
}

/** Some errors of the sockets have a code and no message. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no reason given';
  return cause.message.slice(0, 300) || String('code' in cause ? cause.code : cause.name);
}

/** SQLSTATE class "connection exception", what an operator or a limit ends a session with, and what the sockets say. */
const LOST_CODE =
  /^(08...|57P0.|25P0[34]|ECONN[A-Z]+|E(HOST|NET)(UNREACH|DOWN)|ENETRESET|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|ERR_STREAM_.*)$/;
/** The driver's own words, which carry no code. */
const LOST_MESSAGE = /^(Connection terminated|timeout (exceeded|expired)|Client (has encountered a connection error|was closed))/;
/** With these the server ends the session, whatever the reason. */
const ENDS_SESSION = new Set<unknown>(['FATAL', 'PANIC']);

function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if ('severity' in error && ENDS_SESSION.has(error.severity)) return true;
  return LOST_CODE.test(code) || LOST_MESSAGE.test(error.message);
}
