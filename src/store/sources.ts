import { z } from 'zod';
import { sql } from './drizzle.ts';
import { Count, execute, Instant, instant, optional, query } from './query.ts';
import type { Store } from './store.ts';

const SourceState = z.object({
  watermark: optional(z.string()),
  lastPassAt: Instant,
  lastWholeAt: optional(Instant),
});
/** How far a source was read: the instant up to which its changes are stored, and when it was last read to its end, and last read whole. */
export type SourceState = z.infer<typeof SourceState>;

export async function sourceState(store: Store, source: string): Promise<SourceState | undefined> {
  const [state] = await query(
    store.db,
    SourceState,
    sql`select watermark, last_pass_at as "lastPassAt", last_whole_at as "lastWholeAt" from sources where id = ${source}`,
  );
  return state;
}

/** Notes that a pass over a source ended normally. Without a new watermark the old one stays. */
export async function recordPass(
  store: Store,
  {
    source,
    watermark,
    startedAt,
    whole,
  }: { readonly source: string; readonly watermark?: string; readonly startedAt: Date; readonly whole: boolean },
): Promise<void> {
  const wholeAt = whole ? instant(startedAt) : sql`null::timestamptz`;
  await execute(
    store.db,
    sql`
      insert into sources (id, watermark, last_pass_at, last_whole_at) values (${source}, ${watermark ?? null}, ${instant(startedAt)}, ${wholeAt})
      on conflict (id) do update set
        watermark = coalesce(excluded.watermark, sources.watermark),
        last_pass_at = excluded.last_pass_at,
        last_whole_at = coalesce(excluded.last_whole_at, sources.last_whole_at)`,
  );
}

const SourceRow = SourceState.extend({ source: z.string(), entries: Count });

/** Every source that was ever read to its end, by id; `entries` is how many of its entries count now. */
export async function allSourceStates(store: Store): Promise<z.infer<typeof SourceRow>[]> {
  return query(
    store.db,
    SourceRow,
    sql`
      select sources.id as source, watermark, last_pass_at as "lastPassAt", last_whole_at as "lastWholeAt",
        (select count(*) from registry_entries where source = sources.id and gone_at is null and current and status <> 'deleted') as entries
      from sources order by sources.id`,
  );
}
