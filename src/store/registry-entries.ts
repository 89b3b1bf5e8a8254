import { z } from 'zod';
import { type Activity, type RegistryEntry, Release } from '../model/registry-entry.ts';
import { sql } from './drizzle.ts';
import { jsonBatches, uniqueRows } from './json-batches.ts';
import { execute, instant, inTransaction, optional, query } from './query.ts';
import { storableJson } from './storable-json.ts';
import type { Database, Store } from './store.ts';

export interface SeenEntries {
  readonly source: string;
  readonly seenAt: Date;
  /** Each with the hash, as `storableJson` leaves it, of all but what drifts (activity, revision). */
  readonly entries: readonly { readonly entry: RegistryEntry; readonly hash: string }[];
}

/** What is known of one of an entry's releases when it is decided which of them counts. */
interface ReleaseRow {
  /** The version; empty where the source keeps one. */
  readonly release: string;
  readonly status: Release['status'];
  readonly publishedAt?: string;
}

/** Chooses among the releases of one entry, of which there is at least one. @returns Its `release`. */
export type PickCurrent = (releases: readonly ReleaseRow[]) => string;

/** Rows by what came of them; each is in one of these, `servers` apart. */
export interface EntryCounts {
  /** New, or seen again after being gone. */
  readonly added: number;
  /** Ids among them that were not known in any release. */
  readonly servers: number;
  readonly changed: number;
  /** Became so, or came so. */
  readonly deprecated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

export const NO_ENTRIES: EntryCounts = { added: 0, servers: 0, changed: 0, deprecated: 0, deleted: 0, unchanged: 0 };

/**
 * Keeps what a source says. Of an unchanged entry only "last seen", activity and revision move. Entries that are not given are left alone. Which
 * release of an entry counts is decided in the same transaction: a run killed in between leaves nothing undecided.
 */
export async function recordEntries(store: Store, { source, seenAt, entries }: SeenEntries, pick: PickCurrent): Promise<EntryCounts> {
  const given = uniqueRows(entries, ({ entry }) => `${entry.id}\0${releaseOf(entry)}`).map(givenRow);
  return inTransaction(store, async (db) => {
    const known = await knownReleases(
      db,
      source,
      given.map(({ id }) => id),
    );
    const compared = given.map((row) => ({ row, outcome: outcomeOf(row, known.get(row.id)?.get(row.release)) }));
    const current = currentAfter(given, known, pick);
    const written = compared.filter(({ outcome }) => outcome !== 'unchanged').map(({ row }) => row);
    await writeRows(
      db,
      source,
      seenAt,
      written.map((row) => ({ ...row, current: current.get(row.id) === row.release })),
    );
    await touchRows(
      db,
      source,
      seenAt,
      compared.filter(({ outcome }) => outcome === 'unchanged').map(({ row }) => row),
    );
    await moveCurrent(db, source, current, known);
    return { ...countOutcomes(compared.map(({ outcome }) => outcome)), servers: newIds(given, known) };
  });
}

type GivenRow = ReturnType<typeof givenRow>;

function givenRow({ entry, hash }: SeenEntries['entries'][number]) {
  const { raw, activity, revision, ...parsed } = storableJson(entry);
  const status: Release['status'] = parsed.release?.status ?? 'active';
  return {
    id: parsed.id,
    release: releaseOf(parsed),
    status,
    publishedAt: parsed.release?.publishedAt,
    hash,
    activity,
    revision,
    parsed,
    raw,
  };
}

function releaseOf({ release, version }: Pick<RegistryEntry, 'release' | 'version'>): string {
  return release ? (version ?? '') : '';
}

const KnownRow = z.object({
  id: z.string(),
  release: z.string(),
  status: Release.shape.status,
  publishedAt: optional(z.string()),
  hash: z.string(),
  current: z.boolean(),
  gone: z.boolean(),
});
type KnownRow = z.infer<typeof KnownRow>;
type KnownReleases = ReadonlyMap<string, ReadonlyMap<string, KnownRow>>;

/** Every stored release of the entries, gone ones included. */
async function knownReleases(db: Database, source: string, ids: readonly string[]): Promise<KnownReleases> {
  const rows = await query(
    db,
    KnownRow,
    sql`
      select id, release, status, published_at as "publishedAt", content_hash as hash, current, gone_at is not null as gone
      from registry_entries
      where source = ${source} and id in (select value from json_array_elements_text(${JSON.stringify([...new Set(ids)])}::json))`,
  );
  return new Map([...Map.groupBy(rows, ({ id }) => id)].map(([id, of]) => [id, new Map(of.map((row) => [row.release, row]))]));
}

type Outcome = Exclude<keyof EntryCounts, 'servers'>;

function outcomeOf(given: GivenRow, known: KnownRow | undefined): Outcome {
  const before = known && !known.gone ? known : undefined;
  if (given.status === 'deleted' && before?.status !== 'deleted') return 'deleted';
  if (!before) return 'added';
  if (given.status === 'deprecated' && before.status !== 'deprecated') return 'deprecated';
  return before.hash === given.hash ? 'unchanged' : 'changed';
}

function countOutcomes(outcomes: readonly Outcome[]): EntryCounts {
  const counts = { ...NO_ENTRIES };
  for (const outcome of outcomes) counts[outcome] += 1;
  return counts;
}

function newIds(given: readonly GivenRow[], known: KnownReleases): number {
  return new Set(given.map(({ id }) => id).filter((id) => !known.has(id))).size;
}

/** For each id given, the release that counts once the given rows are in. */
function currentAfter(given: readonly GivenRow[], known: KnownReleases, pick: PickCurrent): Map<string, string> {
  const picked = [...Map.groupBy(given, ({ id }) => id)].map(([id, rows]): [string, string] => {
    const releases = new Map<string, ReleaseRow>();
    for (const row of known.get(id)?.values() ?? []) if (!row.gone) releases.set(row.release, row);
    for (const row of rows) releases.set(row.release, row);
    return [id, pick([...releases.values()])];
  });
  return new Map(picked);
}

async function writeRows(db: Database, source: string, seenAt: Date, rows: readonly object[]): Promise<void> {
  for (const batch of jsonBatches(rows)) {
    await execute(
      db,
      sql`
        insert into registry_entries
          (source, id, release, status, published_at, current, parsed, raw, content_hash, activity, revision, first_seen_at, last_seen_at)
        select ${source}, id, release, status, "publishedAt", current, parsed, raw, hash, activity, revision, ${instant(seenAt)}, ${instant(seenAt)}
        from json_to_recordset(${batch}::json) as row
          (id text, release text, status text, "publishedAt" text, current boolean, parsed jsonb, raw json, hash text, activity jsonb, revision text)
        on conflict (source, id, release) do update set
          status = excluded.status, published_at = excluded.published_at, current = excluded.current, parsed = excluded.parsed, raw = excluded.raw,
          content_hash = excluded.content_hash, activity = excluded.activity, revision = excluded.revision,
          last_seen_at = excluded.last_seen_at, gone_at = null`,
    );
  }
}

async function touchRows(db: Database, source: string, seenAt: Date, rows: readonly GivenRow[]): Promise<void> {
  const seen = rows.map(({ id, release, activity, revision }) => ({ id, release, activity, revision }));
  for (const batch of jsonBatches(seen)) {
    await execute(
      db,
      sql`
        update registry_entries entry set last_seen_at = ${instant(seenAt)}, activity = seen.activity, revision = seen.revision
        from json_to_recordset(${batch}::json) as seen (id text, release text, activity jsonb, revision text)
        where entry.source = ${source} and entry.id = seen.id and entry.release = seen.release`,
    );
  }
}

/** Sets the flag where it is another than before; rows just written have it already. */
async function moveCurrent(db: Database, source: string, current: ReadonlyMap<string, string>, known: KnownReleases): Promise<void> {
  const moved = [...current].flatMap(([id, release]) =>
    [...(known.get(id)?.values() ?? [])]
      .filter((row) => row.current !== (row.release === release))
      .map((row) => ({ id, release: row.release, current: row.release === release })),
  );
  for (const batch of jsonBatches(moved)) {
    await execute(
      db,
      sql`
        update registry_entries entry set current = moved.current
        from json_to_recordset(${batch}::json) as moved (id text, release text, current boolean)
        where entry.source = ${source} and entry.id = moved.id and entry.release = moved.release`,
    );
  }
}

export interface StillListed {
  readonly source: string;
  readonly seenAt: Date;
  readonly entries: readonly { readonly id: string; readonly activity?: Activity }[];
}

/**
 * Notes that a source still lists these entries, as they were when they were last read.
 *
 * @returns How many there were: an id that is not known, or gone, is none.
 */
export async function recordStillListed(store: Store, { source, seenAt, entries }: StillListed): Promise<number> {
  let count = 0;
  for (const batch of jsonBatches(uniqueRows(entries, ({ id }) => id))) {
    const seen = await query(
      store.db,
      z.object({ id: z.string() }),
      sql`
        update registry_entries entry set last_seen_at = ${instant(seenAt)}, activity = coalesce(seen.activity, entry.activity)
        from json_to_recordset(${batch}::json) as seen (id text, activity jsonb)
        where entry.source = ${source} and entry.id = seen.id and entry.gone_at is null
        returning entry.id as id`,
    );
    count += seen.length;
  }
  return count;
}

const GoneRow = z.object({ id: z.string(), release: z.string() });

/**
 * Marks a source's entries as gone that were not seen since, and decides anew which of their releases count. Only for a source that was crawled whole.
 *
 * @returns Them, in order.
 */
export async function markUnseenGone(
  store: Store,
  seen: { readonly source: string; readonly seenBefore: Date; readonly now: Date },
  pick: PickCurrent,
): Promise<z.infer<typeof GoneRow>[]> {
  return inTransaction(store, async (db) => {
    const gone = await query(
      db,
      GoneRow,
      sql`
        with gone as (
          update registry_entries set gone_at = ${instant(seen.now)}
          where source = ${seen.source} and gone_at is null and last_seen_at < ${instant(seen.seenBefore)}
          returning id, release
        )
        select id, release from gone order by id, release`,
    );
    await decideAgain(db, seen.source, new Set(gone.filter(({ release }) => release !== '').map(({ id }) => id)), pick);
    return gone;
  });
}

async function decideAgain(db: Database, source: string, ids: ReadonlySet<string>, pick: PickCurrent): Promise<void> {
  if (ids.size === 0) return;
  const known = await knownReleases(db, source, [...ids]);
  const left = [...known]
    .map(([id, rows]) => ({ id, rows: [...rows.values()].filter(({ gone }) => !gone) }))
    .filter(({ rows }) => rows.length > 0);
  await moveCurrent(db, source, new Map(left.map(({ id, rows }) => [id, pick(rows)])), known);
}
