import { sql } from 'drizzle-orm/sql';
import { z } from 'zod';
import { canonicalJson } from '../../src/model/json.ts';
import { query } from '../../src/store/query.ts';
import type { Store } from '../../src/store/store.ts';

const TABLES = [
  'sources',
  'registry_entries',
  'servers',
  'server_aliases',
  'runs',
  'faults',
  'enumerations',
  'tools',
  'enumeration_tools',
  'contexts',
  'server_contexts',
  'classifications',
  'server_findings',
  'policies',
  'run_servers',
];

/** Tables whose column `id` says what the row is; in the others it is generated. */
const NATURAL_IDS = new Set(['sources', 'registry_entries', 'servers']);

/** A row that is only known by a generated id also says which server it belongs to. */
const SOURCES: Readonly<Record<string, string>> = {
  enumeration_tools:
    '(select enumeration_tools.*, server_id from enumeration_tools join enumerations on enumerations.id = enumeration_tools.enumeration_id)',
};

export interface DumpOptions {
  /** Also times and generated ids: to see that nothing at all was written. */
  readonly exact?: boolean;
}

/**
 * Everything in the store, one line per row, sorted: the same for two stores that hold the same, whatever the database and the order of writing.
 * Times and generated ids are left out; whether something is gone stays.
 */
export async function dumpStore(store: Store, { exact = false }: DumpOptions = {}): Promise<string[]> {
  const lines: string[] = [];
  for (const table of TABLES) {
    const statement = sql.raw(`select to_jsonb(row) as row from ${SOURCES[table] ?? table} row`);
    for (const { row } of await query(store.db, z.object({ row: z.record(z.string(), z.unknown()) }), statement)) {
      lines.push(`${table} ${canonicalJson(exact ? row : settled(table, row))}`);
    }
  }
  return lines.sort();
}

function settled(table: string, row: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(row).filter(([column]) => !isVarying(table, column));
  return { ...Object.fromEntries(kept), ...('gone_at' in row ? { gone: row['gone_at'] !== null } : {}) };
}

function isVarying(table: string, column: string): boolean {
  if (column === 'id') return !NATURAL_IDS.has(table);
  return column.endsWith('_at') || column === 'run_id' || column === 'enumeration_id' || column === 'latest_id' || column === 'listing_id';
}
