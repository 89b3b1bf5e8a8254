import type { Discovery } from '../src/model/registry-entry.ts';

interface CrawlContext {
  /** Stops the crawl: the generator throws soon after it fires. */
  readonly abort: AbortSignal;
}

/** A source of servers. It reports what its source says; merging and judging happen later. */
export interface Crawler {
  /** Stored with every entry, so never renamed. */
  readonly id: string;
  readonly title: string;
  readonly homepage: string;
  /** Yields every entry of the source. Returning normally means that the source was seen whole; throwing means that it was not. */
  crawl(context: CrawlContext): AsyncIterable<Discovery>;
}
