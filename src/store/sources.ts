import { z } from 'zod';
import { sql } from './drizzle.ts';
import { Count, execute, Instant, instant, optional, query } from './query.ts';
import type { Store } from './store.ts';

const SourceState = z.object({
  origin: optional(z.string()),
  watermark: optional(z.string()),
  lastPassAt: Instant,
  lastWholeAt: optional(Instant),
  doubtedAt: optional(Instant),
});
/**
 * How far a source was read: the instant up to which its changes are stored, when it was last read to its end, and when last read whole. `doubtedAt` is
 * the start of a whole pass that was not believed, because too much was missing in it.
 */
export type SourceState = z.infer<typeof SourceState>;

export async function sourceState(store: Store, source: string): Promise<SourceState | undefined> {
  const [state] = await query(
    store.db,
    SourceState,
    sql`select origin, watermark, last_pass_at as "lastPassAt", last_whole_at as "lastWholeAt", doubted_at as "doubtedAt" from sources where id = ${source}`,
  );
  return state;
}

export interface EndedPass {
  readonly source: string;
  /** What it was read from. */
  readonly origin?: string;
  /** Without a new one the old one stays. */
  readonly watermark?: string;
  readonly startedAt: Date;
  /** What was seen: everything, what has changed, or everything with too much missing. */
  readonly outcome: 'whole' | 'changes' | 'doubted';
}

/** Notes that a pass over a source ended normally. */
export async function recordPass(store: Store, { source, origin, watermark, startedAt, outcome }: EndedPass): Promise<void> {
  const at = (wanted: EndedPass['outcome']) => (outcome === wanted ? instant(startedAt) : sql`null::timestamptz`);
  await execute(
    store.db,
    sql`
      insert into sources (id, origin, watermark, last_pass_at, last_whole_at, doubted_at)
      values (${source}, ${origin ?? null}, ${watermark ?? null}, ${instant(startedAt)}, ${at('whole')}, ${at('doubted')})
      on conflict (id) do update set
        origin = excluded.origin,
        watermark = coalesce(excluded.watermark, sources.watermark),
        last_pass_at = excluded.last_pass_at,
        last_whole_at = coalesce(excluded.last_whole_at, sources.last_whole_at),
        doubted_at = case when ${outcome} = 'whole' then null else coalesce(excluded.doubted_at, sources.doubted_at) end`,
  );
}

const SourceRow = SourceState.extend({ source: z.string(), entries: Count });

/** Every source that was ever read to its end, by id; `entries` is how many of its entries count now. */
export async function allSourceStates(store: Store): Promise<z.infer<typeof SourceRow>[]> {
  return query(
    store.db,
    SourceRow,
    sql`
      select sources.id as source, origin, watermark, last_pass_at as "lastPassAt", last_whole_at as "lastWholeAt", doubted_at as "doubtedAt",
        (select count(*) from registry_entries where source = sources.id and gone_at is null and current and status <> 'deleted') as entries
      from sources order by sources.id`,
  );
}
