import type { ToolCounts } from '../model/feed.ts';
import { noTools } from '../publish/tool-counts.ts';
import { catalogueCounts } from '../store/catalogue-counts.ts';
import { lastRuns } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

const RUNS_SHOWN = 10;

/** The catalogue in numbers: servers by the status of their last look, tools by access and category. */
export interface CatalogueState {
  readonly servers: { readonly total: number; readonly listed: number; readonly byStatus: Readonly<Record<string, number>> };
  readonly tools: ToolCounts;
}

export async function catalogueState(store: Store, classifierVersion: string): Promise<CatalogueState> {
  const { statuses, listed, tools } = await catalogueCounts(store.db, classifierVersion);
  const sum = noTools();
  for (const { access, category, count } of tools) {
    sum.total += count;
    sum.byAccess[access] += count;
    sum.byCategory[category] += count;
  }
  return {
    servers: {
      total: statuses.reduce((total, { count }) => total + count, 0),
      listed,
      byStatus: Object.fromEntries(statuses.map(({ status, count }) => [status, count])),
    },
    tools: sum,
  };
}

/** What `assay status` shows. */
export async function catalogueStatus(store: Store, classifierVersion: string) {
  const runs = await lastRuns(store, RUNS_SHOWN);
  return {
    runs: runs.map(({ id, status, startedAt, finishedAt }) => ({
      run: id,
      status,
      startedAt: startedAt.toISOString(),
      durationMs: finishedAt ? finishedAt.getTime() - startedAt.getTime() : undefined,
    })),
    ...(await catalogueState(store, classifierVersion)),
  };
}
