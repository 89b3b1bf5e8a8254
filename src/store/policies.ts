import { z } from 'zod';
import { PolicyDocument } from '../model/policy.ts';
import { sql } from './drizzle.ts';
import { jsonBatches, uniqueRows } from './json-batches.ts';
import { execute, instant, inTransaction, query } from './query.ts';
import type { Store } from './store.ts';

export interface NewPolicy {
  readonly serverId: string;
  readonly profile: string;
  /** Of the document as `storableJson` leaves it. */
  readonly hash: string;
  readonly document: PolicyDocument;
}

/** Hash of the policy that is kept, to see whether a new one has to be. */
export async function policyHash(store: Store, serverId: string, profile: string): Promise<string | undefined> {
  const rows = await query(
    store.db,
    z.object({ hash: z.string() }),
    sql`select hash from policies where server_id = ${serverId} and profile = ${profile}`,
  );
  return rows[0]?.hash;
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
