import { FaultError } from '../../src/model/fault.ts';
import { pause } from './pause.ts';

/** With the waits that GitHub asks for, most of an hour for secondary limits, and some hours for others. */
const MAX_WAITS = 6;

/** What one request waited for limits: a GitHub that never stops limiting it ends the pass instead of holding it for ever. */
export class LimitWaits {
  readonly #subject: string;
  readonly #abort: AbortSignal;
  #count = 0;
  #isOver = false;

  /** @param subject - What is asked for. */
  constructor(subject: string, abort: AbortSignal) {
    this.#subject = subject;
    this.#abort = abort;
  }

  /** How often the request waited. */
  get count(): number {
    return this.#count;
  }

  /** One wait more was asked for than a request gets. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** @throws FaultError `rate-limited` when it waited often enough; what the abort was given, when it fires. */
  async wait(seconds: number): Promise<void> {
    this.#isOver = this.#count >= MAX_WAITS;
    if (this.#isOver) throw this.overFault();
    this.#count += 1;
    await pause(seconds * 1_000, this.#abort);
  }

  overFault(cause?: unknown): FaultError {
    const message = `GitHub still limits the same request after ${MAX_WAITS} waits, so it was not asked any further.`;
    return new FaultError({ code: 'rate-limited', subject: this.#subject, message, retryable: true }, { cause });
  }
}
