import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { RunReport } from '../model/run-report.ts';
import { recordChanges } from '../store/changes.ts';
import { enumerationsOfRun } from '../store/enumerations.ts';
import { catalogueState } from './catalogue-status.ts';
import type { RunContext } from './run-context.ts';

const SLOWEST = 5;

type Progress = Pick<RunReport, 'stages' | 'sources' | 'faults' | 'feed'> & { readonly couldNotLook?: boolean };

/** What a run did, and the state of the catalogue after it. */
export async function runReport(
  { store, corrections, runId, now }: RunContext,
  { startedAt, stages, sources, faults, feed, couldNotLook }: Progress & { readonly startedAt: Date },
): Promise<RunReport> {
  const { servers, tools } = await catalogueState(store, CLASSIFIER_VERSION, corrections);
  const changes = await recordChanges(store, runId, CLASSIFIER_VERSION);
  const slowest = await slowestServers(store, runId);
  return RunReport.parse({
    run: runId,
    status: couldNotLook || faults.some(({ stage }) => stage === 'publish') ? 'failed' : 'done',
    startedAt: startedAt.toISOString(),
    durationMs: now().getTime() - startedAt.getTime(),
    stages,
    sources,
    faults,
    servers: { total: servers.total, byStatus: servers.byStatus },
    tools,
    slowest,
    changes,
    feed,
  } satisfies RunReport);
}

async function slowestServers(store: RunContext['store'], runId: number): Promise<RunReport['slowest']> {
  const enumerations = await enumerationsOfRun(store, runId);
  return enumerations
    .map(({ serverId, document }) => ({
      server: serverId,
      installMs: Math.round(document.installMs),
      durationMs: Math.round(document.durationMs),
    }))
    .sort((a, b) => b.installMs + b.durationMs - (a.installMs + a.durationMs))
    .slice(0, SLOWEST);
}
