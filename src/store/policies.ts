import { z } from 'zod';
import { Category } from '../model/classification.ts';
import { PolicyDocument } from '../model/policy.ts';
import { Server } from '../model/server.ts';
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
  /** What is known of its tools, each name and category once. */
  readonly tools: readonly Categorised[];
  /** Of the policy that is kept. */
  readonly hash?: string;
}

const Categorised = z.object({ name: z.string(), category: Category });
type Categorised = z.infer<typeof Categorised>;

/** Servers read at once. */
const PAGE_SIZE = 500;

/** What the policies are made of, for every server whose tools are known, by id. As sets, because a statement for each server takes most of a quiet night. */
export async function* policyBases(
  store: Store,
  view: { readonly classifierVersion: string; readonly profile: string },
): AsyncGenerator<PolicyBasis> {
  let page = await policyBasisPage(store, view, '');
  while (page.length > 0) {
    yield* page;
    page = await policyBasisPage(store, view, page.at(-1)?.server.id ?? '');
  }
}

const PolicyBasis = z.object({ server: Server, tools: z.array(Categorised), hash: optional(z.string()) });

function policyBasisPage(
  store: Store,
  { classifierVersion, profile }: { readonly classifierVersion: string; readonly profile: string },
  afterId: string,
): Promise<PolicyBasis[]> {
  return query(
    store.db,
    PolicyBasis,
    sql`
      with page as (
        select id, document from servers
        where gone_at is null and id > ${afterId} and exists (${currentListingOf(sql`servers.id`)})
        order by id limit ${PAGE_SIZE}
      ), known as (
        select distinct page.id, listed.name, verdict.category
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
      ), tools as (
        select id, json_agg(json_build_object('name', name, 'category', category)) as tools from known group by id
      )
      select page.document as server, coalesce(tools.tools, '[]'::json) as tools, policies.hash
      from page
        left join tools on tools.id = page.id
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
