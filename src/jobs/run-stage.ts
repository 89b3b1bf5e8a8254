import PQueue from 'p-queue';
import type { Fault, Stage } from '../model/fault.ts';
import type { StageReport } from '../model/run-report.ts';
import type { RunObserver, StepOutcome } from '../pipeline/run-context.ts';

export interface StageWork<Item> {
  readonly stage: Stage;
  readonly items: readonly Item[];
  readonly subjectOf: (item: Item) => string;
  readonly step: (item: Item) => Promise<StepOutcome>;
  readonly concurrency: number;
  readonly abort: AbortSignal;
  readonly observer: RunObserver;
  /** Whether a thrown error ends the stage: the database is gone, not one server broken. */
  readonly isFatal: (error: unknown) => boolean;
}

export interface StageResult {
  readonly report: StageReport;
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
  work.observer.stageStarted(work.stage, work.items.length);
  const queue = new PQueue({ concurrency: work.concurrency });
  for (const item of work.items) {
    void queue.add(async () => {
      if (work.abort.aborted || stop.signal.aborted) return;
      const outcome = await outcomeOf(work, item, stop);
      counts[outcome.kind] += 1;
      if (outcome.kind === 'failed') faults.push(outcome.fault);
      work.observer.stepEnded(work.stage, work.subjectOf(item), outcome);
    });
  }
  await queue.onIdle();
  work.abort.throwIfAborted();
  stop.signal.throwIfAborted();
  const report = { stage: work.stage, ...counts, durationMs: Math.round(performance.now() - startedAt) };
  work.observer.stageEnded(report);
  return { report, faults: faults.sort((a, b) => (a.subject < b.subject ? -1 : 1)) };
}

async function outcomeOf<Item>(work: StageWork<Item>, item: Item, stop: AbortController): Promise<StepOutcome> {
  try {
    return await work.step(item);
  } catch (error) {
    if (work.isFatal(error)) stop.abort(error);
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', fault: { code: 'internal-error', subject: work.subjectOf(item), message, retryable: false } };
  }
}
