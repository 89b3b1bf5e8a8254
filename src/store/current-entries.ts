import { z } from 'zod';
import { Activity, RegistryEntry } from '../model/registry-entry.ts';
import { sql } from './drizzle.ts';
import { Count, instant, optional, query } from './query.ts';
import type { Store } from './store.ts';

const CurrentRow = z.object({
  parsed: RegistryEntry.omit({ raw: true, activity: true, revision: true }),
  activity: optional(Activity),
  firstPublishedAt: optional(z.string()),
});

/** An entry without the source's document, which nothing after the crawl reads. */
export type CurrentEntry = Omit<RegistryEntry, 'raw' | 'revision'> & {
  /** When the first of its releases was published, gone ones included. */
  readonly firstPublishedAt?: string;
};

/** What all sources say now, by source and id: of each entry the release that counts, unless that is deleted. */
export async function currentEntries(store: Store): Promise<CurrentEntry[]> {
  const rows = await query(
    store.db,
    CurrentRow,
    sql`
      with first as (
        -- The texts of instants in UTC are in order but for the fractions of one second, which do not matter here.
        select source, id, min(published_at collate "C") as at from registry_entries where published_at is not null group by source, id
      )
      select parsed, activity, first.at as "firstPublishedAt"
      from registry_entries left join first using (source, id)
      where gone_at is null and current and status <> 'deleted'
      order by source, id`,
  );
  return rows.map(({ parsed, activity, firstPublishedAt }) => ({
    ...parsed,
    ...(activity && { activity }),
    ...(firstPublishedAt !== undefined && { firstPublishedAt }),
  }));
}

/** How many of a source's entries are not gone, and how many of those were not seen since. */
export async function countUnseen(store: Store, source: string, seenBefore: Date): Promise<{ total: number; unseen: number }> {
  const [counts] = await query(
    store.db,
    z.object({ total: Count, unseen: Count }),
    sql`
      select count(*) as total, count(*) filter (where last_seen_at < ${instant(seenBefore)}) as unseen
      from registry_entries where source = ${source} and gone_at is null`,
  );
  return counts ?? { total: 0, unseen: 0 };
}

const RevisionRow = z.object({ id: z.string(), revision: optional(z.string()) });

/** The entries of a source that are not gone: id → revision, for those that have one. */
export async function knownRevisions(store: Store, source: string): Promise<Map<string, string | undefined>> {
  const rows = await query(
    store.db,
    RevisionRow,
    sql`select id, revision from registry_entries where source = ${source} and gone_at is null and current order by id`,
  );
  return new Map(rows.map(({ id, revision }) => [id, revision]));
}
