import { currentListingOf } from './current-listing.ts';
import { sql } from './drizzle.ts';
import { joinVerdict } from './join-verdict.ts';
import { execute } from './query.ts';
import type { Database } from './store.ts';

/** Keeps how the servers are now, as what the run left; done again, it is replaced. What earlier runs left goes, except what `comparedWith` did. */
export async function recordRunServers(
  db: Database,
  {
    runId,
    comparedWith,
    classifierVersion,
  }: { readonly runId: number; readonly comparedWith: number | null; readonly classifierVersion: string },
): Promise<void> {
  await execute(db, sql`delete from run_servers where run_id is distinct from ${comparedWith}::bigint`);
  // Joined as sets, not a lookup per server: without statistics that reads all tools for each (10,000 servers: 80 s instead of 1 s).
  await execute(
    db,
    sql`
      insert into run_servers (run_id, server_id, latest_id, listing_id, context_hash, classifier_version)
      select distinct on (servers.id) ${runId}::bigint, servers.id, latest.id, listing.id, verdict.context_hash, verdict.classifier_version
      from servers
        left join lateral (select id from enumerations where server_id = servers.id order by id desc limit 1) latest on true
        left join lateral (${currentListingOf(sql`servers.id`)}) listing on true
        left join enumeration_tools listed on listed.enumeration_id = listing.id
        left join server_contexts on server_contexts.server_id = servers.id
        ${joinVerdict({
          toolHash: sql`listed.tool_hash`,
          contextHash: sql`server_contexts.context_hash`,
          serverName: sql`servers.document ->> 'name'`,
          classifierVersion,
        })}
      where servers.gone_at is null
      order by servers.id, verdict.stale nulls last, listed.position`,
  );
  // Without it nothing knows that there are rows of this run, and what compares two runs looks them up one by one (20,000 servers: 117 s instead of 6 s).
  await execute(db, sql`analyze run_servers`);
}
