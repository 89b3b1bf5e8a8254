import { z } from 'zod';
import { sql } from './drizzle.ts';
import { query } from './query.ts';
import { storableText } from './storable-json.ts';
import type { Store } from './store.ts';

/** Ids of servers that are gone and now lead to this one, sorted. */
export async function formerIds(store: Store, server: string): Promise<string[]> {
  const rows = await query(
    store.db,
    z.object({ id: z.string() }),
    sql`
      select servers.id from server_aliases join servers on servers.id = server_aliases.alias
      where server_aliases.server_id = ${storableText(server)} and servers.id <> server_aliases.server_id
      order by servers.id`,
  );
  return rows.map(({ id }) => id);
}
