import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { sql } from './drizzle.ts';
import { Count, query } from './query.ts';
import type { Database } from './store.ts';
import { StoreError } from './store-error.ts';

/** drizzle-kit's list of migrations; `when` orders them and is what the database remembers. */
const Journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

/**
 * Brings the schema up to date. Safe to call again; the caller sees to it that only one process does at a time.
 *
 * @param apply - Applies the migrations in a folder: each driver has its own.
 * @returns Names of the migrations applied, oldest first.
 * @throws StoreError `schema-too-new` when a newer Assay has migrated this database.
 */
export async function migrate(db: Database, apply: (folder: string) => Promise<void>): Promise<string[]> {
  const folder = join(packageFolder(), 'migrations');
  const { entries } = Journal.parse(JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8')));
  const applied = await latestApplied(db);
  if (applied > (entries.at(-1)?.when ?? 0)) throw tooNew();
  const pending = entries.filter(({ when }) => when > applied);
  // Also for the sake of a database user who may read and write, but not create.
  if (pending.length > 0) await apply(folder);
  return pending.map(({ tag }) => tag);
}

async function latestApplied(db: Database): Promise<number> {
  const [table] = await query(
    db,
    z.object({ found: z.boolean() }),
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as found`,
  );
  if (!table?.found) return 0;
  const [last] = await query(
    db,
    z.object({ latest: Count.nullable() }),
    sql`select max(created_at) as latest from drizzle.__drizzle_migrations`,
  );
  return last?.latest ?? 0;
}

function tooNew(): StoreError {
  return new StoreError(
    'schema-too-new',
    'The database was last used by a newer Assay. Update Assay, or point this one at another database.',
  );
}

/** The folder of package.json, the same whether this file runs from `src/` or from `dist/src/`. */
function packageFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
