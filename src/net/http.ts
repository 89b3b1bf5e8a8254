import type { z } from 'zod';

/** One of many who share a host, such as a remote by its URL. */
export interface Tenant {
  readonly name: string;
  /** Given the wait for the host's turn, which is for the sake of its neighbours: time that is counted for the tenant can stand still meanwhile. */
  readonly forTurn?: (turn: () => Promise<void>) => Promise<void>;
}

/** On whose behalf a request is made, and how far it may reach. */
interface Errand {
  /**
   * Who is asked, where that is not the host as a whole. What it asks for, a wait or to be left alone, holds its own requests and no neighbour's; its
   * requests keep the host's distance but take no place among its `concurrency`, so that one that hangs is in nobody's way. Where the host itself
   * cannot be waited for, the request fails as `not-asked`.
   */
  readonly tenant?: Tenant;
  /** `public`: loopback and trusted hosts may not be asked, whatever the settings allow. For what only a stranger named. Default: as the settings say. */
  readonly reach?: 'public';
}

export interface GetOptions extends Errand {
  readonly abort: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** One try, from sending to the last byte. Default 60 s. */
  readonly timeoutMs?: number;
  /** Of the decoded body. Default 16 MiB. */
  readonly maxBytes?: number;
  /** Levels of JSON. Default 64; more only for a shape that looks at no more of the document itself and leaves the rest to who bounds it part by part. */
  readonly maxDepth?: number;
  /** The first one included. Default: as the manners say, 5. A probe that may find nothing wants 1. */
  readonly tries?: number;
  /** Send the stored validator of an earlier answer and give its body back on 304. For documents that rarely change; default false. */
  readonly conditional?: boolean;
  /** Whose answer named the URL: it is judged like a redirect from there, which may lead to loopback or a trusted host only from such a one. */
  readonly from?: URL;
}

export interface HttpAnswer {
  /** Where it came from after redirects. */
  readonly url: string;
  /** 2xx; of a conditional request the status of the stored answer. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The body is the stored one: the source answered 304. */
  readonly notModified: boolean;
}

export interface FetchLimits extends Errand {
  /** Of the decoded body. Default 16 MiB. */
  readonly maxBytes?: number;
  /** From sending to the last byte. Default 60 s. */
  readonly timeoutMs?: number;
  /** The longest silence within it. Default: as long as `timeoutMs`. */
  readonly idleMs?: number;
  /** Ends every request that is under way, beside the `signal` that each may have. */
  readonly abort?: AbortSignal;
  /** A host that asked to be left alone for longer is not waited for: the request fails as `rate-limited`. Default: as the host's manners have it. */
  readonly maxWaitMs?: number;
}

/**
 * The one way out to the internet. It queues per host, keeps a distance between requests, waits where the host asks for it, tries again what can
 * succeed, follows redirects it has checked, refuses private addresses when connecting, and reads no more than the limit.
 */
export interface Http {
  /**
   * @throws HttpError with a fault for the report, when the answer is no 2xx after the retries that make sense, is too big, too slow, or leads
   * where requests may not go. What `abort` was given, when it fires.
   */
  get(url: string, options: GetOptions): Promise<HttpAnswer>;
  /** {@link get}, read as JSON and validated. @throws HttpError also for a body that is no JSON or of another shape; an unparsable body is tried again. */
  getJson<T>(url: string, shape: z.ZodType<T>, options: GetOptions): Promise<T>;
  /**
   * For libraries that bring retries and a protocol of their own: `fetch` with the same queue, guard, User-Agent, time and size limits. No retries,
   * no cache; only redirects that stay on the origin are followed. A request has its place in the host's queue until the headers arrive, so a stream
   * that stays open blocks nothing. Rejects with an HttpError, never with a TypeError, and so does the body when a limit is met.
   */
  readonly fetch: typeof globalThis.fetch;
  /** {@link fetch} with limits of its own: event streams want a longer time and a bound on silence. */
  fetchWith(limits: FetchLimits): typeof globalThis.fetch;
}
