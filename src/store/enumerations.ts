import { z } from 'zod';
import { type Enumeration, EnumerationStatus, EnumerationSummary, isListed } from '../model/enumeration.ts';
import type { ToolDefinition } from '../model/tool.ts';
import { currentListingOf } from './current-listing.ts';
import { type SQL, sql } from './drizzle.ts';
import { jsonBatches, uniqueRows } from './json-batches.ts';
import { Count, execute, Instant, instant, inTransaction, query } from './query.ts';
import { storableJson, storableText } from './storable-json.ts';
import type { Database, Store } from './store.ts';

/** A tool under the hash of its canonical JSON. */
export interface HashedTool {
  readonly hash: string;
  readonly definition: ToolDefinition;
  /** Listed only with the flags of the widest attempt. */
  readonly widest?: boolean;
}

export interface NewEnumeration {
  readonly serverId: string;
  readonly runId: number;
  /** What decides whether the server has to be asked again, such as its launch with the exact version. */
  readonly launchKey: string;
  /** With the server, what makes it this enumeration: recorded again, it is the same one. */
  readonly startedAt: Date;
  readonly enumeration: Enumeration;
  /** In the order of the answer, or of the source; empty unless they are known. */
  readonly tools: readonly HashedTool[];
}

/** @returns Id of the enumeration; later ones have higher ids. */
export async function recordEnumeration(store: Store, given: NewEnumeration): Promise<number> {
  return inTransaction(store, async (db) => {
    const id = await insertEnumeration(db, given);
    for (const batch of jsonBatches(uniqueRows(given.tools, ({ hash }) => hash))) await insertTools(db, batch);
    const rows = given.tools.map(({ hash, definition, widest = false }, position) => ({ position, hash, name: definition.name, widest }));
    for (const batch of jsonBatches(rows)) await insertPositions(db, id, batch);
    return id;
  });
}

async function insertEnumeration(db: Database, { serverId, runId, launchKey, startedAt, enumeration }: NewEnumeration): Promise<number> {
  const { document, answer } = splitAnswer(enumeration);
  const rows = await query(
    db,
    z.object({ id: Count }),
    sql`
      with inserted as (
        insert into enumerations (server_id, run_id, launch_key, started_at, status, listed, document, answer)
        values (${serverId}, ${runId}, ${storableText(launchKey)}, ${instant(startedAt)}, ${enumeration.status}, ${isListed(enumeration)},
          ${JSON.stringify(document)}::jsonb, ${answer})
        on conflict (server_id, started_at) do nothing
        returning id
      )
      select id from inserted
      union all
      select id from enumerations where server_id = ${serverId} and started_at = ${instant(startedAt)}`,
  );
  return z.object({ id: Count }).parse(rows[0]).id;
}

/** Checked here already: a number that is not finite is stored as null, and would fail every later reading of the whole catalogue. */
function splitAnswer(enumeration: Enumeration): { document: EnumerationSummary; answer: string | null } {
  const document = EnumerationSummary.parse(storableJson(enumeration));
  return { document, answer: isListed(enumeration) ? JSON.stringify(enumeration.answer) : null };
}

async function insertTools(db: Database, batch: string): Promise<void> {
  await execute(
    db,
    sql`
      insert into tools (hash, name, definition)
      select hash, definition ->> 'name', definition from json_to_recordset(${batch}::json) as row (hash text, definition json)
      order by hash
      on conflict (hash) do nothing`,
  );
}

async function insertPositions(db: Database, enumerationId: number, batch: string): Promise<void> {
  await execute(
    db,
    sql`
      insert into enumeration_tools (enumeration_id, position, tool_hash, name, widest)
      select ${enumerationId}, position, hash, name, widest
      from json_to_recordset(${batch}::json) as row (position integer, hash text, name text, widest boolean)
      on conflict (enumeration_id, position) do nothing`,
  );
}

const LastEnumeration = z.object({
  serverId: z.string(),
  launchKey: z.string(),
  status: EnumerationStatus,
  startedAt: Instant,
  listed: z.boolean(),
  /** Since it was last listed; 0 when the last enumeration is listed. */
  consecutiveFailures: Count,
});
export type LastEnumeration = Omit<z.infer<typeof LastEnumeration>, 'serverId'>;

/** The last enumeration of every server that there is and that was enumerated, by server id. */
export async function lastEnumerations(store: Store): Promise<Map<string, LastEnumeration>> {
  const rows = await query(
    store.db,
    LastEnumeration,
    sql`
      select servers.id as "serverId", launch_key as "launchKey", status, started_at as "startedAt", listed,
        (select count(*) from enumerations failed where failed.server_id = servers.id and failed.id >
          coalesce((select max(id) from enumerations good where good.server_id = servers.id and good.listed), 0)) as "consecutiveFailures"
      from servers cross join lateral (
        select launch_key, status, started_at, listed from enumerations where server_id = servers.id order by id desc limit 1
      ) last
      where servers.gone_at is null
      order by servers.id`,
  );
  return new Map(rows.map(({ serverId, ...last }) => [serverId, last]));
}

const EnumerationRow = z.object({
  enumerationId: Count,
  serverId: z.string(),
  startedAt: Instant,
  document: EnumerationSummary,
});
export type StoredEnumeration = z.infer<typeof EnumerationRow>;

const ListedTool = z.object({ hash: z.string(), name: z.string() });

/** What is known of a server's tools; in the order of the answer, or of the source, without their definitions. */
export interface StoredListing extends StoredEnumeration {
  readonly tools: readonly z.infer<typeof ListedTool>[];
}

/** The enumeration that the server's tools are taken from: a failed one never replaces it. */
export async function currentListing(store: Store, serverId: string): Promise<StoredListing | undefined> {
  const [found] = await enumerationsWhere(store, sql`id = (${currentListingOf(sql`${serverId}`)})`, sql`id`);
  return found && { ...found, tools: await toolsOf(store, found.enumerationId) };
}

/** All enumerations of a run, oldest first. */
export async function enumerationsOfRun(store: Store, runId: number): Promise<StoredEnumeration[]> {
  return enumerationsWhere(store, sql`run_id = ${runId}`, sql`id`);
}

function enumerationsWhere(store: Store, condition: SQL, order: SQL): Promise<StoredEnumeration[]> {
  return query(
    store.db,
    EnumerationRow,
    sql`
      select id as "enumerationId", server_id as "serverId", started_at as "startedAt", document
      from enumerations where ${condition} order by ${order}`,
  );
}

function toolsOf(store: Store, enumerationId: number): Promise<z.infer<typeof ListedTool>[]> {
  return query(
    store.db,
    ListedTool,
    sql`select tool_hash as hash, name from enumeration_tools where enumeration_id = ${enumerationId} order by position`,
  );
}
