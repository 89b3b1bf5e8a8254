import { z } from 'zod';
import { Access, Category } from '../model/classification.ts';
import { EnumerationStatus } from '../model/enumeration.ts';
import type { RunChanges } from '../model/run-report.ts';
import { type SQL, sql } from './drizzle.ts';
import { Count, inTransaction, query } from './query.ts';
import { recordRunServers } from './run-servers.ts';
import type { Database, Store } from './store.ts';

/**
 * What is different between what the last finished run before the given one left, and now. What there is now is kept as what this run left, so it is
 * called when everything else of the run is done.
 */
export async function recordChanges(store: Store, runId: number, classifierVersion: string): Promise<RunChanges> {
  return inTransaction(store, async (db) => {
    const since = await lastFinishedRun(db, runId);
    await recordRunServers(db, { runId, comparedWith: since, classifierVersion });
    if (since === null) return { since, ...toServerChanges([]), ...toToolChanges([]) };
    const compared = { runId, since };
    return { since, ...toServerChanges(await serverChanges(db, compared)), ...toToolChanges(await toolChanges(db, compared)) };
  });
}

/** Null also where a run finished before it was kept what runs leave. */
async function lastFinishedRun(db: Database, runId: number): Promise<number | null> {
  const [last] = await query(
    db,
    z.object({ id: Count.nullable() }),
    sql`select max(run_id) as id from run_servers join runs on runs.id = run_id where run_id < ${runId} and status = 'done'`,
  );
  return last?.id ?? null;
}

interface Compared {
  readonly runId: number;
  readonly since: number;
}

const ServerChangeRow = z.object({
  server: z.string(),
  change: z.enum(['added', 'gone', 'status']),
  from: EnumerationStatus.nullable(),
  to: EnumerationStatus.nullable(),
});
type ServerChangeRow = z.infer<typeof ServerChangeRow>;

function serverChanges(db: Database, { runId, since }: Compared): Promise<ServerChangeRow[]> {
  return query(
    db,
    ServerChangeRow,
    sql`
      select server_id as server, past.status as "from", present.status as "to",
        case when past.run_id is null then 'added' when present.run_id is null then 'gone' else 'status' end as change
      from (${lastLooks(runId)}) present full join (${lastLooks(since)}) past using (server_id)
      where past.run_id is null or present.run_id is null or past.listed <> present.listed
      order by server_id`,
  );
}

function lastLooks(runId: number): SQL {
  return sql`
    select run_servers.run_id, run_servers.server_id, enumerations.status, enumerations.listed
    from run_servers left join enumerations on enumerations.id = latest_id where run_servers.run_id = ${runId}`;
}

function toServerChanges(rows: readonly ServerChangeRow[]): Pick<RunChanges, 'serversAdded' | 'serversGone' | 'statusChanged'> {
  const of = (wanted: ServerChangeRow['change']) => rows.filter(({ change }) => change === wanted);
  return {
    serversAdded: of('added').map(({ server }) => server),
    serversGone: of('gone').map(({ server }) => server),
    statusChanged: of('status').flatMap(({ server, from, to }) => (from && to ? [{ server, from, to }] : [])),
  };
}

const ToolChangeRow = z.object({
  server: z.string(),
  tool: z.string(),
  change: z.enum(['added', 'removed', 'redefined', 'judged']),
  fromCategory: Category.nullable(),
  toCategory: Category.nullable(),
  fromAccess: Access.nullable(),
  toAccess: Access.nullable(),
});
type ToolChangeRow = z.infer<typeof ToolChangeRow>;

/** Tools of the servers that were there both times and known the same way, under the verdicts of their time. */
function toolChanges(db: Database, { runId, since }: Compared): Promise<ToolChangeRow[]> {
  return query(
    db,
    ToolChangeRow,
    sql`
      with changed as (
        select present.server_id
        from run_servers present
          join run_servers past using (server_id)
          left join enumerations present_listing on present_listing.id = present.listing_id
          left join enumerations past_listing on past_listing.id = past.listing_id
        where (present_listing.provenance <> past_listing.provenance) is not true
          and present.run_id = ${runId} and past.run_id = ${since}
          and (present.listing_id, present.context_hash, present.classifier_version)
            is distinct from (past.listing_id, past.context_hash, past.classifier_version)
      ), present as (${judgedTools(runId)}), past as (${judgedTools(since)})
      select server_id as server, name as tool,
        case when past.tool_hash is null then 'added' when present.tool_hash is null then 'removed'
          when past.tool_hash <> present.tool_hash then 'redefined' else 'judged' end as change,
        past.category as "fromCategory", present.category as "toCategory", past.access as "fromAccess", present.access as "toAccess"
      from present full join past using (server_id, name)
      where (past.tool_hash, past.category, past.access) is distinct from (present.tool_hash, present.category, present.access)
      order by server_id, name collate "C"`,
  );
}

/** Of several tools of one name, the first. */
function judgedTools(runId: number): SQL {
  return sql`
    select distinct on (server_id, name) server_id, name, tool_hash, category, access
    from changed
      join run_servers using (server_id)
      join enumeration_tools on enumeration_id = listing_id
      left join classifications using (tool_hash, context_hash, classifier_version)
    where run_id = ${runId}
    order by server_id, name, position`;
}

type ToolChanges = Pick<RunChanges, 'toolsAdded' | 'toolsRemoved' | 'toolsRedefined' | 'categoryChanged' | 'accessRaised'>;

function toToolChanges(rows: readonly ToolChangeRow[]): ToolChanges {
  const of = (change: ToolChangeRow['change']) => rows.filter((row) => row.change === change).map(({ server, tool }) => ({ server, tool }));
  return {
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
