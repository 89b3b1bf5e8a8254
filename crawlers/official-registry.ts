import { FaultError } from '../src/model/fault.ts';
import { sortableInstant } from '../src/model/instant.ts';
import type { CrawlContext, Crawler } from './crawler.ts';
import { PageReader } from './official-registry/page-reader.ts';
import { discoveriesOf, keyOf } from './official-registry/row.ts';

export interface RegistrySettings {
  /** Stored with every entry, so never renamed. */
  readonly id: string;
  readonly title: string;
  readonly homepage: string;
  /** What `/v0.1/servers` is appended to. */
  readonly baseUrl: string;
  /** Whether publishers had to prove their names to this registry. */
  readonly proven: boolean;
  /**
   * Whether the registry's operator fills in `github` of the publisher's metadata, as GitHub's own does: stars, license, last push. Elsewhere a
   * publisher could write anything there.
   */
  readonly operatorFacts?: boolean;
  /** The `Authorization` header of private ones. */
  readonly authorization?: string;
}

/** The official registry had 795 pages in August 2026. A cap that is met fails: a part of a registry is not the registry. */
const MAX_PAGES = 5_000;
const MAX_ROWS = 500_000;

/**
 * How far back a pass for changes reaches before the last watermark: `updatedAt` is taken before the row can be seen, the replicas' clocks differ,
 * list pages are cached for 30 s, and the boundary is exclusive. Rows that come again cost nothing. A crawl's duration need not be in it, because a
 * watermark is never later than the start of its pass.
 */
const OVERLAP_MS = 10 * 60_000;

/** A registry that speaks the official one's API: every version of a server is a row, and an entry. */
export function registryCrawler(settings: RegistrySettings): Crawler {
  return {
    id: settings.id,
    title: settings.title,
    homepage: settings.homepage,
    incremental: true,
    async *crawl(context) {
      let [newest, started] = [context.since, ''];
      for await (const { rows, startedAt } of pagesOf(settings, context)) {
        started = startedAt;
        for (const row of rows) {
          context.abort.throwIfAborted();
          for (const discovery of discoveriesOf(settings, row)) {
            if (discovery.kind === 'entry') newest = later(newest, discovery.entry.release?.updatedAt);
            yield discovery;
          }
        }
      }
      context.abort.throwIfAborted();
      // What was published behind the cursor while it moved on was not seen, however new the newest row is.
      if (newest !== undefined) yield { kind: 'watermark', watermark: earlier(newest, started) };
    },
  };
}

/** @returns Of each page its rows, and when the pass started: by the registry's clock or by ours, whichever is behind. */
async function* pagesOf(
  settings: RegistrySettings,
  context: CrawlContext,
): AsyncGenerator<{ rows: readonly unknown[]; startedAt: string }> {
  const { http, abort, now } = context;
  const guard = new PageGuard(settings);
  const headers = { accept: 'application/json', ...(settings.authorization && { authorization: settings.authorization }) };
  const urlOf = (limit: number, cursor?: string) => pageUrl(settings, context, limit, cursor);
  const reader = new PageReader({ source: settings, http, options: { abort, headers }, urlOf });
  const ours = now().toISOString();
  let page = await reader.read();
  const startedAt = earlier(ours, page.date ?? ours);
  for (;;) {
    guard.check(page.rows);
    yield { rows: page.rows, startedAt };
    if (page.cursor === undefined) return;
    guard.follow(page.cursor);
    page = await reader.read(page.cursor);
  }
}

function pageUrl(settings: RegistrySettings, { since }: CrawlContext, limit: number, cursor?: string): string {
  const url = new URL(`${settings.baseUrl.replace(/\/+$/, '')}/v0.1/servers`);
  url.searchParams.set('limit', String(limit));
  // Never `version=latest`: an older version that becomes the latest again is in no answer for changes.
  url.searchParams.set('include_deleted', 'true');
  if (since !== undefined) url.searchParams.set('updated_since', new Date(Date.parse(since) - OVERLAP_MS).toISOString());
  if (cursor !== undefined) url.searchParams.set('cursor', cursor);
  return url.href;
}

/** Keeps a registry from leading in circles, or on for ever. */
class PageGuard {
  readonly #settings: RegistrySettings;
  readonly #cursors = new Set<string>();
  readonly #pages = new Set<string>();
  #rows = 0;

  constructor(settings: RegistrySettings) {
    this.#settings = settings;
  }

  check(rows: readonly unknown[]): void {
    this.#rows += rows.length;
    if (this.#rows > MAX_ROWS) throw this.#stop('too-many-pages', `listed more than ${MAX_ROWS} rows`);
    const [first, last] = [keyOf(rows.at(0)), keyOf(rows.at(-1))];
    // A page without names cannot be told from another. Its cursor can.
    if (first === undefined || last === undefined) return;
    const page = JSON.stringify([first, last, rows.length]);
    if (this.#pages.has(page)) throw this.#stop('page-loop', `gave the page from ${first} to ${last} twice`);
    this.#pages.add(page);
  }

  follow(cursor: string): void {
    if (this.#cursors.has(cursor)) throw this.#stop('page-loop', `gave the cursor ${JSON.stringify(cursor.slice(0, 200))} twice`);
    this.#cursors.add(cursor);
    if (this.#cursors.size >= MAX_PAGES) throw this.#stop('too-many-pages', `listed more than ${MAX_PAGES} pages`);
  }

  #stop(code: string, what: string): FaultError {
    const message = `${this.#settings.title} ${what}, so it was not read to its end.`;
    return new FaultError({ code, subject: this.#settings.id, message, retryable: true });
  }
}

/** Of two instants as their source wrote them, which may have nanoseconds. */
function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return sortable(b) > sortable(a) ? b : a;
}

function earlier(a: string, b: string): string {
  return sortable(b) < sortable(a) ? b : a;
}

const sortable = (instant: string) => sortableInstant(instant) ?? '';
