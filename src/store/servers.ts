import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Activity } from '../model/registry-entry.ts';
import { Server } from '../model/server.ts';
import { sql } from './drizzle.ts';
import { jsonBatches, uniqueRows } from './json-batches.ts';
import { execute, Instant, instant, inTransaction, optional, query } from './query.ts';
import { storableText } from './storable-json.ts';
import type { Database, Store } from './store.ts';

export interface IdentifiedServers {
  /** All there are, each with the hash of the server as `storableJson` leaves it. */
  readonly servers: readonly { readonly server: Server; readonly hash: string; readonly activity?: Activity }[];
  readonly now: Date;
}

/** Ids of servers, in order. */
export interface ServerChanges {
  /** New, or back after being gone. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: number;
  readonly gone: readonly string[];
  /** Left out: the id is longer than an index can hold. */
  readonly refused: readonly string[];
}

/** A btree row is limited to 2,700 bytes. */
const MAX_ID_BYTES = 2_000;

/** Makes the given list the servers there are: those missing from it become gone, and the aliases are replaced. What was once an id keeps resolving. */
export async function recordServers(store: Store, { servers, now }: IdentifiedServers): Promise<ServerChanges> {
  const unique = uniqueRows(servers, ({ server }) => server.id);
  const kept = unique.filter(({ server }) => fitsIndex(server.id));
  const refused = unique.map(({ server }) => server.id).filter((id) => !fitsIndex(id));
  return inTransaction(store, async (db) => {
    const outcomes: ServerOutcome[] = [];
    for (const batch of jsonBatches(kept.map(rowOf))) outcomes.push(...(await recordBatch(db, now, batch)));
    const keptServers = kept.map(({ server }) => server);
    const gone = await markMissingGone(db, now, keptServers);
    await replaceAliases(db, keptServers);
    const idsOf = (wanted: ServerOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).map(({ id }) => id);
    return { added: idsOf('added'), changed: idsOf('changed'), unchanged: idsOf('unchanged').length, gone, refused };
  });
}

function fitsIndex(id: string): boolean {
  return Buffer.byteLength(id) <= MAX_ID_BYTES;
}

function rowOf({ server, hash, activity }: IdentifiedServers['servers'][number]): object {
  return { id: server.id, hash, document: server, activity };
}

const ServerOutcome = z.object({ id: z.string(), outcome: z.enum(['added', 'changed', 'unchanged']) });
type ServerOutcome = z.infer<typeof ServerOutcome>;

async function recordBatch(db: Database, now: Date, batch: string): Promise<ServerOutcome[]> {
  return query(
    db,
    ServerOutcome,
    sql`
      with given as (
        select id collate "C" as id, hash, document, activity
        from json_to_recordset(${batch}::json) as row (id text, hash text, document jsonb, activity jsonb)
      ), compared as (
        select given.id,
          case
            when known.id is null or known.gone_at is not null then 'added'
            when known.content_hash <> given.hash then 'changed'
            else 'unchanged'
          end as outcome
        from given left join servers known on known.id = given.id
      ), written as (
        insert into servers (id, document, content_hash, activity, first_seen_at)
        select id, document, hash, activity, ${instant(now)} from given join compared using (id) where outcome <> 'unchanged' order by id
        on conflict (id) do update set
          document = excluded.document, content_hash = excluded.content_hash, activity = excluded.activity, gone_at = null
      ), drifted as (
        update servers set activity = given.activity
        from given join compared using (id)
        where servers.id = given.id and outcome = 'unchanged' and servers.activity is distinct from given.activity
      )
      select id, outcome from compared order by id`,
  );
}

async function markMissingGone(db: Database, now: Date, kept: readonly Server[]): Promise<string[]> {
  const ids = kept.map(({ id }) => storableText(id));
  const gone = await query(
    db,
    z.object({ id: z.string() }),
    sql`
      with given as (
        select value as id from json_array_elements_text(${JSON.stringify(ids)}::json)
      ), gone as (
        update servers set gone_at = ${instant(now)}
        where gone_at is null and not exists (select from given where given.id = servers.id)
        returning id
      )
      select id from gone order by id`,
  );
  return gone.map(({ id }) => id);
}

