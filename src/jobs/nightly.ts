import type { Fault, Stage } from '../model/fault.ts';
import type { RunReport } from '../model/run-report.ts';
import { classificationsDue, classifyServer } from '../pipeline/classify-server.ts';
import { identify } from '../pipeline/identify.ts';
import { policiesDue, recordPolicy, type ServerPolicy } from '../pipeline/policy-of-server.ts';
import { publishCatalogue } from '../pipeline/publish-catalogue.ts';
import type { RunContext } from '../pipeline/run-context.ts';
import { runReport } from '../pipeline/run-report.ts';
import { finishRun, startRun } from '../store/runs.ts';
import type { ServerToClassify } from '../store/server-findings.ts';
import { discoverStage } from './discover-stage.ts';
import { enumerateStage } from './enumerate-stage.ts';
import { addFaults, isFatal, type NightlyOptions, type NightlyParts, type Progress, perServer, type StageRunner, timed } from './stage.ts';

const STAGES: { readonly [S in Stage]: StageRunner } = {
  discover: discoverStage,
  identify: identifyStage,
  enumerate: enumerateStage,
  classify: classifyStage,
  policy: policyStage,
  publish: publishStage,
};

/**
 * One pass over the catalogue. Every stage takes up what it finds stored, so a killed run is resumed by running again.
 *
 * @returns The report; its status is `failed` when the publish gate refused, or when this host could look at nothing.
 * @throws What stopped the run: the abort, or a database that is gone.
 */
export async function nightly(parts: NightlyParts, options: NightlyOptions): Promise<RunReport> {
  const { store, corrections, now } = parts;
  const startedAt = now();
  const runId = await startRun(store, { options: storedOptions(options), now: startedAt });
  // Whoever lost the lock may not be the only one writing any more.
  const abort = AbortSignal.any([parts.abort, store.runLock.lost]);
  const context: RunContext = { store, corrections, runId, now, abort };
  const progress: Progress = { stages: [], sources: [], faults: [] };
  try {
    for (const [stage, run] of Object.entries(STAGES)) {
      abort.throwIfAborted();
      if (options.only === undefined || options.only === stage) await run(context, { ...parts, abort }, options, progress);
    }
    const report = await runReport(context, { startedAt, ...progress });
    await finishRun(store, { id: runId, status: report.status, report, now: now() });
    return report;
  } catch (error) {
    await recordStop(context, progress, error);
    throw error;
  }
}

function storedOptions({ crawlers, limit, only, since, whole }: NightlyOptions): object {
  return { sources: crawlers.map(({ id }) => id), limit, only, since, whole };
}

/** Says in the store that the run ended early, where the store can still be written. */
async function recordStop({ store, runId, abort, now }: RunContext, { stages, sources, faults }: Progress, error: unknown): Promise<void> {
  if (isFatal(error)) return;
  await finishRun(store, { id: runId, status: abort.aborted ? 'interrupted' : 'failed', report: { stages, sources, faults }, now: now() });
}

async function identifyStage(
  context: RunContext,
  { observer }: NightlyParts,
  { identity }: NightlyOptions,
  progress: Progress,
): Promise<void> {
  await timed('identify', observer, progress, async (report) => {
    const { added, changed, unchanged, gone, refused } = await identify(context, identity);
    report.done += added.length + changed.length + gone.length;
    report.skipped += unchanged;
    report.failed += refused.length;
    await addFaults(
      context,
      progress,
      refused.map((id) => ({ stage: 'identify', fault: idTooLong(id) })),
    );
  });
}

function idTooLong(id: string): Fault {
  return {
    code: 'id-too-long',
    subject: id.slice(0, 200),
    message: 'The id of this server is too long to keep; it is left out.',
    retryable: false,
  };
}

async function publishStage(
  context: RunContext,
  { observer }: NightlyParts,
  { feedFolder }: NightlyOptions,
  progress: Progress,
): Promise<void> {
  await timed('publish', observer, progress, async (report) => {
    const result = await publishCatalogue(context, feedFolder);
    if (result.kind === 'refused') {
      report.failed += 1;
      await addFaults(context, progress, [{ stage: 'publish', fault: result.fault }]);
      return;
    }
    report[result.changed ? 'done' : 'skipped'] += 1;
    progress.feed = { folder: feedFolder, generation: result.index.generation, changed: result.changed };
  });
}

/** The servers of which not everything is said yet. */
async function classifyStage(context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress): Promise<void> {
  const { due: items, notDue } = await classificationsDue(context);
  const step = (item: ServerToClassify) => classifyServer(context, item);
  const { report } = await perServer({ stage: 'classify', items, step }, context, parts, options, progress);
  progress.stages.push({ ...report, skipped: report.skipped + notDue });
}

/** The servers whose policy is to be another one. */
async function policyStage(context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress): Promise<void> {
  const { due: items, notDue } = await policiesDue(context);
  const step = (item: ServerPolicy) => recordPolicy(context, item);
  const { report } = await perServer({ stage: 'policy', items, step }, context, parts, options, progress);
  progress.stages.push({ ...report, skipped: report.skipped + notDue });
}
