import PQueue from 'p-queue';
import type { Clock } from './clock.ts';
import { hostName } from './host.ts';
import { HttpError } from './http-error.ts';
import type { HostManners, Manners } from './manners.ts';

/** One queue a host: whatever asks it, together they keep its distance and wait when it wants to be left alone. */
export class HostQueues {
  readonly #queues = new Map<string, HostQueue>();
  readonly #manners: Manners;
  readonly #clock: Clock;

  constructor(manners: Manners, clock: Clock) {
    this.#manners = manners;
    this.#clock = clock;
  }

  /**
   * Runs `task` when it is the request's turn.
   *
   * @throws HttpError `rate-limited` when the host has asked for a longer wait than is waited; what the abort was given, when it fires.
   */
  run<T>(url: URL, waiting: Waiting, task: () => Promise<T>): Promise<T> {
    return this.#queueOf(hostName(url)).run(url, waiting, task);
  }

  /** Nothing more is sent to the host before `until`, whoever asks. */
  hold(host: string, until: number): void {
    this.#queueOf(host).hold(until);
  }

  /** Hosts whose queues are kept. */
  get size(): number {
    return this.#queues.size;
  }

  mannersOf(host: string): HostManners {
    return { ...this.#manners, ...this.#manners.hosts[host] };
  }

  #queueOf(host: string): HostQueue {
    const kept = this.#queues.get(host);
    if (kept) return kept;
    if (this.#queues.size >= this.#manners.maxHosts) this.#dropIdle();
    const queue = new HostQueue(this.mannersOf(host), this.#clock);
    this.#queues.set(host, queue);
    return queue;
  }

  #dropIdle(): void {
    for (const [host, queue] of this.#queues) {
      if (queue.isIdle) this.#queues.delete(host);
    }
  }
}

/** How a request waits for its turn. */
interface Waiting {
  readonly abort?: AbortSignal;
  /** Default: as the host's manners have it. */
  readonly maxWaitMs?: number;
}

class HostQueue {
  readonly #queue: PQueue;
  readonly #manners: HostManners;
  readonly #clock: Clock;
  #nextStart = 0;
  #heldUntil = 0;

  constructor(manners: HostManners, clock: Clock) {
    this.#queue = new PQueue({ concurrency: manners.concurrency });
    this.#manners = manners;
    this.#clock = clock;
  }

  /** Whether forgetting it changes nothing. */
  get isIdle(): boolean {
    return this.#queue.size + this.#queue.pending === 0 && Math.max(this.#nextStart, this.#heldUntil) <= this.#clock.now();
  }

  hold(until: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  run<T>(url: URL, waiting: Waiting, task: () => Promise<T>): Promise<T> {
    return this.#queue.add(
      async () => {
        await this.#turn(url, waiting);
        return await task();
      },
      { signal: waiting.abort },
    );
  }

  /** A hold may be set or prolonged while this waits, and another waiting request may go first. */
  async #turn(url: URL, { abort, maxWaitMs = this.#manners.maxWaitMs }: Waiting): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      if (this.#heldUntil - now > maxWaitMs) throw heldTooLong(url, this.#heldUntil);
      const start = Math.max(this.#nextStart, this.#heldUntil);
      if (start <= now) break;
      await this.#clock.sleep(start - now, abort);
    }
    this.#nextStart = this.#clock.now() + this.#manners.spacingMs;
  }
}

function heldTooLong(url: URL, until: number): HttpError {
  const message = `has asked to be left alone until ${new Date(until).toISOString()}`;
  return new HttpError({ code: 'rate-limited', url, message, askedUntil: until });
}
