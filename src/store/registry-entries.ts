import { sql } from 'drizzle-orm/sql';
import { z } from 'zod';
import { RegistryEntry } from '../model/registry-entry.ts';
import { jsonBatches, uniqueRows } from './json-batches.ts';
import { Count, instant, inTransaction, query } from './query.ts';
import type { Database, Store } from './store.ts';

export interface SeenEntries {
  readonly source: string;
  readonly seenAt: Date;
  /** Each with the hash of the entry as `storableJson` leaves it. */
  readonly entries: readonly { readonly entry: RegistryEntry; readonly hash: string }[];
}

export interface EntryCounts {
  /** New, or seen again after being gone. */
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** Keeps what a source says. Of an unchanged entry only "last seen" moves. Entries that are not given are left alone. */
export async function recordEntries(store: Store, { source, seenAt, entries }: SeenEntries): Promise<EntryCounts> {
  const total = { added: 0, changed: 0, unchanged: 0 };
  const unique = uniqueRows(entries, ({ entry }) => entry.id);
  await inTransaction(store, async (db) => {
    for (const batch of jsonBatches(unique.map(rowOf))) {
      const counts = await recordBatch(db, source, seenAt, batch);
      total.added += counts.added;
      total.changed += counts.changed;
      total.unchanged += counts.unchanged;
    }
  });
  return total;
}

function rowOf({ entry, hash }: SeenEntries['entries'][number]): object {
  const { raw, ...parsed } = entry;
  return { id: entry.id, hash, parsed, raw };
}

async function recordBatch(db: Database, source: string, seenAt: Date, batch: string): Promise<EntryCounts> {
  const [counts] = await query(
    db,
    z.object({ added: Count, changed: Count, unchanged: Count }),
    sql`
      with given as (
        select * from json_to_recordset(${batch}::json) as row (id text, hash text, parsed jsonb, raw json)
      ), known as (
        select id, content_hash as hash, gone_at is not null as gone
        from registry_entries where source = ${source} and id in (select id from given)
      ), compared as (
        select given.id,
          case when known.id is null or known.gone then 'added' when known.hash <> given.hash then 'changed' else 'unchanged' end as outcome
        from given left join known using (id)
      ), seen as (
        update registry_entries set last_seen_at = ${instant(seenAt)}
        from compared
        where registry_entries.source = ${source} and registry_entries.id = compared.id and compared.outcome = 'unchanged'
      ), written as (
        insert into registry_entries (source, id, parsed, raw, content_hash, first_seen_at, last_seen_at)
        select ${source}, id, parsed, raw, hash, ${instant(seenAt)}, ${instant(seenAt)}
        from given join compared using (id) where outcome <> 'unchanged' order by id
        on conflict (source, id) do update set
          parsed = excluded.parsed, raw = excluded.raw, content_hash = excluded.content_hash, last_seen_at = excluded.last_seen_at, gone_at = null
      )
      select count(*) filter (where outcome = 'added') as added,
        count(*) filter (where outcome = 'changed') as changed,
        count(*) filter (where outcome = 'unchanged') as unchanged
      from compared`,
  );
  return counts ?? { added: 0, changed: 0, unchanged: 0 };
}

/**
 * Marks a source's entries as gone that were not seen since. Only for a source that was crawled whole.
 *
 * @returns Their ids, in order.
 */
export async function markUnseenGone(
  store: Store,
  seen: { readonly source: string; readonly seenBefore: Date; readonly now: Date },
): Promise<string[]> {
  const gone = await query(
    store.db,
    z.object({ id: z.string() }),
    sql`
      with gone as (
        update registry_entries set gone_at = ${instant(seen.now)}
        where source = ${seen.source} and gone_at is null and last_seen_at < ${instant(seen.seenBefore)}
        returning id
      )
      select id from gone order by id`,
  );
  return gone.map(({ id }) => id);
}

const EntryRow = z.object({ parsed: RegistryEntry.omit({ raw: true }), raw: RegistryEntry.shape.raw });

/** What all sources say now, by source and id. */
export async function currentEntries(store: Store): Promise<RegistryEntry[]> {
  const rows = await query(store.db, EntryRow, sql`select parsed, raw from registry_entries where gone_at is null order by source, id`);
  return rows.map(({ parsed, raw }) => ({ ...parsed, raw }));
}
