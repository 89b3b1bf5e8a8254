import { type Clock, systemClock } from './clock.ts';
import { DocumentClient } from './document-client.ts';
import { HostQueues } from './host-queues.ts';
import type { GetOptions, Http } from './http.ts';
import { MANNERS, type Manners } from './manners.ts';
import { Patience } from './patience.ts';
import { memoryCache, type ResponseCache } from './response-cache.ts';
import { streamingFetch } from './streaming-fetch.ts';
import { type Fetch, Wire } from './wire.ts';

export interface HttpParts {
  /** The network: `openNetwork(…).fetch`, or a double. The guard against private addresses behind names is in there. */
  readonly fetch: Fetch;
  /** Says who asks and where to complain: `assay/1.2.3 (+https://…)`. Nothing a caller sets replaces it. */
  readonly userAgent: string;
  /** Default: of this process, in memory. */
  readonly cache?: ResponseCache;
  readonly clock?: Clock;
  /** 0 up to but not including 1. */
  readonly random?: () => number;
  /** What differs from {@link MANNERS}. */
  readonly manners?: Partial<Manners>;
  /** Permits this machine, and `http:` to it; nothing else that is private. Give the network the same. */
  readonly allowLoopback?: boolean;
  /** Hosts whose addresses may be private. Give the network the same. */
  readonly trustedHosts?: readonly string[];
  /** Hosts that asked to be left alone: exact, or with a leading `*.` for every name below. */
  readonly optOut?: readonly string[];
}

/** Every request of a process goes through one of these: the queues, and so the manners, are in it. */
export function createHttp({
  fetch,
  userAgent,
  cache = memoryCache(),
  clock = systemClock,
  random = Math.random,
  ...settings
}: HttpParts): Http {
  const manners = { ...MANNERS, ...settings.manners };
  const { allowLoopback = false, trustedHosts = [], optOut = [] } = settings;
  const rules = { allowLoopback, trustedHosts, optOut };
  const queues = new HostQueues(manners, clock);
  const wire = new Wire({ fetch, userAgent, queues, clock });
  const patience = (options: GetOptions) => new Patience({ manners, queues, clock, random }, options);
  const documents = new DocumentClient({ wire, rules, cache, clock, patience });
  return {
    get: (url, options) => documents.get(url, options),
    getJson: (url, shape, options) => documents.getJson(url, shape, options),
    fetch: streamingFetch(wire, rules, {}),
    fetchWith: (limits) => streamingFetch(wire, rules, limits),
  };
}
