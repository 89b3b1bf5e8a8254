import { z } from 'zod';
import { ActionClassification, Category, Finding, SignalReport } from '../model/classification.ts';
import { PolicyDocument } from '../model/policy.ts';
import { Server } from '../model/server.ts';
import { ToolDefinition } from '../model/tool.ts';
import { currentListingOf } from './current-listing.ts';
import { sql } from './drizzle.ts';
import { joinVerdict } from './join-verdict.ts';
import { jsonBatches, uniqueRows } from './json-batches.ts';
import { execute, instant, inTransaction, optional, query } from './query.ts';
import type { Store } from './store.ts';

export interface NewPolicy {
  readonly serverId: string;
  readonly profile: string;
  /** Of the document as `storableJson` leaves it. */
  readonly hash: string;
  readonly document: PolicyDocument;
}

export interface PolicyBasis {
  readonly server: Server;
  /** What is known of its tools. */
  readonly tools: readonly PolicyTool[];
  /** Of the server as a whole, of the kinds asked for. */
  readonly findings: readonly Finding[];
  /** Of the policy that is kept. */
  readonly hash?: string;
}

/** No more of a tool than its rule is made of: everything else of a whole catalogue would be read every night for nothing. */
const PolicyTool = z.object({
  name: z.string(),
  category: Category,
  /** Of those asked for. */
  signals: z.array(SignalReport),
  actions: z.array(ActionClassification),
  /** Only where a signal asked for, or an action, leads into it. */
  definition: optional(ToolDefinition),
});
type PolicyTool = z.infer<typeof PolicyTool>;

interface PolicyView {
  readonly classifierVersion: string;
  readonly profile: string;
  /** Ids of signals that decide something. */
  readonly signals: readonly string[];
  /** Kinds of findings that do. */
  readonly findings: readonly Finding['kind'][];
}

/** Servers read at once. */
const PAGE_SIZE = 500;

/** What the policies are made of, for every server whose tools are known, by id. As sets, because a statement for each server takes most of a quiet night. */
export async function* policyBases(store: Store, view: PolicyView): AsyncGenerator<PolicyBasis> {
  let page = await policyBasisPage(store, view, '');
  while (page.length > 0) {
    yield* page;
    page = await policyBasisPage(store, view, page.at(-1)?.server.id ?? '');
  }
}

const PolicyBasis = z.object({ server: Server, tools: z.array(PolicyTool), findings: z.array(Finding), hash: optional(z.string()) });

function policyBasisPage(store: Store, view: PolicyView, afterId: string): Promise<PolicyBasis[]> {
  const { classifierVersion, profile } = view;
  const [signals, kinds] = [view.signals, view.findings].map((ids) => JSON.stringify({ ids }));
  return query(
    store.db,
    PolicyBasis,
    sql`
      with page as (
        select id, document from servers
        where gone_at is null and id > ${afterId} and exists (${currentListingOf(sql`servers.id`)})
        order by id limit ${PAGE_SIZE}
      ), known as (
        select page.id, listed.name, listed.tool_hash as hash, verdict.category, verdict.document -> 'actions' as actions,
          jsonb_path_query_array(verdict.document, '$.signals[*] ? (@.id == $ids[*])', ${signals}::jsonb) as signals
        from page
          join server_contexts on server_contexts.server_id = page.id
          join enumeration_tools listed using (enumeration_id)
          ${joinVerdict({
            toolHash: sql`listed.tool_hash`,
            contextHash: sql`server_contexts.context_hash`,
            serverName: sql`page.document ->> 'name'`,
            classifierVersion,
          })}
        where verdict.category is not null
      ), grouped as materialized ( -- Else it is grouped again for every server of the page.
        select id, json_agg(json_build_object(
          'name', name, 'category', category, 'signals', signals, 'actions', coalesce(actions, '[]'::jsonb),
          -- By key and not joined: see joinVerdict.
          'definition', case when signals <> '[]'::jsonb or actions <> '[]'::jsonb then (select definition from tools where hash = known.hash) end
        )) as tools
        from known group by id
      )
      select page.document as server, coalesce(grouped.tools, '[]'::json) as tools, policies.hash,
        jsonb_path_query_array(coalesce(found.findings, '[]'::jsonb), '$[*] ? (@.kind == $ids[*])', ${kinds}::jsonb) as findings
      from page
        left join grouped on grouped.id = page.id
        left join server_findings found on found.server_id = page.id
        left join policies on policies.server_id = page.id and policies.profile = ${profile}
      order by page.id`,
  );
}

/** Replaces policies; one with an equal hash is left untouched. */
export async function recordPolicies(
  store: Store,
  { policies, now }: { readonly policies: readonly NewPolicy[]; readonly now: Date },
): Promise<void> {
  const unique = uniqueRows(policies, ({ serverId, profile }) => JSON.stringify([serverId, profile]));
  await inTransaction(store, async (db) => {
    for (const batch of jsonBatches(unique)) {
      await execute(
        db,
        sql`
          insert into policies (server_id, profile, hash, document, updated_at)
          select "serverId", profile, hash, document, ${instant(now)}
          from json_to_recordset(${batch}::json) as row ("serverId" text, profile text, hash text, document json)
          on conflict (server_id, profile) do update set hash = excluded.hash, document = excluded.document, updated_at = excluded.updated_at
          where policies.hash <> excluded.hash`,
      );
    }
  });
}

/**
 * A policy as it was recorded. Checked, but not rebuilt by the check: zod's records leave out a tool that is called `__proto__`.
 */
export const StoredPolicy = z.custom<PolicyDocument>((value) => PolicyDocument.safeParse(value).success, 'expected a policy document');

export async function policyOf(store: Store, serverId: string, profile: string): Promise<PolicyDocument | undefined> {
  const rows = await query(
    store.db,
    z.object({ document: StoredPolicy }),
    sql`select document from policies where server_id = ${serverId} and profile = ${profile}`,
  );
  return rows[0]?.document;
}
