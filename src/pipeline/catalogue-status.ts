import type { Corrections } from '../model/correction.ts';
import type { ToolCounts } from '../model/feed.ts';
import { noTools } from '../publish/tool-counts.ts';
import { catalogueCounts } from '../store/catalogue-counts.ts';
import { isRunGoingOn, lastRuns, type Run } from '../store/runs.ts';
import { allSourceStates } from '../store/sources.ts';
import type { Store } from '../store/store.ts';

const RUNS_SHOWN = 10;

/** The catalogue in numbers: servers by the status of their last look, tools by access and category. */
export interface CatalogueState {
  readonly servers: {
    readonly total: number;
    readonly listed: number;
    readonly read: number;
    readonly byStatus: Readonly<Record<string, number>>;
  };
  readonly tools: ToolCounts;
}

export async function catalogueState(store: Store, classifierVersion: string, corrections?: Corrections): Promise<CatalogueState> {
  const { statuses, listed, read, tools } = await catalogueCounts(store.db, classifierVersion, corrections);
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
      read,
      byStatus: Object.fromEntries(statuses.map(({ status, count }) => [status, count])),
    },
    tools: sum,
  };
}

/** What `assay status` shows. */
export async function catalogueStatus(store: Store, classifierVersion: string, corrections?: Corrections) {
  const runs = await runsToShow(store);
  return {
    runs: runs.map(({ id, status, startedAt, finishedAt }) => ({
      run: id,
      status,
      startedAt: startedAt.toISOString(),
      durationMs: finishedAt ? finishedAt.getTime() - startedAt.getTime() : undefined,
    })),
    sources: (await allSourceStates(store)).map(({ lastPassAt, lastWholeAt, ...source }) => ({
      ...source,
      lastPassAt: lastPassAt.toISOString(),
      lastWholeAt: lastWholeAt?.toISOString(),
    })),
    ...(await catalogueState(store, classifierVersion, corrections)),
  };
}

/** The last runs; one that was killed could not say so, and is interrupted all the same. */
async function runsToShow(store: Store): Promise<Run[]> {
  const runs = await lastRuns(store, RUNS_SHOWN);
  const running = new Set(runs.filter(({ status }) => status === 'running').map(({ id }) => id));
  if (running.size === 0 || (await isRunGoingOn(store))) return runs;
  // Read again: it may have finished between the two questions.
  return (await lastRuns(store, RUNS_SHOWN)).map((run) =>
    run.status === 'running' && running.has(run.id) ? { ...run, status: 'interrupted' } : run,
  );
}
