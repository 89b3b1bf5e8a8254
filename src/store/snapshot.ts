import { z } from 'zod';
import { Classification, Finding } from '../model/classification.ts';
import { EnumerationSummary } from '../model/enumeration.ts';
import { Server } from '../model/server.ts';
import type { ServerRecord, StoredTool } from '../model/server-record.ts';
import { Provenance, ToolDefinition } from '../model/tool.ts';
import { ToolChange } from '../model/tool-change.ts';
import { type CatalogueCounts, catalogueCounts } from './catalogue-counts.ts';
import { currentListingOf } from './current-listing.ts';
import { type SQL, sql } from './drizzle.ts';
import { joinVerdict } from './join-verdict.ts';
import { StoredPolicy } from './policies.ts';
import { Count, Instant, inSnapshot, optional, query } from './query.ts';
import type { Database, Store } from './store.ts';

/** Which of several classifications and policies of a server are wanted. */
interface CatalogueView {
  readonly classifierVersion: string;
  readonly profile: string;
}

export interface SnapshotReader {
  /** The servers there are, one at a time, by id. A tool that was not classified by this version under the current context has its newest other, marked. */
  servers(view: CatalogueView): AsyncGenerator<ServerRecord>;
  /** The same moment in numbers. */
  counts(classifierVersion: string): Promise<CatalogueCounts>;
}

/** Servers read at once. With the largest known servers at 1,000 tools a page stays in the tens of megabytes. */
const PAGE_SIZE = 100;

/**
 * Reads the catalogue as it is at one moment, however long reading takes and whatever is written meanwhile.
 *
 * @param read - Must not use the store: the embedded database has one connection, and it is taken.
 */
export async function readSnapshot<Result>(store: Store, read: (reader: SnapshotReader) => Promise<Result>): Promise<Result> {
  return inSnapshot(store, (db) => read({ servers: (view) => serverRecords(db, view), counts: (version) => catalogueCounts(db, version) }));
}

/** One server as a snapshot gives it, be it one that is gone. */
export async function readServerRecord(store: Store, serverId: string, view: CatalogueView): Promise<ServerRecord | undefined> {
  return inSnapshot(store, async (db) => {
    const [record] = await withTools(db, view, await serverRows(db, view, sql`servers.id = ${serverId}`));
    return record;
  });
}

async function* serverRecords(db: Database, view: CatalogueView): AsyncGenerator<ServerRecord> {
  let page = await serverPage(db, view, '');
  while (page.length > 0) {
    yield* await withTools(db, view, page);
    page = await serverPage(db, view, page.at(-1)?.server.id ?? '');
  }
}

function serverPage(db: Database, view: CatalogueView, afterId: string): Promise<ServerRow[]> {
  return serverRows(db, view, sql`servers.gone_at is null and servers.id > ${afterId} order by servers.id limit ${PAGE_SIZE}`);
}

async function withTools(db: Database, view: CatalogueView, page: readonly ServerRow[]): Promise<ServerRecord[]> {
  const tools = await toolsOf(db, view, page);
  return page.map((row) => ({ ...row, listing: row.listing && { ...row.listing, tools: tools.get(row.listing.enumerationId) ?? [] } }));
}

const StoredOutcome = z.object({ enumerationId: Count, startedAt: Instant, document: EnumerationSummary });

const ServerRow = z.object({
  server: Server,
  latest: optional(StoredOutcome),
  listing: optional(StoredOutcome.extend({ provenance: Provenance })),
  findings: optional(z.array(Finding)),
  changes: optional(z.array(ToolChange)),
  policy: optional(StoredPolicy),
});
type ServerRow = z.infer<typeof ServerRow>;

function serverRows(db: Database, { profile }: CatalogueView, condition: SQL): Promise<ServerRow[]> {
  return query(
    db,
    ServerRow,
    sql`
      select servers.document as server, latest.outcome as latest, listing.outcome as listing, policies.document as policy,
        found.findings, found.changes
      from servers
        left join lateral (
          select jsonb_build_object('enumerationId', id, 'startedAt', started_at, 'document', document) as outcome
          from enumerations where server_id = servers.id order by id desc limit 1
        ) latest on true
        left join lateral (
          select jsonb_build_object('enumerationId', id, 'startedAt', started_at, 'document', document, 'provenance', provenance) as outcome
          from enumerations where id = (${currentListingOf(sql`servers.id`)})
        ) listing on true
        left join server_findings found on found.server_id = servers.id
        left join policies on policies.server_id = servers.id and policies.profile = ${profile}
      where ${condition}`,
  );
}

const ToolRow = z.object({
  enumerationId: Count,
  hash: z.string(),
  name: z.string(),
  definition: ToolDefinition,
  classification: optional(Classification),
  stale: z.boolean().nullable().transform(mark),
  widest: z.boolean().transform(mark),
});

function mark(holds: boolean | null): true | undefined {
  return holds || undefined;
}

async function toolsOf(db: Database, { classifierVersion }: CatalogueView, page: readonly ServerRow[]): Promise<Map<number, StoredTool[]>> {
  const ids = page.flatMap(({ listing }) => (listing ? [listing.enumerationId] : []));
  const rows = await query(
    db,
    ToolRow,
    sql`
      select listed.enumeration_id as "enumerationId", tools.hash, tools.name, tools.definition, verdict.document as classification,
        verdict.stale, listed.widest
      from json_array_elements_text(${JSON.stringify(ids)}::json) as wanted
        join enumeration_tools listed on listed.enumeration_id = wanted::bigint
        join tools on tools.hash = listed.tool_hash
        join enumerations on enumerations.id = listed.enumeration_id
        join servers on servers.id = enumerations.server_id
        left join server_contexts on server_contexts.server_id = servers.id
        ${joinVerdict({
          toolHash: sql`tools.hash`,
          contextHash: sql`server_contexts.context_hash`,
          serverName: sql`servers.document ->> 'name'`,
          classifierVersion,
        })}
      order by listed.enumeration_id, listed.position`,
  );
  const byEnumeration = new Map<number, StoredTool[]>();
  for (const { enumerationId, ...tool } of rows) {
    const tools = byEnumeration.get(enumerationId);
    if (tools) tools.push(tool);
    else byEnumeration.set(enumerationId, [tool]);
  }
  return byEnumeration;
}
