import { askedUntil, isLimit } from './asked-wait.ts';
import { HttpError } from './http-error.ts';

/** Of an unwanted answer: enough for its words, which may say that a limit was met. */
const EXCERPT_BYTES = 4_096;
/** Others of the 4xx and 5xx say the same again. */
const WORTH_A_RETRY = new Set([429, 500, 502, 503, 504]);

export async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) text += decoder.decode(bytes, { stream: true });
  return text + decoder.decode();
}

/** An answer that is no 2xx, as an error. */
export async function statusError(response: Response, url: URL, now: number): Promise<HttpError> {
  const { status, headers } = response;
  const details = await startOf(response);
  if (isLimit(status, headers, now, details)) {
    const until = askedUntil(status, headers, now);
    const message = `limits requests and wants to be left alone ${until === undefined ? 'for a while' : `until ${new Date(until).toISOString()}`}`;
    return new HttpError({ code: 'rate-limited', url, status, details, askedUntil: until, message });
  }
  if (status === 401 || status === 407) return new HttpError({ code: 'unauthorized', url, status, details, message: 'wants a login' });
  const retryable = WORTH_A_RETRY.has(status);
  return new HttpError({ code: 'bad-status', url, status, details, retryable, message: `answered with the status ${status}` });
}

/** Never throws: how the rest of an unwanted answer fails is not what is wrong with it. */
async function startOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= EXCERPT_BYTES) break;
    }
  } catch {
    return text;
  }
  return text.slice(0, EXCERPT_BYTES);
}
