import type { Corrections } from '../model/correction.ts';
import type { Fault, Stage } from '../model/fault.ts';
import type { StageReport } from '../model/run-report.ts';
import type { Store } from '../store/store.ts';

/** What every stage of one run is given. */
export interface RunContext {
  readonly store: Store;
  readonly corrections: Corrections;
  readonly runId: number;
  readonly now: () => Date;
  readonly abort: AbortSignal;
}

/** What came of one step of a stage, such as one server's enumeration. */
export type StepOutcome =
  | { readonly kind: 'done' }
  /** Nothing had changed, or it was not due. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly fault: Fault };

/** Told how a run goes on, to show or to log it. */
export interface RunObserver {
  /** `total` is the number of steps, where it is known beforehand. */
  stageStarted(stage: Stage, total?: number): void;
  /** `entries` is how many of the source's entries have been stored so far. */
  sourceProgress(source: string, entries: number): void;
  stepEnded(stage: Stage, subject: string, outcome: StepOutcome): void;
  stageEnded(report: StageReport): void;
}
