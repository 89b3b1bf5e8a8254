import { z } from 'zod';
import { FaultError } from '../../src/model/fault.ts';
import type { GetOptions, Http } from '../../src/net/http.ts';
import { HttpError } from '../../src/net/http-error.ts';

const Cursor = z.string().max(4_000).nullish();
const Page = z.object({
  servers: z.array(z.unknown()).nullable(),
  metadata: z.object({ nextCursor: Cursor, next_cursor: Cursor }).nullish(),
});
type Page = z.infer<typeof Page>;

/** A page of the list, and what it says about itself. */
export interface RegistryPage {
  readonly rows: readonly unknown[];
  /** Where the next page begins. Absent on the last one. */
  readonly cursor?: string;
  /** The registry's clock, RFC 3339. */
  readonly date?: string;
}

interface ReaderParts {
  /** Of the report: what cannot be read. */
  readonly source: { readonly id: string; readonly title: string };
  readonly http: Http;
  readonly options: GetOptions;
  readonly urlOf: (limit: number, cursor?: string) => string;
}

/** Rows. Above it the answer is 422. */
const PAGE_SIZE = 100;

/** Reads pages, in fewer rows at once while they are too big together: how big a row is, is up to its publisher. */
export class PageReader {
  readonly #parts: ReaderParts;
  #limit = PAGE_SIZE;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /** @throws FaultError when a single row is too big: only its page says where the next one begins. */
  async read(cursor?: string): Promise<RegistryPage> {
    for (;;) {
      try {
        const page = await this.#ask(this.#parts.urlOf(this.#limit, cursor));
        this.#limit = Math.min(PAGE_SIZE, this.#limit * 2);
        return page;
      } catch (error) {
        if (!(error instanceof HttpError) || error.fault.code !== 'too-big') throw error;
        if (this.#limit === 1) throw this.#stop(error, cursor);
        this.#limit = Math.floor(this.#limit / 2);
      }
    }
  }

  /** A body that is no page is asked for again, with the client's own patience. */
  async #ask(url: string): Promise<RegistryPage> {
    const { http, options } = this.#parts;
    const { headers, body } = await http.get(url, options);
    // Rows are bounded one by one: a publisher whose row nests too deep is not to hide those of others.
    const page = pageIn(body) ?? (await http.getJson(url, Page, { ...options, maxDepth: Number.POSITIVE_INFINITY }));
    const date = Date.parse(headers.get('date') ?? '');
    return {
      rows: page.servers ?? [],
      cursor: page.metadata?.nextCursor || page.metadata?.next_cursor || undefined,
      ...(!Number.isNaN(date) && { date: new Date(date).toISOString() }),
    };
  }

  #stop(cause: HttpError, cursor: string | undefined): FaultError {
    const { id, title } = this.#parts.source;
    const place = cursor === undefined ? 'Its first row' : `The row after ${JSON.stringify(cursor.slice(0, 200))}`;
    const message = `${title} was not read to its end. ${place} is too big to be read even alone, and what comes behind it cannot be asked for.`;
    return new FaultError({ code: 'page-too-big', subject: id, message, retryable: false, details: cause.fault.message }, { cause });
  }
}

function pageIn(body: string): Page | undefined {
  try {
    return Page.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
