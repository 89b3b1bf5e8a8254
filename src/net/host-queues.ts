import PQueue from 'p-queue';
import type { Clock } from './clock.ts';
import { hostName } from './host.ts';
import type { Tenant } from './http.ts';
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
   * @throws HttpError when that takes longer than is waited: `rate-limited` where it is who is asked that wants to be left alone, `not-asked` where a
   * tenant would have to wait for its host or for its neighbours; what the abort was given, when it fires.
   */
  run<T>(url: URL, waiting: Waiting, task: () => Promise<T>): Promise<T> {
    return this.#queueOf(hostName(url)).run(url, waiting, task);
  }

  /** Nothing more is sent to the host before `until`, whoever asks; of a tenant only to that tenant. */
  hold(host: string, until: number, tenant?: Tenant): void {
    this.#queueOf(host).hold(until, tenant);
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
    const queue = new HostQueue(this.mannersOf(host), this.#manners.maxTurnMs, this.#clock);
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
  readonly tenant?: Tenant;
}

/** Tenants whose wishes are kept before those that are over are looked for. */
const MANY_TENANTS = 500;

class HostQueue {
  /** Requests that have a place of the host's own: as many at once as it may be asked. */
  readonly #places: PQueue;
  /** All requests, in order of arrival: one at a time waits until the last one is far enough away. */
  readonly #turns = new PQueue({ concurrency: 1 });
  readonly #manners: HostManners;
  readonly #maxTurnMs: number;
  readonly #clock: Clock;
  #nextStart = 0;
  #heldUntil = 0;
  readonly #tenantsHeldUntil = new Map<string, number>();

  constructor(manners: HostManners, maxTurnMs: number, clock: Clock) {
    this.#places = new PQueue({ concurrency: manners.concurrency });
    this.#manners = manners;
    this.#maxTurnMs = maxTurnMs;
    this.#clock = clock;
  }

  /** Whether forgetting it changes nothing. */
  get isIdle(): boolean {
    const isUnused = [this.#places, this.#turns].every(({ size, pending }) => size + pending === 0);
    if (!isUnused || Math.max(this.#nextStart, this.#heldUntil) > this.#clock.now()) return false;
    this.#forgetTenants();
    return this.#tenantsHeldUntil.size === 0;
  }

  hold(until: number, tenant?: Tenant): void {
    if (!tenant) {
      this.#heldUntil = Math.max(this.#heldUntil, until);
      return;
    }
    if (this.#tenantsHeldUntil.size >= MANY_TENANTS) this.#forgetTenants();
    this.#tenantsHeldUntil.set(tenant.name, Math.max(this.#ownHoldOf(tenant), until));
  }

  run<T>(url: URL, waiting: Waiting, task: () => Promise<T>): Promise<T> {
    if (waiting.tenant) return this.#runTenant(url, waiting, waiting.tenant, task);
    return this.#places.add(
      async () => {
        await this.#turn(url, waiting);
        return await task();
      },
      { signal: waiting.abort },
    );
  }

  /** Without a place: a request that hangs would take one away from the others. */
  async #runTenant<T>(url: URL, waiting: Waiting, tenant: Tenant, task: () => Promise<T>): Promise<T> {
    await this.#pass(url, waiting, { until: () => this.#ownHoldOf(tenant), code: 'rate-limited' });
    const turn = () => this.#turn(url, waiting);
    await (tenant.forTurn?.(turn) ?? turn());
    return await task();
  }

  async #turn(url: URL, waiting: Waiting): Promise<void> {
    const { abort, tenant } = waiting;
    const code = tenant ? 'not-asked' : 'rate-limited';
    do {
      await this.#pass(url, waiting, { until: () => this.#heldUntil, code });
      if (tenant && this.#turns.size * this.#manners.spacingMs > this.#maxTurnMs) throw crowdedOut(url, this.#maxTurnMs);
    } while (!(await this.#turns.add(() => this.#start(abort), { signal: abort })));
  }

  /** Returns when a hold is over, which may be prolonged meanwhile. */
  async #pass(url: URL, { abort, maxWaitMs = this.#manners.maxWaitMs }: Waiting, { until, code }: Hold): Promise<void> {
    for (let now = this.#clock.now(); until() > now; now = this.#clock.now()) {
      if (until() - now > maxWaitMs) throw heldTooLong(url, code, until());
      await this.#clock.sleep(until() - now, abort);
    }
  }

  /** @returns Whether the request may go: no hold was set while it waited for the distance. */
  async #start(abort: AbortSignal | undefined): Promise<boolean> {
    for (let now = this.#clock.now(); this.#nextStart > now; now = this.#clock.now()) {
      await this.#clock.sleep(this.#nextStart - now, abort);
    }
    const now = this.#clock.now();
    if (this.#heldUntil > now) return false;
    this.#nextStart = now + this.#manners.spacingMs;
    return true;
  }

  #ownHoldOf({ name }: Tenant): number {
    return this.#tenantsHeldUntil.get(name) ?? 0;
  }

  #forgetTenants(): void {
    for (const [name, until] of this.#tenantsHeldUntil) {
      if (until <= this.#clock.now()) this.#tenantsHeldUntil.delete(name);
    }
  }
}

interface Hold {
  readonly until: () => number;
  /** Of the fault when it takes too long. */
  readonly code: 'rate-limited' | 'not-asked';
}

function heldTooLong(url: URL, code: Hold['code'], until: number): HttpError {
  const message = `has asked to be left alone until ${new Date(until).toISOString()}`;
  return new HttpError({ code, url, message, askedUntil: until });
}

function crowdedOut(url: URL, maxTurnMs: number): HttpError {
  const message = `has so many others to answer that it could not be asked within ${maxTurnMs / 1000} s`;
  return new HttpError({ code: 'not-asked', url, message });
}
