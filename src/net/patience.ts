import type { Clock } from './clock.ts';
import type { HostQueues } from './host-queues.ts';
import type { GetOptions } from './http.ts';
import { HttpError } from './http-error.ts';
import type { Manners } from './manners.ts';

interface PatienceParts {
  readonly manners: Manners;
  readonly queues: HostQueues;
  readonly clock: Clock;
  /** 0 up to but not including 1. */
  readonly random: () => number;
}

/** How often and how long one request is tried again. */
export class Patience {
  readonly #parts: PatienceParts;
  readonly #tries: number;
  readonly #tenant: GetOptions['tenant'];
  #failures = 0;
  #waitedMs = 0;

  constructor(parts: PatienceParts, { tries = parts.manners.tries, tenant }: Pick<GetOptions, 'tries' | 'tenant'>) {
    this.#parts = parts;
    this.#tries = tries;
    this.#tenant = tenant;
  }

  /**
   * Returns when it is time to try again. A limit holds the host's whole queue, or the tenant, where the next try then waits with all others; after
   * any other failure only this request waits.
   *
   * @throws `error` itself, when trying again makes no sense or takes too long.
   */
  async afterFailure(error: unknown, abort: AbortSignal): Promise<void> {
    abort.throwIfAborted();
    this.#failures += 1;
    if (!(error instanceof HttpError) || !error.fault.retryable || this.#failures >= this.#tries) throw error;
    const isLimit = error.fault.code === 'rate-limited';
    const waitMs = isLimit ? this.#limitWait(error) : this.#backoff();
    this.#waitedMs += waitMs;
    const { manners, queues, clock } = this.#parts;
    const { maxWaitMs } = queues.mannersOf(error.host);
    if (waitMs > maxWaitMs || this.#waitedMs > Math.max(maxWaitMs, manners.maxTotalWaitMs)) throw error;
    if (isLimit) queues.hold(error.host, clock.now() + waitMs, this.#tenant);
    else await clock.sleep(waitMs, abort);
  }

  #limitWait({ askedUntil }: HttpError): number {
    const { manners, clock, random } = this.#parts;
    if (askedUntil !== undefined) return Math.max(0, askedUntil - clock.now());
    // Never less than the doubled base: going on too early can make a host shut the door.
    return manners.limitBackoffMs * 2 ** (this.#failures - 1) * (1 + random() / 4);
  }

  /** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
  #backoff(): number {
    const { manners, random } = this.#parts;
    return random() * Math.min(manners.maxBackoffMs, manners.backoffMs * 2 ** (this.#failures - 1));
  }
}
