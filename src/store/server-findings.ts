import { z } from 'zod';
import { Finding } from '../model/classification.ts';
import { Server } from '../model/server.ts';
import { ToolChange } from '../model/tool-change.ts';
import { currentListingOf } from './current-listing.ts';
import { sql } from './drizzle.ts';
import { execute, Instant, optional, query } from './query.ts';
import { storableJson } from './storable-json.ts';
import type { Store } from './store.ts';

export interface NewServerFindings {
  readonly serverId: string;
  readonly enumerationId: number;
  readonly contextHash: string;
  readonly classifierVersion: string;
  /** Hash of the server as it was identified. */
  readonly serverHash: string;
  readonly findings: readonly Finding[];
  readonly changes: readonly ToolChange[];
}

/** Replaces what was found of a server; the same again leaves it untouched. The context is recorded before. */
export async function recordServerFindings(store: Store, found: NewServerFindings): Promise<void> {
  const { serverId, enumerationId, contextHash, classifierVersion, serverHash } = found;
  const [findings, changes] = [found.findings, found.changes].map((value) => JSON.stringify(storableJson(value)));
  await execute(
    store.db,
    sql`
      insert into server_findings (server_id, enumeration_id, context_hash, classifier_version, server_hash, findings, changes)
      values (${serverId}, ${enumerationId}, ${contextHash}, ${classifierVersion}, ${serverHash}, ${findings}::jsonb, ${changes}::jsonb)
      on conflict (server_id) do update set
        enumeration_id = excluded.enumeration_id, context_hash = excluded.context_hash, classifier_version = excluded.classifier_version,
        server_hash = excluded.server_hash, findings = excluded.findings, changes = excluded.changes
      where (server_findings.enumeration_id, server_findings.context_hash, server_findings.classifier_version, server_findings.server_hash,
          server_findings.findings, server_findings.changes)
        is distinct from (excluded.enumeration_id, excluded.context_hash, excluded.classifier_version, excluded.server_hash,
          excluded.findings, excluded.changes)`,
  );
}

const StoredFindings = z.object({ findings: z.array(Finding), changes: z.array(ToolChange) });
export type StoredFindings = z.infer<typeof StoredFindings>;

export async function serverFindingsOf(store: Store, serverId: string): Promise<StoredFindings | undefined> {
  const rows = await query(store.db, StoredFindings, sql`select findings, changes from server_findings where server_id = ${serverId}`);
  return rows[0];
}

export interface ServerToClassify {
  readonly server: Server;
  /** Of the server as it was identified. */
  readonly hash: string;
}

/**
 * The servers whose tools are known and of which not everything is said yet: by this version, of the current listing, of the server as it is identified
 * now. By id; the others are counted.
 */
export async function serversToClassify(store: Store, classifierVersion: string): Promise<{ due: ServerToClassify[]; notDue: number }> {
  const rows = await query(
    store.db,
    z.object({ server: optional(Server), hash: z.string() }),
    sql`
      select servers.content_hash as hash,
        case when (found.enumeration_id, found.server_hash, found.classifier_version)
          is distinct from (listing.id, servers.content_hash, ${classifierVersion}) then servers.document end as server
      from servers
        join lateral (${currentListingOf(sql`servers.id`)}) listing on true
        left join server_findings found on found.server_id = servers.id
      where servers.gone_at is null
      order by servers.id`,
  );
  const due = rows.flatMap(({ server, hash }) => (server ? [{ server, hash }] : []));
  return { due, notDue: rows.length - due.length };
}

const Redefinition = z.object({ tool: z.string(), before: z.string(), after: z.string(), since: Instant });
/** A tool that had another definition the last time that it was listed with another one. */
type Redefinition = z.infer<typeof Redefinition>;

/**
 * How the tools of a listing came to be what they are: for each that ever changed the last change, with both hashes. Of several tools of one name the
 * first counts. Made of all listings kept that are known the same way, so that a run between two listings, or none, makes no difference.
 */
export function redefinitionsUpTo(store: Store, serverId: string, enumerationId: number): Promise<Redefinition[]> {
  return query(
    store.db,
    Redefinition,
    sql`
      with seen as (
        select distinct on (enumerations.id, tools.name) enumerations.id, enumerations.started_at, tools.name, tools.tool_hash
        from enumerations join enumeration_tools tools on tools.enumeration_id = enumerations.id
        where enumerations.server_id = ${serverId} and enumerations.id <= ${enumerationId}
          and enumerations.provenance = (select provenance from enumerations where id = ${enumerationId})
        order by enumerations.id, tools.name, tools.position
      ), compared as (
        select id, started_at, name, tool_hash, lag(tool_hash) over (partition by name order by id) as before from seen
      ), last as (
        select distinct on (name) name, before, tool_hash as after, started_at from compared
        where before <> tool_hash order by name, id desc
      )
      select last.name as tool, last.before, last.after, last.started_at as since
      from last join seen on seen.id = ${enumerationId} and seen.name = last.name
      order by last.name collate "C"`,
  );
}
