import { HttpError } from './http-error.ts';

interface Times {
  readonly timeoutMs: number;
  readonly idleMs?: number;
}

/** What `setTimeout` can wait; above it, it fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Ends one exchange when its time is up, when it is silent for too long, or when the caller no longer wants it. The timers are real ones, beside
 * the clock, and do not keep the process alive.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timers: NodeJS.Timeout[];
  readonly #idleTimer?: NodeJS.Timeout;
  /** Signals that live as long as the run, and what listens on them for us. */
  readonly #followed: { readonly abort: AbortSignal; readonly fire: () => void }[] = [];

  constructor(url: URL, { timeoutMs, idleMs }: Times, aborts: readonly AbortSignal[]) {
    this.#timers = [this.#timer(url, timeoutMs, 'did not finish its answer')];
    if (idleMs !== undefined) {
      this.#idleTimer = this.#timer(url, idleMs, 'sent nothing');
      this.#timers.push(this.#idleTimer);
    }
    for (const abort of aborts) this.#follow(abort);
  }

  /** Its reason is what to throw. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something arrived. */
  touch(): void {
    this.#idleTimer?.refresh();
  }

  /** Ends what is under way, so that no connection is kept for an answer that nobody reads. @returns Its reason, to be thrown. */
  stop(reason: unknown): unknown {
    this.#controller.abort(reason);
    this.end();
    return reason;
  }

  /** To be called when the answer has come to its end. */
  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { abort, fire } of this.#followed.splice(0)) abort.removeEventListener('abort', fire);
  }

  /** @throws The signal's reason as soon as it fires, whether or not `work` heeds it. */
  async race<T>(work: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = () => reject(this.signal.reason);
    if (this.signal.aborted) stop();
    this.signal.addEventListener('abort', stop, { once: true });
    // What comes first in the list wins when both have happened.
    return await Promise.race([promise, work]).finally(() => this.signal.removeEventListener('abort', stop));
  }

  #timer(url: URL, ms: number, failure: string): NodeJS.Timeout {
    const fire = () => this.stop(new HttpError({ code: 'timeout', url, message: `${failure} within ${ms / 1000} s` }));
    return setTimeout(fire, Math.min(ms, LONGEST_TIMER_MS)).unref();
  }

  #follow(abort: AbortSignal): void {
    const fire = () => this.stop(abort.reason);
    if (abort.aborted) return void fire();
    // Not by the listener's own `signal` option: Node 24.21 forgets to take such a listener off once it has collected garbage.
    abort.addEventListener('abort', fire, { once: true });
    this.#followed.push({ abort, fire });
  }
}
