import { z } from 'zod';
import { isDeeperThan, MAX_JSON_DEPTH } from '../model/json.ts';
import { statusError, textOf } from './answer.ts';
import type { Clock } from './clock.ts';
import type { GetOptions, HttpAnswer } from './http.ts';
import { HttpError } from './http-error.ts';
import { drop } from './limited-response.ts';
import { nextHop } from './next-hop.ts';
import type { Patience } from './patience.ts';
import { cacheKey, type ResponseCache, type StoredAnswer, storable } from './response-cache.ts';
import { secretsIn } from './sent-secrets.ts';
import { checkedRedirect, checkedUrl, rulesWithin, type UrlRules } from './url-rules.ts';
import type { Hop, Wire } from './wire.ts';

interface DocumentParts {
  readonly wire: Wire;
  readonly rules: UrlRules;
  readonly cache: ResponseCache;
  readonly clock: Clock;
  readonly patience: (options: GetOptions) => Patience;
}

/** What an answer was, and what of it is worth keeping. */
interface Loaded {
  readonly answer: HttpAnswer;
  readonly keep?: StoredAnswer;
}

/** Whole documents: asked for again after failures that pass, and conditionally when an earlier answer is stored. */
export class DocumentClient {
  readonly #parts: DocumentParts;

  constructor(parts: DocumentParts) {
    this.#parts = parts;
  }

  get(url: string, options: GetOptions): Promise<HttpAnswer> {
    return this.#load(url, new Headers(options.headers), options, (answer) => answer);
  }

  getJson<T>(url: string, shape: z.ZodType<T>, options: GetOptions): Promise<T> {
    const headers = new Headers(options.headers);
    if (!headers.has('accept')) headers.set('accept', 'application/json');
    return this.#load(url, headers, options, (answer) => jsonOf(answer, shape, options.maxDepth));
  }

  /** @param read - What it throws counts as the answer's failure; only an answer that it can read is stored. */
  async #load<T>(text: string, headers: Headers, options: GetOptions, read: (answer: HttpAnswer) => T): Promise<T> {
    const { cache } = this.#parts;
    const rules = rulesWithin(this.#parts.rules, options.reach);
    const url = options.from ? checkedRedirect(options.from, text, rules) : checkedUrl(text, rules);
    const hop: Hop = { url, method: 'GET', headers };
    const patience = this.#parts.patience(options);
    const key = cacheKey(hop.url, headers);
    let stored = options.conditional ? await cache.get(key) : undefined;
    for (;;) {
      let loaded: Loaded | undefined;
      try {
        loaded = await this.#ask(hop, options, stored, rules);
        const value = read(loaded.answer);
        if (options.conditional && loaded.keep) await cache.put(key, loaded.keep);
        return value;
      } catch (error) {
        // What was stored is not what is wanted now, and "not modified" would be the answer for ever.
        if (loaded?.answer.notModified) stored = undefined;
        else await patience.afterFailure(withoutSent(error, headers), options.abort);
      }
    }
  }

  async #ask(first: Hop, options: GetOptions, stored: StoredAnswer | undefined, rules: UrlRules): Promise<Loaded> {
    const { timeoutMs, maxBytes, tenant, abort } = options;
    const limits = { timeoutMs, maxBytes, tenant, aborts: [abort] };
    let hop = first;
    for (let followed = 0; ; followed++) {
      const conditional = stored?.url === hop.url.href ? stored : undefined;
      const outcome = await this.#parts.wire.exchange(asking(hop, conditional), limits, async (response) => {
        const next = nextHop(hop, response, followed, rules);
        if (next) drop(response);
        return next ?? (await this.#loadedOf(response, hop, conditional));
      });
      if ('answer' in outcome) return outcome;
      hop = outcome;
    }
  }

  async #loadedOf(response: Response, hop: Hop, stored: StoredAnswer | undefined): Promise<Loaded> {
    const { url, status, headers } = response;
    if (status === 304 && stored) return { answer: unchanged(stored, headers) };
    if (!response.ok) throw await statusError(response, hop.url, this.#parts.clock.now());
    const body = await textOf(response);
    return { answer: { url, status, headers, body, notModified: false }, keep: storable(response, body) };
  }
}

/** What was sent along to the first host counts, whichever failed: that one may have said it in a redirect. */
function withoutSent(error: unknown, headers: Headers): unknown {
  return error instanceof HttpError ? error.without(secretsIn(headers)) : error;
}

function asking(hop: Hop, stored: StoredAnswer | undefined): Hop {
  if (!stored) return hop;
  const headers = new Headers(hop.headers);
  if (stored.etag !== undefined) headers.set('if-none-match', stored.etag);
  if (stored.lastModified !== undefined) headers.set('if-modified-since', stored.lastModified);
  return { ...hop, headers };
}

/** The stored answer, under what the host says now about limits and dates. */
function unchanged({ url, status, headers, body }: StoredAnswer, now: Headers): HttpAnswer {
  const merged = new Headers(now);
  for (const [name, value] of Object.entries(headers)) merged.set(name, value);
  return { url, status, headers: merged, body, notModified: true };
}

function jsonOf<T>({ url, status, headers, body }: HttpAnswer, shape: z.ZodType<T>, maxDepth = MAX_JSON_DEPTH): T {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch (cause) {
    const message = `answers with something that is no JSON (${headers.get('content-type') ?? 'no content type'})`;
    throw new HttpError({ code: 'not-json', url, status, message, details: body, cause });
  }
  // A shape that follows the document down would end in a stack overflow.
  if (isDeeperThan(document, maxDepth)) {
    throw new HttpError({ code: 'bad-shape', url, status, message: `answers with JSON that nests deeper than ${maxDepth} levels` });
  }
  const read = shape.safeParse(document);
  if (read.success) return read.data;
  const places = read.error.issues.slice(0, 3).map(({ path, message }) => `${z.core.toDotPath(path) || 'the whole'}: ${message}`);
  throw new HttpError({
    code: 'bad-shape',
    url,
    status,
    message: 'answers with JSON of another shape than expected',
    details: places.join('; '),
  });
}