interface AliasRow {
  readonly hash: string;
  readonly alias: string;
  readonly server: string;
}

async function replaceAliases(db: Database, servers: readonly Server[]): Promise<void> {
  const rows = aliasRows(servers);
  // What was once a server's id stays, even where no entry names it any more: links to it were published.
  await execute(
    db,
    sql`
      delete from server_aliases
      where not exists (select from json_array_elements_text(${JSON.stringify(rows.map(({ hash }) => hash))}::json) as given where given = alias_hash)
        and not exists (select from servers where servers.id = alias)`,
  );
  for (const batch of jsonBatches(rows)) await upsertAliases(db, batch);
  await followMoves(db);
}

/** One row per alias: a server's own id is its own, any other alias that several claim goes to the first of them. */
function aliasRows(servers: readonly Server[]): AliasRow[] {
  const byHash = new Map<string, AliasRow>();
  for (const { id } of servers) byHash.set(aliasHash(id), { hash: aliasHash(id), alias: id, server: id });
  for (const { id, aliases } of servers) {
    for (const alias of aliases) {
      const hash = aliasHash(alias);
      if (!byHash.has(hash)) byHash.set(hash, { hash, alias, server: id });
    }
  }
  return [...byHash.values()];
}

function aliasHash(alias: string): string {
  return createHash('sha256').update(storableText(alias)).digest('hex');
}

async function upsertAliases(db: Database, batch: string): Promise<void> {
  await execute(
    db,
    sql`
      insert into server_aliases (alias_hash, alias, server_id)
      select hash, alias, server from json_to_recordset(${batch}::json) as row (hash text, alias text, server text)
      on conflict (alias_hash) do update set server_id = excluded.server_id
      where server_aliases.server_id <> excluded.server_id`,
  );
}

/** A former id whose server has since become part of another one resolves to that other one. */
async function followMoves(db: Database): Promise<void> {
  await execute(
    db,
    sql`
      update server_aliases former set server_id = target.id
      from servers old
        join server_aliases moved on moved.alias = old.id
        join servers target on target.id = moved.server_id and target.gone_at is null
      where former.server_id = old.id and old.gone_at is not null`,
  );
}

const ServerRow = z.object({ document: Server });

const LookRow = z.object({ document: Server, activity: optional(Activity), firstSeenAt: Instant });

/** The servers there are now, by id, with what decides who is looked at first. */
export async function serversToLookAt(store: Store): Promise<{ server: Server; activity?: Activity; firstSeenAt: Date }[]> {
  const rows = await query(
    store.db,
    LookRow,
    sql`select document, activity, first_seen_at as "firstSeenAt" from servers where gone_at is null order by id`,
  );
  return rows.map(({ document, activity, firstSeenAt }) => ({ server: document, ...(activity && { activity }), firstSeenAt }));
}

/** Which of these names, ids and aliases, resolve to which server: server id → names. */
export async function namesByServer(db: Database, names: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await query(
    db,
    z.object({ server: z.string(), alias: z.string() }),
    sql`
      select server_id as server, alias from server_aliases
      where alias_hash in (select json_array_elements_text(${JSON.stringify(names.map(aliasHash))}::json))
      order by server_id, alias_hash`,
  );
  const byServer = new Map<string, string[]>();
  for (const { server, alias } of rows) byServer.set(server, [...(byServer.get(server) ?? []), alias]);
  return byServer;
}

/**
 * The server a person means: by id, then by alias, then by a name that only one server has, last by the id of a server that is gone.
 */
export async function findServer(store: Store, wanted: string): Promise<Server | undefined> {
  const text = storableText(wanted);
  const rows = await query(
    store.db,
    ServerRow,
    sql`
      select document from (
        select 1 as rank, document from servers where id = ${text} and gone_at is null
        union all
        select 2, document from servers where id = (select server_id from server_aliases where alias_hash = ${aliasHash(text)}) and gone_at is null
        union all
        select 3, min(document::text)::jsonb from servers where document ->> 'name' = ${text} and gone_at is null having count(*) = 1
        union all
        select 4, document from servers where id = ${text} and gone_at is not null
      ) found
      order by rank limit 1`,
  );
  return rows[0]?.document;
}
