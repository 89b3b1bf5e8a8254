import PQueue from 'p-queue';
import type { Fault, Stage } from '../model/fault.ts';
import type { StageReport } from '../model/run-report.ts';
import type { RunObserver, StepOutcome } from '../pipeline/run-context.ts';

export interface StageWork<Item> {
  readonly stage: Stage;
  readonly items: readonly Item[];
  readonly subjectOf: (item: Item) => string;
  /** @param abort - Fires when the run is stopped or has come to an end. */
  readonly step: (item: Item, abort: AbortSignal) => Promise<StepOutcome>;
  readonly concurrency: number;
  readonly abort: AbortSignal;
  readonly observer: RunObserver;
  /** Whether a thrown error ends the stage: the database is gone, not one server broken. */
  readonly isFatal: (error: unknown) => boolean;
}

export interface StageResult {
  readonly report: StageReport;
  /** Sorted by subject. */
  readonly faults: readonly Fault[];
}

/**
 * Runs one step per item, several at a time. A step that throws is a bug and costs its own item only; the run goes on.
 *
 * @throws When `abort` fires or a step's error is fatal, after the steps under way have ended.
 */
export async function runStage<Item>(work: StageWork<Item>): Promise<StageResult> {
  const startedAt = performance.now();
  const counts = { done: 0, skipped: 0, failed: 0 };
  const faults: Fault[] = [];
  const stop = new AbortController();
  const abort = AbortSignal.any([work.abort, stop.signal]);
  work.observer.stageStarted(work.stage, work.items.length);
  const queue = new PQueue({ concurrency: work.concurrency });
  for (const item of work.items) {
    void queue.add(async () => {
      const outcome = abort.aborted ? undefined : await outcomeOf(work, item, abort, stop);
      if (!outcome) return;
      counts[outcome.kind] += 1;
      if (outcome.kind === 'failed') faults.push(outcome.fault);
      work.observer.stepEnded(work.stage, work.subjectOf(item), outcome);
    });
  }
  await queue.onIdle();
  abort.throwIfAborted();
  const report = { stage: work.stage, ...counts, durationMs: Math.round(performance.now() - startedAt) };
  work.observer.stageEnded(report);
  return { report, faults: faults.sort((a, b) => (a.subject < b.subject ? -1 : 1)) };
}

/** @returns Nothing when the run has ended: a step that was stopped says nothing about its item. */
async function outcomeOf<Item>(
  work: StageWork<Item>,
  item: Item,
  abort: AbortSignal,
  stop: AbortController,
): Promise<StepOutcome | undefined> {
  try {
    return await work.step(item, abort);
  } catch (error) {
    if (work.isFatal(error)) stop.abort(error);
    if (abort.aborted) return undefined;
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', fault: { code: 'internal-error', subject: work.subjectOf(item), message, retryable: false } };
  }
}
