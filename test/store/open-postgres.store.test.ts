import { chmod } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm/sql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { currentEntries } from '../../src/store/current-entries.ts';
import { openStore } from '../../src/store/open-store.ts';
import { execute, inTransaction } from '../../src/store/query.ts';
import { isRunGoingOn, lastRuns, startRun } from '../../src/store/runs.ts';
import { readSnapshot } from '../../src/store/snapshot.ts';
import type { Store } from '../../src/store/store.ts';
import { startStoreProcess } from './child-process.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';
import { at } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function open(databaseUrl: string): Promise<Store> {
  const store = await openStore({ databaseUrl });
  onTestFinished(() => store.close());
  return store;
}

/** Ends every other connection to the database, as a restart of the server would. */
async function cutConnections(databaseUrl: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}

describe('a PostgreSQL store', () => {
  it('is migrated once by processes that start at once', async () => {
    const url = await server.newDatabase();
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(url)));
    expect(stores.filter(({ migrated }) => migrated.length > 0)).toHaveLength(1);
    expect((await open(url)).migrated).toEqual([]);
  });

  it('refuses a schema of a newer Assay', async () => {
    const url = await server.newDatabase();
    const store = await open(url);
    await store.db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 99999999999999)`);
    await expect(openStore({ databaseUrl: url })).rejects.toMatchObject({ code: 'schema-too-new' });
  });

  it('can be used by a user who may not create anything, once it is migrated', async () => {
    const url = await server.newDatabase();
    const owner = await open(url);
    await owner.db.execute(sql`create role reader login password 'reader'`);
    await owner.db.execute(sql`grant usage on schema drizzle to reader`);
    await owner.db.execute(sql`grant select on all tables in schema public, drizzle to reader`);
    const limited = new URL(url);
    limited.username = limited.password = 'reader';
    expect(await currentEntries(await open(limited.href))).toEqual([]);
  });

  it('tells the server who is connected', async () => {
    const store = await open(await server.newDatabase());
    const { rows } = await store.db.execute(sql`show application_name`);
    expect(rows).toEqual([{ application_name: 'assay' }]);
  });

  it('outlives its connections', async () => {
    const url = await server.newDatabase();
    const store = await open(url);
    const interrupted = readSnapshot(store, async (reader) => {
      await cutConnections(url);
      return reader.servers({ classifierVersion: '1', profile: 'starter' }).next();
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'database-unreachable' });
    expect(await currentEntries(store)).toEqual([]);
  });
});

describe('a PostgreSQL store that cannot be opened', () => {
  const SECRET = 'hunter2';

  it.each([
    ['no server there', 'postgres://me:hunter2@127.0.0.1:1/catalogue', '127.0.0.1:1/catalogue'],
    ['no such host', 'postgres://me:hunter2@assay.invalid/catalogue', 'assay.invalid:5432/catalogue'],
  ])('%s', async (_, databaseUrl, place) => {
    const error: unknown = await openStore({ databaseUrl }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'database-unreachable',
      message: expect.stringContaining(`The database at ${place} cannot be used: `),
    });
    expect(String(error)).not.toContain(SECRET);
  });

  it.each([
    ['password', (url: URL) => Object.assign(url, { password: SECRET }), /password authentication failed/],
    ['database', (url: URL) => Object.assign(url, { pathname: '/missing' }), /database "missing" does not exist/],
  ])('wrong %s', async (_, change, reason) => {
    const url = change(new URL(server.url));
    const error: unknown = await openStore({ databaseUrl: url.href }).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'database-unreachable', message: expect.stringMatching(reason) });
    expect(String(error)).not.toContain(url.password);
  });

  it.each(['', 'hunter2', 'mysql://me:hunter2@host/db', 'postgres//me:hunter2@host/db', 'https://me:hunter2@host/db'])(
    'address %j',
    async (databaseUrl) => {
      const error: unknown = await openStore({ databaseUrl }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: 'database-url-malformed',
        message: expect.stringContaining('postgres://user:password@host:5432/database'),
      });
      expect(String(error)).not.toContain(SECRET);
    },
  );
});

describe('a run on PostgreSQL', () => {
  it('keeps a run of another process out, and is interrupted by kill -9', async () => {
    const url = await server.newDatabase();
    const other = startStoreProcess('run', url);
    const id = Number(await other.line());
    const store = await open(url);
    await expect(startRun(store, { options: {}, now: at(1) })).rejects.toMatchObject({ code: 'run-in-progress' });
    await other.kill();
    await vi.waitFor(() => startRun(store, { options: {}, now: at(2) }), { timeout: 10_000 });
    expect(await lastRuns(store, 2)).toMatchObject([{ status: 'running' }, { id, status: 'interrupted' }]);
  });

  it('learns that its lock is lost, after which another can start', async () => {
    const url = await server.newDatabase();
    const store = await open(url);
    const other = await open(url);
    const id = await startRun(store, { options: {}, now: at(1) });
    const { lost } = store.runLock;
    expect([lost.aborted, await isRunGoingOn(other)]).toEqual([false, true]);
    await other.db.execute(sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted`);
    await vi.waitFor(() => expect(lost.aborted).toBe(true), { timeout: 10_000 });
    expect(lost.reason).toMatchObject({ code: 'run-lock-lost', message: expect.stringMatching(/was lost \(.+\).*run the command again/) });
    expect(await startRun(other, { options: {}, now: at(2) })).toBeGreaterThan(id);
    await expect(startRun(store, { options: {}, now: at(3) })).rejects.toMatchObject({ code: 'run-in-progress' });
  });

  it('has a lock that is not lost when it is released, and can be taken again after a loss', async () => {
    const url = await server.newDatabase();
    const store = await open(url);
    await startRun(store, { options: {}, now: at(1) });
    const first = store.runLock.lost;
    await store.runLock.release();
    expect(first.aborted).toBe(false);
    await startRun(store, { options: {}, now: at(2) });
    const second = store.runLock.lost;
    await cutConnections(url);
    await vi.waitFor(() => expect(second.aborted).toBe(true), { timeout: 10_000 });
    await startRun(store, { options: {}, now: at(3) });
    expect(store.runLock.lost.aborted).toBe(false);
  });

  it('refuses a statement that takes too long without taking the database for gone', async () => {
    const store = await open(await server.newDatabase());
    const slow = inTransaction(store, async (db) => {
      await execute(db, sql`set local statement_timeout = 50`);
      await execute(db, sql`select pg_sleep(10)`);
    });
    await expect(slow).rejects.toMatchObject({ code: 'query-failed' });
  });

  it.each([
    ['is cut', (url: string) => cutConnections(url)],
    ['idled for too long', () => wait(500)],
  ])('says that the database is gone when a connection %s in the middle of a transaction', async (_, lose) => {
    const url = await server.newDatabase();
    const store = await open(url);
    const work = inTransaction(store, async (db) => {
      await execute(db, sql`set local idle_in_transaction_session_timeout = 100`);
      await lose(url);
      await execute(db, sql`select 1`);
    });
    await expect(work).rejects.toMatchObject({ code: 'database-unreachable' });
  });

  it('does not hang in the way after its store is closed', async () => {
    const url = await server.newDatabase();
    const first = await open(url);
    await startRun(first, { options: {}, now: at(1) });
    await first.close();
    await expect(startRun(await open(url), { options: {}, now: at(2) })).resolves.toBeGreaterThan(1);
  });
});

describe('the PostgreSQL of the tests', () => {
  it('starts where the folder for temporary files is private', async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o700);
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const own = await startPostgres();
    await (await openStore({ databaseUrl: own.url })).close();
    await own.stop();
    await expect(openStore({ databaseUrl: own.url })).rejects.toMatchObject({ code: 'database-unreachable' });
  });
});
