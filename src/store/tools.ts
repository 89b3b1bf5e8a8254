import { z } from 'zod';
import { ToolDefinition } from '../model/tool.ts';
import { sql } from './drizzle.ts';
import { query } from './query.ts';
import type { Store } from './store.ts';

const ToolRow = z.object({ hash: z.string(), definition: ToolDefinition });

/** The definitions kept under these hashes, by hash. */
export async function toolDefinitions(store: Store, hashes: readonly string[]): Promise<Map<string, ToolDefinition>> {
  const rows = await query(
    store.db,
    ToolRow,
    sql`select hash, definition from tools where hash in (select json_array_elements_text(${JSON.stringify(hashes)}::json))`,
  );
  return new Map(rows.map(({ hash, definition }) => [hash, definition]));
}
