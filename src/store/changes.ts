import { type SQL, sql } from 'drizzle-orm/sql';
import { z } from 'zod';
import { Access, Category } from '../model/classification.ts';
import type { RunChanges } from '../model/run-report.ts';
import { Instant, instant, query } from './query.ts';
import type { Store } from './store.ts';

const FinishedRun = z.object({ id: z.coerce.number(), finishedAt: Instant });

const ToolChangeRow = z.object({
  server: z.string(),
  tool: z.string(),
  change: z.enum(['added', 'removed', 'redefined']),
  fromCategory: Category.nullable(),
  toCategory: Category.nullable(),
  fromAccess: Access.nullable(),
  toAccess: Access.nullable(),
});
type ToolChangeRow = z.infer<typeof ToolChangeRow>;

/** What is different between the last run that finished before the given one, and now. */
export async function changesSinceLastRun(store: Store, runId: number, classifierVersion: string): Promise<RunChanges> {
  const [last] = await query(
    store.db,
    FinishedRun,
    sql`select id, finished_at as "finishedAt" from runs where id < ${runId} and status = 'done' order by id desc limit 1`,
  );
  if (!last) return toChanges(null, [], [], []);
  const finishedAt = instant(last.finishedAt);
  const added = await serverIds(store, sql`first_seen_at > ${finishedAt} and gone_at is null`);
  const gone = await serverIds(store, sql`gone_at > ${finishedAt}`);
  return toChanges(last.id, added, gone, await toolChanges(store, last.id, classifierVersion));
}

async function serverIds(store: Store, condition: SQL): Promise<string[]> {
  const rows = await query(store.db, z.object({ id: z.string() }), sql`select id from servers where ${condition} order by id`);
  return rows.map(({ id }) => id);
}

/** Tools of servers whose listing is another than after the given run. A tool's earlier classification is looked up under its server's name. */
function toolChanges(store: Store, sinceRunId: number, classifierVersion: string): Promise<ToolChangeRow[]> {
  return query(
    store.db,
    ToolChangeRow,
    sql`
      with pair as (
        select servers.id as server, servers.document ->> 'name' as server_name, present.id as present_id, past.id as past_id
        from servers
          join lateral (select id from enumerations where server_id = servers.id and listed order by id desc limit 1) present on true
          join lateral (
            select id from enumerations where server_id = servers.id and listed and run_id <= ${sinceRunId} order by id desc limit 1
          ) past on true
        where servers.gone_at is null and present.id <> past.id
      ), present as (
        select server, server_name, name, tool_hash from pair join enumeration_tools on enumeration_id = present_id
      ), past as (
        select server, server_name, name, tool_hash from pair join enumeration_tools on enumeration_id = past_id
      ), changed as (
        select server, name, coalesce(present.server_name, past.server_name) as server_name, past.tool_hash as past_hash, present.tool_hash as present_hash
        from present full join past using (server, name)
        where present.tool_hash is distinct from past.tool_hash
      )
      select server, name as tool,
        case when past_hash is null then 'added' when present_hash is null then 'removed' else 'redefined' end as change,
        before.category as "fromCategory", after.category as "toCategory", before.access as "fromAccess", after.access as "toAccess"
      from changed
        left join lateral (${judged(sql`past_hash`, classifierVersion)}) before on true
        left join lateral (${judged(sql`present_hash`, classifierVersion)}) after on true
      order by server, name`,
  );
}

function judged(hash: SQL, classifierVersion: string): SQL {
  return sql`
    select category, access from classifications join contexts on contexts.hash = context_hash
    where tool_hash = ${hash} and classifier_version = ${classifierVersion} and context ->> 'name' = server_name
    order by context_hash limit 1`;
}

function toChanges(since: number | null, serversAdded: string[], serversGone: string[], rows: readonly ToolChangeRow[]): RunChanges {
  const of = (change: ToolChangeRow['change']) => rows.filter((row) => row.change === change).map(({ server, tool }) => ({ server, tool }));
  return {
    since,
    serversAdded,
    serversGone,
    toolsAdded: of('added'),
    toolsRemoved: of('removed'),
    toolsRedefined: of('redefined'),
    categoryChanged: rows.flatMap(({ server, tool, fromCategory: from, toCategory: to }) =>
      from && to && from !== to ? [{ server, tool, from, to }] : [],
    ),
    accessRaised: rows.flatMap(({ server, tool, fromAccess: from, toAccess: to }) =>
      from && to && Access.options.indexOf(to) > Access.options.indexOf(from) ? [{ server, tool, from, to }] : [],
    ),
  };
}
