import { askedUntil } from './asked-wait.ts';
import type { Clock } from './clock.ts';
import { Deadline } from './deadline.ts';
import { hostName } from './host.ts';
import type { HostQueues } from './host-queues.ts';
import type { FetchLimits, Tenant } from './http.ts';
import { limitedResponse } from './limited-response.ts';
import { asHttpError } from './network-error.ts';

/** What sends a request: the guarded network, or a double of it. Told never to follow redirects. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One request of a chain of redirects. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: RequestInit['body'];
}

export interface WireLimits extends Omit<FetchLimits, 'abort' | 'reach'> {
  readonly aborts: readonly AbortSignal[];
}

interface WireParts {
  readonly fetch: Fetch;
  readonly userAgent: string;
  readonly queues: HostQueues;
  readonly clock: Clock;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

/** Sends single requests: each in its host's queue, within its limits, and heeding what the host asks for in the answer. */
export class Wire {
  readonly #parts: WireParts;

  constructor(parts: WireParts) {
    this.#parts = parts;
  }

  /**
   * @param read - Called with the answer while the request still has its place in the queue. What it does not read is bounded all the same.
   * @throws HttpError for what the host or the network does; what an abort was given.
   */
  async exchange<T>(hop: Hop, limits: WireLimits, read: (response: Response) => T | Promise<T>): Promise<T> {
    const [abort] = limits.aborts;
    const waiting = limits.aborts.length > 1 ? AbortSignal.any([...limits.aborts]) : abort;
    waiting?.throwIfAborted();
    const { maxWaitMs, tenant } = limits;
    return await this.#parts.queues.run(hop.url, { abort: waiting, maxWaitMs, tenant }, () => this.#send(hop, limits, read));
  }

  async #send<T>(hop: Hop, limits: WireLimits, read: (response: Response) => T | Promise<T>): Promise<T> {
    const { timeoutMs = DEFAULT_TIMEOUT_MS, idleMs, maxBytes = DEFAULT_MAX_BYTES, aborts } = limits;
    const deadline = new Deadline(hop.url, { timeoutMs, idleMs }, aborts);
    try {
      const response = await deadline.race(this.#parts.fetch(hop.url.href, this.#initOf(hop, deadline.signal)));
      deadline.touch();
      this.#heed(hop.url, response, limits.tenant);
      return await read(limitedResponse(response, hop.url, maxBytes, deadline));
    } catch (error) {
      throw deadline.stop(deadline.signal.aborted ? deadline.signal.reason : asHttpError(error, hop.url));
    }
  }

  #initOf(hop: Hop, signal: AbortSignal): RequestInit {
    // As a plain record: a Headers object of Node's own is another class than undici's.
    const headers = { ...Object.fromEntries(hop.headers), 'user-agent': this.#parts.userAgent };
    const init: RequestInit = { method: hop.method, headers, signal, redirect: 'manual' };
    return hop.body === undefined || hop.body === null ? init : { ...init, body: hop.body, duplex: 'half' };
  }

  #heed(url: URL, { status, headers }: Response, tenant: Tenant | undefined): void {
    const until = askedUntil(status, headers, this.#parts.clock.now());
    if (until !== undefined) this.#parts.queues.hold(hostName(url), until, tenant);
  }
}
