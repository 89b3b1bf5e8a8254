/** The longest that a host is believed, whatever it says. */
const MAX_WAIT_MS = 24 * 60 * 60 * 1000;
/** A limit that is over at a second may still be counted in it. */
const RESET_MARGIN_MS = 1_000;
/** Smaller numbers are seconds from now, larger ones are milliseconds of the epoch: hosts use all three. */
const FIRST_EPOCH_SECONDS = 1e8;
const LAST_EPOCH_SECONDS = 1e11;
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;
/** GitHub says it only in the message: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const LIMIT_WORDING = /secondary rate|rate limit|abuse detection/i;

/** @param bodyStart - Where the words of a 403 are; may be left out. */
export function isLimit(status: number, headers: Headers, now: number, bodyStart = ''): boolean {
  if (status === 429) return true;
  if (status === 503) return retryAfter(headers, now) !== undefined;
  return status === 403 && (retryAfter(headers, now) !== undefined || isExhausted(headers) || LIMIT_WORDING.test(bodyStart));
}

/**
 * When the host wants the next request, in epoch milliseconds: after a limit was met by what the answer says, after any other answer only when it was
 * the last one allowed. Nothing when it does not say, or says "now" or a time that is over.
 */
export function askedUntil(status: number, headers: Headers, now: number): number | undefined {
  if (isLimit(status, headers, now)) return retryAfter(headers, now) ?? (isExhausted(headers) ? resetOf(headers, now) : undefined);
  // A host with several budgets behind one name (GitHub's search, core, graphql) says nothing about the others when one is used up.
  return isExhausted(headers) && !headers.has('x-ratelimit-resource') ? resetOf(headers, now) : undefined;
}

/** Seconds or an HTTP date. */
function retryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (HTTP_DATE.test(text)) return inFuture(Date.parse(text), now);
  return inFuture(now + secondsOf(text) * 1000, now);
}

function isExhausted(headers: Headers): boolean {
  return remainingOf(headers) === 0;
}

function remainingOf(headers: Headers): number {
  const plain = headers.get('x-ratelimit-remaining') ?? headers.get('ratelimit-remaining');
  return secondsOf(plain ?? parameterOf(headers, 'r|remaining') ?? '');
}

function resetOf(headers: Headers, now: number): number | undefined {
  const text = headers.get('x-ratelimit-reset') ?? headers.get('ratelimit-reset') ?? parameterOf(headers, 't|reset') ?? '';
  const value = secondsOf(text.trim());
  if (value < FIRST_EPOCH_SECONDS) return inFuture(now + value * 1000 + RESET_MARGIN_MS, now + RESET_MARGIN_MS);
  return inFuture((value < LAST_EPOCH_SECONDS ? value * 1000 : value) + RESET_MARGIN_MS, now);
}

/** `RateLimit: "default";r=0;t=30` and its older form `limit=100, remaining=0, reset=30`. */
function parameterOf(headers: Headers, names: string): string | undefined {
  return new RegExp(`(?:^|[;,\\s])(?:${names})=(\\d+)`).exec(headers.get('ratelimit') ?? '')?.[1];
}

/** NaN for anything but a number without a sign. */
function secondsOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

function inFuture(until: number, now: number): number | undefined {
  return until > now ? Math.min(until, now + MAX_WAIT_MS) : undefined;
}
