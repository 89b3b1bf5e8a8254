import { z } from 'zod';
import { Classification } from '../model/classification.ts';
import type { ServerContext } from '../model/server.ts';
import { sql } from './drizzle.ts';
import { joinVerdict } from './join-verdict.ts';
import { jsonBatches, uniqueRows } from './json-batches.ts';
import { execute, inTransaction, query } from './query.ts';
import { storableJson } from './storable-json.ts';
import type { Store } from './store.ts';

export interface EnumerationContext {
  readonly serverId: string;
  readonly enumerationId: number;
  readonly contextHash: string;
  readonly context: ServerContext;
}

/** Says under which context the tools of an enumeration are classified; from then on it is the server's current one. */
export async function recordContext(store: Store, { serverId, enumerationId, contextHash, context }: EnumerationContext): Promise<void> {
  await inTransaction(store, async (db) => {
    const text = JSON.stringify(storableJson(context));
    await execute(db, sql`insert into contexts (hash, context) values (${contextHash}, ${text}::jsonb) on conflict (hash) do nothing`);
    await execute(
      db,
      sql`
        insert into server_contexts (server_id, enumeration_id, context_hash) values (${serverId}, ${enumerationId}, ${contextHash})
        on conflict (server_id) do update set enumeration_id = excluded.enumeration_id, context_hash = excluded.context_hash
        where (server_contexts.enumeration_id, server_contexts.context_hash) is distinct from (excluded.enumeration_id, excluded.context_hash)`,
    );
  });
}

export interface ClassificationKeys {
  readonly contextHash: string;
  readonly classifierVersion: string;
  readonly toolHashes: readonly string[];
}

/** What exactly that version said under exactly that context, by tool hash. */
export async function classificationsUnder(
  store: Store,
  { contextHash, classifierVersion, toolHashes }: ClassificationKeys,
): Promise<Map<string, Classification>> {
  const rows = await query(
    store.db,
    z.object({ hash: z.string(), document: Classification }),
    sql`
      select tool_hash as hash, document from classifications
      where context_hash = ${contextHash} and classifier_version = ${classifierVersion}
        and tool_hash = any(array(select json_array_elements_text(${JSON.stringify(toolHashes)}::json)))`,
  );
  return new Map(rows.map(({ hash, document }) => [hash, document]));
}

export interface NewClassification {
  readonly toolHash: string;
  readonly contextHash: string;
  readonly classification: Classification;
}

/** Keeps what the classifier said; an equal one is left untouched. Tools and contexts are recorded before. */
export async function recordClassifications(store: Store, rows: readonly NewClassification[]): Promise<void> {
  const unique = uniqueRows(rows, ({ toolHash, contextHash, classification }) =>
    JSON.stringify([toolHash, contextHash, classification.classifierVersion]),
  );
  await inTransaction(store, async (db) => {
    for (const batch of jsonBatches(unique.map(rowOf))) {
      await execute(
        db,
        sql`
          insert into classifications (tool_hash, context_hash, classifier_version, access, category, risk, score, document)
          select tool, context, document ->> 'classifierVersion', document ->> 'access', document ->> 'category', document ->> 'risk',
            (document ->> 'score')::integer, document
          from json_to_recordset(${batch}::json) as row (tool text, context text, document jsonb)
          on conflict (tool_hash, context_hash, classifier_version) do update set
            access = excluded.access, category = excluded.category, risk = excluded.risk, score = excluded.score, document = excluded.document
          where classifications.document <> excluded.document`,
      );
    }
  });
}

function rowOf({ toolHash, contextHash, classification }: NewClassification): object {
  return { tool: toolHash, context: contextHash, document: classification };
}

/**
 * What is known of the tools under the server's current context, by tool hash: what the given classifier says, or, until it has been there, the
 * newest that another said (its `classifierVersion` tells).
 */
export async function currentClassifications(
  store: Store,
  serverId: string,
  classifierVersion: string,
): Promise<Map<string, Classification>> {
  const rows = await query(
    store.db,
    z.object({ hash: z.string(), document: Classification }),
    sql`
      select distinct listed.tool_hash as hash, verdict.document
      from server_contexts
        join servers on servers.id = server_contexts.server_id
        join enumeration_tools listed using (enumeration_id)
        ${joinVerdict({
          toolHash: sql`listed.tool_hash`,
          contextHash: sql`server_contexts.context_hash`,
          serverName: sql`servers.document ->> 'name'`,
          classifierVersion,
        })}
      where server_contexts.server_id = ${serverId} and verdict.document is not null`,
  );
  return new Map(rows.map(({ hash, document }) => [hash, document]));
}
