import { z } from 'zod';
import { Access, Category, CONSEQUENCE_OF } from '../model/classification.ts';
import { type Corrections, correctionsOfServer, NO_CORRECTIONS } from '../model/correction.ts';
import { Provenance } from '../model/tool.ts';
import { currentListingOf } from './current-listing.ts';
import { sql } from './drizzle.ts';
import { joinVerdict } from './join-verdict.ts';
import { Count, query } from './query.ts';
import { namesByServer } from './servers.ts';
import type { Database } from './store.ts';

const StatusRow = z.object({ status: z.string(), provenance: Provenance.nullable(), count: Count });
const ToolRow = z.object({ access: Access, category: Category, count: Count });
const Unclassified = z.object({ access: z.null(), category: z.null(), count: Count });

export interface CatalogueCounts {
  /** Servers that are not gone, by the status of their latest enumeration; `not-looked` for those without one. */
  readonly statuses: readonly { readonly status: string; readonly count: number }[];
  /** Servers that listed their tools themselves. */
  readonly listed: number;
  /** Servers that never did, and whose tools are known from their source. */
  readonly read: number;
  /** Tools of the current listings by what is known of them, be it what an older classifier said. */
  readonly tools: readonly z.infer<typeof ToolRow>[];
  /** Tools of the current listings that no classifier has seen. */
  readonly unclassified: number;
}

/** The catalogue in numbers, with the corrections applied. */
export async function catalogueCounts(
  db: Database,
  classifierVersion: string,
  corrections: Corrections = NO_CORRECTIONS,
): Promise<CatalogueCounts> {
  const statuses = await query(
    db,
    StatusRow,
    sql`
      select coalesce(latest.status, 'not-looked') as status, known.provenance, count(*) as count
      from servers
        left join lateral (select status from enumerations where server_id = servers.id order by id desc limit 1) latest on true
        left join enumerations known on known.id = (${currentListingOf(sql`servers.id`)})
      where servers.gone_at is null
      group by 1, 2 order by 1, 2`,
  );
  return {
    statuses: sumByStatus(statuses),
    listed: countOf(statuses, (provenance) => provenance === 'live'),
    read: countOf(statuses, (provenance) => provenance !== null && provenance !== 'live'),
    ...(await toolCounts(db, classifierVersion, corrections)),
  };
}

function countOf(rows: readonly z.infer<typeof StatusRow>[], isMeant: (provenance: Provenance | null) => boolean): number {
  return rows.filter(({ provenance }) => isMeant(provenance)).reduce((sum, { count }) => sum + count, 0);
}

function sumByStatus(rows: readonly z.infer<typeof StatusRow>[]): CatalogueCounts['statuses'] {
  const sums = new Map<string, number>();
  for (const { status, count } of rows) sums.set(status, (sums.get(status) ?? 0) + count);
  return [...sums].map(([status, count]) => ({ status, count }));
}

async function toolCounts(
  db: Database,
  classifierVersion: string,
  corrections: Corrections,
): Promise<Pick<CatalogueCounts, 'tools' | 'unclassified'>> {
  const corrected = await correctedTools(db, corrections);
  const rows = await query(
    db,
    z.union([ToolRow, Unclassified]),
    sql`
      select
        case when verdict.access is not null then coalesce(corrected.access, verdict.access) end as access,
        case when verdict.category is not null then coalesce(corrected.category, verdict.category) end as category,
        count(*) as count
      from servers
        join lateral (${currentListingOf(sql`servers.id`)}) listing on true
        join enumeration_tools listed on listed.enumeration_id = listing.id
        left join server_contexts on server_contexts.server_id = servers.id
        ${joinVerdict({
          toolHash: sql`listed.tool_hash`,
          contextHash: sql`server_contexts.context_hash`,
          serverName: sql`servers.document ->> 'name'`,
          classifierVersion,
        })}
        left join json_to_recordset(${JSON.stringify(corrected)}::json) as corrected (server text, tool text, category text, access text)
          on corrected.server = servers.id and corrected.tool = listed.name
      where servers.gone_at is null
      group by 1, 2 order by 1, 2`,
  );
  return {
    tools: rows.filter((row) => row.access !== null),
    unclassified: rows.find(({ access }) => access === null)?.count ?? 0,
  };
}

/** A row for each tool that has a correction. */
async function correctedTools(db: Database, corrections: Corrections): Promise<object[]> {
  if (corrections.size === 0) return [];
  const servers = await namesByServer(db, [...corrections.keys()]);
  return [...servers].flatMap(([server, names]) =>
    [...correctionsOfServer(corrections, names)].map(([tool, { category }]) => ({
      server,
      tool,
      category,
      access: CONSEQUENCE_OF[category].access,
    })),
  );
}
