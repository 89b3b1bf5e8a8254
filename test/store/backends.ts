import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm/sql';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

interface OpenBackend {
  readonly store: Store;
  end(): Promise<void>;
}

export const BACKENDS = { pglite: openEmbedded, postgres: openServer };

/** Runs a suite against both databases, each test on empty tables. */
export function describeStore(title: string, suite: (store: () => Store) => void): void {
  describe.each(Object.entries(BACKENDS))(`${title} (%s)`, (_, open) => {
    let backend: OpenBackend | undefined;
    const store = () => {
      if (!backend) throw new Error('the store is opened before each suite');
      return backend.store;
    };
    beforeAll(async () => {
      backend = await open();
    });
    beforeEach(() => emptyTables(store()));
    afterAll(() => backend?.end());
    suite(store);
  });
}

async function emptyTables(store: Store): Promise<void> {
  await store.runLock.release();
  await store.db.execute(sql`
    truncate registry_entries, sources, http_cache, servers, server_aliases, runs, faults, enumerations, tools, enumeration_tools, contexts, server_contexts,
      classifications, server_findings, policies, run_servers restart identity`);
}

async function openEmbedded(): Promise<OpenBackend> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-store-'));
  const store = await openStore({ folder });
  return {
    store,
    async end() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openServer(): Promise<OpenBackend> {
  const server: TestPostgres = await startPostgres();
  const store = await openStore({ databaseUrl: server.url });
  return {
    store,
    async end() {
      await store.close();
      await server.stop();
    },
  };
}
