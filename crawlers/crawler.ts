import type { Discovery } from '../src/model/registry-entry.ts';
import type { Http } from '../src/net/http.ts';

export interface CrawlContext {
  /** The only way out: limits, manners, cache and guards are in it. */
  readonly http: Http;
  /** Stops the crawl: the generator throws soon after it fires. */
  readonly abort: AbortSignal;
  readonly now: () => Date;
  /**
   * RFC 3339: only what the source changed after it is wanted. Absent: everything. A crawler that is not `incremental` is never given one.
   */
  readonly since?: string;
  /** The entries of this source that are stored and not gone: id → revision, for those that have one. Read from the store when called. */
  readonly known: () => Promise<ReadonlyMap<string, string | undefined>>;
}

/** A source of servers. It reports what its source says; merging and judging happen later. */
export interface Crawler {
  /** Stored with every entry, so never renamed. */
  readonly id: string;
  readonly title: string;
  readonly homepage: string;
  /** What the settings have it read from. Another one than before is another source under the same id: nothing that was known of it holds. */
  readonly origin?: string;
  /** Whether it can be asked for changes alone. */
  readonly incremental: boolean;
  /**
   * Yields every entry of the source, each as often as the source gives it. Returning normally means that the source was seen whole, or, with
   * `since`, all of its changes; throwing means that it was not. A {@link FaultError} says why in words for the report.
   */
  crawl(context: CrawlContext): AsyncIterable<Discovery>;
}
