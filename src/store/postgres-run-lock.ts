import type { Client } from 'pg';
import { RUN_LOCK } from './advisory-locks.ts';
import type { RunLock } from './store.ts';

/**
 * The run lock as a session's advisory lock, on a connection of its own: PostgreSQL frees it when that connection ends, however the process died.
 *
 * @param newClient - A client that is not connected yet.
 */
export function postgresRunLock(newClient: () => Client): RunLock {
  let holder: Client | undefined;
  return {
    async acquire() {
      if (holder) return false;
      const client = newClient();
      client.on('error', () => {
        if (holder === client) holder = undefined;
      });
      holder = client;
      let acquired = false;
      try {
        acquired = await tryLock(client);
      } finally {
        if (!acquired) await this.release();
      }
      return acquired;
    },
    async release() {
      const client = holder;
      holder = undefined;
      await client?.end();
    },
  };
}

async function tryLock(client: Client): Promise<boolean> {
  await client.connect();
  // The machine of a run may vanish without a word; the default finds that out after two hours.
  await client.query('set tcp_keepalives_idle = 60');
  const { rows } = await client.query<{ acquired: boolean }>('select pg_try_advisory_lock($1, $2) as acquired', RUN_LOCK);
  return rows[0]?.acquired === true;
}
