import { createHash } from 'node:crypto';

/** An answer worth asking for again with "only if it has changed". */
export interface StoredAnswer {
  /** Where it came from after redirects: its validator means something only there. */
  readonly url: string;
  readonly status: number;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Those of the answer that a caller may need, lower case: `content-type`, `link`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers with a validator, kept between runs. The newest one of a key counts. */
export interface ResponseCache {
  /** @param key - See {@link cacheKey}: hexadecimal, always 64 characters. */
  get(key: string): Promise<StoredAnswer | undefined>;
  put(key: string, answer: StoredAnswer): Promise<void>;
}

const KEPT_HEADERS = ['content-type', 'link'];
const MAX_VALIDATOR = 1_000;
/** Of one body, in characters. */
const MAX_BODY = 4 * 1024 * 1024;

/** Everything that an answer depends on: the URL and all headers that the caller gave. Hashed, since a token is among them. */
export function cacheKey(url: URL, headers: Headers): string {
  return createHash('sha256')
    .update(JSON.stringify([url.href, [...headers]]))
    .digest('hex');
}

/** @returns Nothing for an answer that cannot be asked about again, or is not to be kept. */
export function storable({ url, status, headers }: Response, body: string): StoredAnswer | undefined {
  const etag = validatorOf(headers.get('etag'));
  const lastModified = validatorOf(headers.get('last-modified'));
  const mayKeep = status === 200 && body.length <= MAX_BODY && !/\bno-store\b/i.test(headers.get('cache-control') ?? '');
  if (!mayKeep || (etag === undefined && lastModified === undefined)) return undefined;
  const kept = KEPT_HEADERS.flatMap((name) => [[name, headers.get(name)] as const]).filter(([, value]) => value !== null);
  return { url, status, etag, lastModified, headers: Object.fromEntries(kept) as Record<string, string>, body };
}

function validatorOf(text: string | null): string | undefined {
  return text && text.length <= MAX_VALIDATOR ? text : undefined;
}

/** For one process: the answers used last, bodies of `maxCharacters` together. */
export function memoryCache(maxCharacters = 32 * 1024 * 1024): ResponseCache {
  const answers = new Map<string, StoredAnswer>();
  let characters = 0;
  function remove(key: string): void {
    characters -= answers.get(key)?.body.length ?? 0;
    answers.delete(key);
  }
  return {
    async get(key) {
      const answer = answers.get(key);
      if (!answer) return undefined;
      answers.delete(key);
      answers.set(key, answer);
      return answer;
    },
    async put(key, answer) {
      remove(key);
      answers.set(key, answer);
      characters += answer.body.length;
      for (const oldest of answers.keys()) {
        if (characters <= maxCharacters) break;
        remove(oldest);
      }
    },
  };
}
