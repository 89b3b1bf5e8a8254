import { z } from 'zod';
import { ToolDefinition } from '../model/tool.ts';
import { sql } from './drizzle.ts';
import { query } from './query.ts';
import type { Store } from './store.ts';

const ToolRow = z.object({ hash: z.string(), definition: ToolDefinition });

/** The definitions kept under these hashes, by hash. */
export async function toolDefinitions(store: Store, hashes: readonly string[]): Promise<Map<string, ToolDefinition>> {
  if (hashes.length === 0) return new Map();
  // As an array, whose elements are looked up by key: a set is joined, and without statistics that reads all tools.
  const rows = await query(
    store.db,
    ToolRow,
    sql`select hash, definition from tools where hash = any(array(select json_array_elements_text(${JSON.stringify(hashes)}::json)))`,
  );
  return new Map(rows.map(({ hash, definition }) => [hash, definition]));
}
