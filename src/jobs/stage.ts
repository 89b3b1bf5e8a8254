import type { Crawler } from '../../crawlers/crawler.ts';
import type { EnumerateContext } from '../connect/enumerate.ts';
import type { Corrections } from '../model/correction.ts';
import type { Stage } from '../model/fault.ts';
import type { RunFault, RunReport, SourceReport, StageReport } from '../model/run-report.ts';
import type { Server } from '../model/server.ts';
import type { Http } from '../net/http.ts';
import type { IdentifyOptions } from '../pipeline/identify.ts';
import type { RunContext, RunObserver, StepOutcome } from '../pipeline/run-context.ts';
import { recordFaults } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { runStage, type StageResult } from './run-stage.ts';

export interface NightlyOptions {
  readonly crawlers: readonly Crawler[];
  /** Most servers to look at; popular and new ones go first. Absent means all that are due. */
  readonly limit?: number;
  /** RFC 3339: ask the sources that can tell for what changed since then, instead of since their last pass. */
  readonly since?: string;
  /** Ids of the sources whose entries may lead to addresses of one's own. */
  readonly ownSources: readonly string[];
  /** Ask every source for everything. */
  readonly whole?: boolean;
  /** A source that takes longer is broken off. */
  readonly sourceMs: number;
  /** Of all configured sources, whichever are asked in this run. */
  readonly identity: IdentifyOptions;
  /** Only this stage, on what the earlier ones have stored. */
  readonly only?: Stage;
  /** Where the feed goes. */
  readonly feedFolder: string;
  /** Servers looked at once. */
  readonly concurrency: number;
}

export interface NightlyParts {
  readonly store: Store;
  readonly corrections: Corrections;
  readonly http: Http;
  readonly connection: EnumerateContext;
  readonly observer: RunObserver;
  readonly abort: AbortSignal;
  readonly now: () => Date;
}

/** What the stages have left so far. */
export interface Progress {
  readonly stages: StageReport[];
  readonly sources: SourceReport[];
  readonly faults: RunFault[];
  feed?: RunReport['feed'];
  /** Every look that was due failed for want of something on this host. */
  couldNotLook?: boolean;
}

export type StageRunner = (context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress) => Promise<void>;

interface ServerWork<Item> {
  readonly stage: Stage;
  readonly items: readonly Item[];
  readonly step: (item: Item, abort: AbortSignal) => Promise<StepOutcome>;
}

export async function perServer<Item extends { readonly server: Server }>(
  work: ServerWork<Item>,
  context: RunContext,
  { observer, abort }: NightlyParts,
  { concurrency }: NightlyOptions,
  progress: Progress,
): Promise<StageResult> {
  const sources = new Map(work.items.map(({ server }) => [server.id, server.sources.join(', ')]));
  const result = await runStage({ ...work, subjectOf: ({ server }) => server.id, concurrency, abort, observer, isFatal });
  await addFaults(
    context,
    progress,
    result.faults.map((fault) => ({ stage: work.stage, source: sources.get(fault.subject), fault })),
  );
  return result;
}

/** Without its database a run is over; a statement that was refused costs one server. */
export function isFatal(error: unknown): boolean {
  return error instanceof StoreError && error.code !== 'query-failed';
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export async function timed(
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

export async function addFaults({ store, runId }: RunContext, { faults: all }: Progress, faults: readonly RunFault[]): Promise<void> {
  all.push(...faults);
  await recordFaults(store, runId, faults);
}
