import { type SQL, sql } from './drizzle.ts';

/** What the enclosing statement calls the tool's hash, the hash of its server's current context and its server's name. */
interface VerdictKeys {
  readonly toolHash: SQL;
  readonly contextHash: SQL;
  readonly serverName: SQL;
  readonly classifierVersion: string;
}

/**
 * Joins as `verdict` the classification that counts for a tool: of this version under the server's current context, or, until there is one, the newest
 * other (`verdict.stale`): under the current context, else under one of the same server name. All null where the tool was never classified.
 */
export function joinVerdict({ toolHash, contextHash, serverName, classifierVersion }: VerdictKeys): SQL {
  const current = sql`
    from classifications current
    where current.tool_hash = ${toolHash} and current.context_hash = ${contextHash} and current.classifier_version = ${classifierVersion}`;
  // Versions count up from 1, so the longer one is the newer. The name is looked up by key rather than joined: without statistics, which the embedded
  // database never has, the join reads all contexts for every tool.
  return sql`
    left join lateral (
      select current.*, false as stale ${current}
      union all
      (
        select other.*, true as stale
        from classifications other
        where not exists (select ${current}) and other.tool_hash = ${toolHash}
          and (other.context_hash = ${contextHash} or (select context ->> 'name' from contexts where hash = other.context_hash) = ${serverName})
        order by other.context_hash is distinct from ${contextHash}, length(other.classifier_version) desc, other.classifier_version desc,
          other.context_hash
        limit 1
      )
    ) verdict on true`;
}
