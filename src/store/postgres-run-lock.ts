import type { Client, Pool } from 'pg';
import { RUN_LOCK } from './advisory-locks.ts';
import type { RunLock } from './store.ts';
import { StoreError } from './store-error.ts';

/**
 * The run lock as a session's advisory lock, on a connection of its own: PostgreSQL frees it when that connection ends, however the process died.
 *
 * @param newClient - A client that is not connected yet.
 * @param pool - For looking at the lock without taking it.
 */
export function postgresRunLock(newClient: () => Client, pool: Pool): RunLock {
  let holder: Client | undefined;
  let loss = new AbortController();
  return {
    get lost() {
      return loss.signal;
    },
    async acquire() {
      if (holder) return false;
      const client = newClient();
      const ownLoss = new AbortController();
      client.on('error', (error) => {
        if (holder !== client) return;
        holder = undefined;
        ownLoss.abort(lockLost(error));
      });
      holder = client;
      loss = ownLoss;
      let acquired = false;
      try {
        acquired = await tryLock(client);
      } finally {
        if (!acquired) await this.release();
      }
      return acquired;
    },
    isHeld: () => isLocked(pool),
    async release() {
      const client = holder;
      holder = undefined;
      await client?.end();
    },
  };
}

function lockLost(cause: Error): StoreError {
  const what = `The connection that keeps other runs out was lost (${cause.message}), so another run may have started.`;
  const advice = 'Check that the database is up, then run the command again: finished work is kept.';
  return new StoreError('run-lock-lost', `${what} ${advice}`, { cause });
}

async function tryLock(client: Client): Promise<boolean> {
  await client.connect();
  // The machine of a run may vanish without a word; the default finds that out after two hours.
  await client.query('set tcp_keepalives_idle = 60');
  const { rows } = await client.query<{ acquired: boolean }>('select pg_try_advisory_lock($1, $2) as acquired', RUN_LOCK);
  return rows[0]?.acquired === true;
}

/** Trying the lock would refuse a run that starts in that moment. `objsubid` 2 says that the key is two numbers. */
async function isLocked(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ held: boolean }>(
    `select exists (
      select from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where locktype = 'advisory' and classid = $1 and objid = $2 and objsubid = 2 and granted and datname = current_database()
    ) as held`,
    RUN_LOCK,
  );
  return rows[0]?.held === true;
}
