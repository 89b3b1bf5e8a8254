/** How one host is treated. */
export interface HostManners {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Between the starts of two requests. */
  readonly spacingMs: number;
  /** A host that asks for a longer wait is not waited for: requests to it fail at once, until it is over. */
  readonly maxWaitMs: number;
}

/** How every host is treated, and how much patience one request has. */
export interface Manners extends HostManners {
  /** By host name, without a port: what is different there. */
  readonly hosts: Readonly<Record<string, Partial<HostManners>>>;
  /** Of one request, the first one included. */
  readonly tries: number;
  /** What the first wait after a failure is at most; doubles with every further one. */
  readonly backoffMs: number;
  /** What a backoff is at most. */
  readonly maxBackoffMs: number;
  /** The first wait when a host limits requests and does not say for how long; doubles too. */
  readonly limitBackoffMs: number;
  /** All waits of one request together. */
  readonly maxTotalWaitMs: number;
  /** A tenant's request whose turn at the host would come later is not made. */
  readonly maxTurnMs: number;
  /** Hosts whose queues are kept, beside those in use. */
  readonly maxHosts: number;
}

/** Two requests a second and host, which the official registry asks for; GitHub wants a minute after a limit without a time. */
export const MANNERS: Manners = {
  concurrency: 2,
  spacingMs: 500,
  maxWaitMs: 15 * 60_000,
  hosts: {},
  tries: 5,
  backoffMs: 1_000,
  maxBackoffMs: 60_000,
  limitBackoffMs: 60_000,
  maxTotalWaitMs: 30 * 60_000,
  maxTurnMs: 5 * 60_000,
  maxHosts: 2_000,
};
