import type { Crawler } from '../../crawlers/crawler.ts';
import type { EnumerateContext } from '../connect/enumerate.ts';
import type { Fault, Stage } from '../model/fault.ts';
import type { RunFault, RunReport, StageReport } from '../model/run-report.ts';
import type { Server } from '../model/server.ts';
import { classifyServer } from '../pipeline/classify-server.ts';
import { discover } from '../pipeline/discover.ts';
import { enumerateServer } from '../pipeline/enumerate-server.ts';
import { isHostFault } from '../pipeline/host-faults.ts';
import { identify } from '../pipeline/identify.ts';
import { policyOfServer } from '../pipeline/policy-of-server.ts';
import { publishCatalogue } from '../pipeline/publish-catalogue.ts';
import type { RunContext, RunObserver, StepOutcome } from '../pipeline/run-context.ts';
import { runReport } from '../pipeline/run-report.ts';
import { lastEnumerations } from '../store/enumerations.ts';
import { finishRun, recordFaults, startRun } from '../store/runs.ts';
import { allServers } from '../store/servers.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { runStage } from './run-stage.ts';

export interface NightlyOptions {
  readonly crawlers: readonly Crawler[];
  /** Most entries to take from each source; absent means all. */
  readonly limit?: number;
  /** Only this stage, on what the earlier ones have stored. */
  readonly only?: Stage;
  /** Where the feed goes. */
  readonly feedFolder: string;
  /** Servers looked at once. */
  readonly concurrency: number;
}

export interface NightlyParts {
  readonly store: Store;
  readonly connection: EnumerateContext;
  readonly observer: RunObserver;
  readonly abort: AbortSignal;
  readonly now: () => Date;
}

/** What the stages have left so far. */
interface Progress {
  readonly stages: StageReport[];
  readonly faults: RunFault[];
  feed?: RunReport['feed'];
  /** Every look that was due failed for want of something on this host. */
  couldNotLook?: boolean;
}

type StageRunner = (context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress) => Promise<void>;

const STAGES: { readonly [S in Stage]: StageRunner } = {
  discover: discoverStage,
  identify: identifyStage,
  enumerate: enumerateStage,
  classify: serverStage('classify', classifyServer),
  policy: serverStage('policy', policyOfServer),
  publish: publishStage,
};

/**
 * One pass over the catalogue. Every stage takes up what it finds stored, so a killed run is resumed by running again.
 *
 * @returns The report; its status is `failed` when the publish gate refused, or when this host could look at nothing.
 * @throws What stopped the run: the abort, or a database that is gone.
 */
export async function nightly(parts: NightlyParts, options: NightlyOptions): Promise<RunReport> {
  const { store, now } = parts;
  const startedAt = now();
  const runId = await startRun(store, { options: storedOptions(options), now: startedAt });
  // Whoever lost the lock may not be the only one writing any more.
  const abort = AbortSignal.any([parts.abort, store.runLock.lost]);
  const context: RunContext = { store, runId, now, abort };
  const progress: Progress = { stages: [], faults: [] };
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

function storedOptions({ crawlers, limit, only }: NightlyOptions): object {
  return { sources: crawlers.map(({ id }) => id), limit, only };
}

/** Says in the store that the run ended early, where the store can still be written. */
async function recordStop({ store, runId, abort, now }: RunContext, { stages, faults }: Progress, error: unknown): Promise<void> {
  if (isFatal(error)) return;
  await finishRun(store, { id: runId, status: abort.aborted ? 'interrupted' : 'failed', report: { stages, faults }, now: now() });
}

async function discoverStage(
  context: RunContext,
  { observer }: NightlyParts,
  { crawlers, limit }: NightlyOptions,
  progress: Progress,
): Promise<void> {
  await timed('discover', observer, progress, async (report) => {
    for (const crawler of crawlers) {
      const { changed, unchanged, gone, faults } = await discover(context, crawler, limit);
      report.done += changed + gone;
      report.skipped += unchanged;
      report.failed += faults.length;
      await addFaults(
        context,
        progress,
        faults.map((fault) => ({ stage: 'discover', source: crawler.id, fault })),
      );
    }
  });
}

async function identifyStage(context: RunContext, { observer }: NightlyParts, _: NightlyOptions, progress: Progress): Promise<void> {
  await timed('identify', observer, progress, async (report) => {
    const { added, changed, unchanged, gone, refused } = await identify(context);
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

async function enumerateStage(context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress): Promise<void> {
  const last = await lastEnumerations(context.store);
  const step = (server: Server, abort: AbortSignal) =>
    enumerateServer(context, { ...parts.connection, abort }, server, last.get(server.id));
  const faults = await perServer('enumerate', step, context, parts, options, progress);
  const report = progress.stages.at(-1);
  progress.couldNotLook = report?.done === 0 && faults.length > 0 && faults.every(isHostFault);
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

function serverStage(stage: Stage, step: (context: RunContext, server: Server) => Promise<StepOutcome>): StageRunner {
  return async (context, parts, options, progress) => {
    await perServer(stage, (server) => step(context, server), context, parts, options, progress);
  };
}

async function perServer(
  stage: Stage,
  step: (server: Server, abort: AbortSignal) => Promise<StepOutcome>,
  context: RunContext,
  { observer, abort }: NightlyParts,
  { concurrency }: NightlyOptions,
  progress: Progress,
): Promise<readonly Fault[]> {
  const items = await allServers(context.store);
  const sources = new Map(items.map(({ id, sources }) => [id, sources.join(', ')]));
  const { report, faults } = await runStage({ stage, items, subjectOf: ({ id }) => id, step, concurrency, abort, observer, isFatal });
  progress.stages.push(report);
  await addFaults(
    context,
    progress,
    faults.map((fault) => ({ stage, source: sources.get(fault.subject), fault })),
  );
  return faults;
}

/** Without its database a run is over; a statement that was refused costs one server. */
function isFatal(error: unknown): boolean {
  return error instanceof StoreError && error.code !== 'query-failed';
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

async function timed(
  stage: Stage,
  observer: RunObserver,
  { stages }: Progress,
  work: (report: Mutable<StageReport>) => Promise<void>,
): Promise<void> {
  const startedAt = performance.now();
  const report = { stage, done: 0, skipped: 0, failed: 0, durationMs: 0 };
  observer.stageStarted(stage);
  await work(report);
  report.durationMs = Math.round(performance.now() - startedAt);
  stages.push(report);
  observer.stageEnded(report);
}

async function addFaults({ store, runId }: RunContext, { faults: all }: Progress, faults: readonly RunFault[]): Promise<void> {
  all.push(...faults);
  await recordFaults(store, runId, faults);
}
