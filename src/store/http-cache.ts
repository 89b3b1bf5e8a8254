import { z } from 'zod';
import { sql } from './drizzle.ts';
import { execute, instant, query } from './query.ts';
import { storableJson } from './storable-json.ts';
import type { Store } from './store.ts';

const StoredAnswer = z.object({
  url: z.string(),
  status: z.number().int(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
type StoredAnswer = z.infer<typeof StoredAnswer>;

/** Answers of sources, kept between runs, so that what has not changed is not sent again. */
export function httpCache(store: Store, now: () => Date) {
  return {
    async get(key: string): Promise<StoredAnswer | undefined> {
      const [row] = await query(store.db, z.object({ answer: StoredAnswer }), sql`select answer from http_cache where key = ${key}`);
      return row?.answer;
    },
    async put(key: string, answer: StoredAnswer): Promise<void> {
      const text = JSON.stringify(storableJson(answer));
      await execute(
        store.db,
        sql`
          insert into http_cache (key, answer, stored_at) values (${key}, ${text}::json, ${instant(now())})
          on conflict (key) do update set answer = excluded.answer, stored_at = excluded.stored_at`,
      );
    },
  };
}

/** Forgets answers stored before then: whoever still wants one asks for it whole once. */
export async function pruneHttpCache(store: Store, before: Date): Promise<void> {
  await execute(store.db, sql`delete from http_cache where stored_at < ${instant(before)}`);
}
