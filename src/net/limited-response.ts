import type { Deadline } from './deadline.ts';
import { HttpError } from './http-error.ts';
import { asHttpError } from './network-error.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Controller = ReadableStreamDefaultController<Bytes>;

/** Statuses whose answers have no body; a `Response` cannot be built with one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * The same answer, with a body that counts what it passes on and ends at the limit. Decoded bytes are counted as they come, so that a small
 * compressed answer that becomes a huge one is cut off early. What the body throws are HttpErrors, or what the deadline's signal was given.
 *
 * @throws HttpError when the answer's own headers say that it is too big.
 */
export function limitedResponse(response: Response, url: URL, maxBytes: number, deadline: Deadline): Response {
  const { status, headers } = response;
  if (status < 200 || status > 599) throw new HttpError({ code: 'bad-status', url, status, message: `answered with the status ${status}` });
  if (Number(headers.get('content-length')) > maxBytes) throw tooBig(url, maxBytes);
  // A reason phrase may hold anything; a Response may not.
  const statusText = response.statusText.replace(/[^\x20-\x7e]/g, '');
  if (!response.body || WITHOUT_BODY.has(status)) {
    deadline.end();
    drop(response);
    return withUrl(new Response(null, { status, statusText, headers }), url);
  }
  const body = limitedStream(response.body, url, maxBytes, deadline);
  return withUrl(new Response(body, { status, statusText, headers }), url);
}

/** Gives up the rest of an answer, so that its connection is not kept waiting. */
export function drop(response: Response): void {
  response.body?.cancel().catch(() => undefined);
}

function limitedStream(source: ReadableStream<Bytes>, url: URL, maxBytes: number, deadline: Deadline): ReadableStream<Bytes> {
  const reader = source.getReader();
  let bytes = 0;
  const fail = (controller: Controller, error: unknown) => {
    controller.error(deadline.stop(error));
    reader.cancel(error).catch(() => undefined);
  };
  async function pull(controller: Controller): Promise<void> {
    try {
      const { value } = await deadline.race(reader.read());
      deadline.touch();
      bytes += value?.byteLength ?? 0;
      if (bytes > maxBytes) return fail(controller, tooBig(url, maxBytes));
      if (value) return controller.enqueue(value);
      deadline.end();
      controller.close();
    } catch (error) {
      fail(controller, deadline.signal.aborted ? deadline.signal.reason : asHttpError(error, url));
    }
  }
  async function cancel(reason: unknown): Promise<void> {
    deadline.end();
    await reader.cancel(reason);
  }
  // Without a buffer of its own: nothing is read that nobody asked for.
  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
}

function tooBig(url: URL, maxBytes: number): HttpError {
  return new HttpError({ code: 'too-big', url, message: `answers with more than ${maxBytes} bytes` });
}

function withUrl(response: Response, url: URL): Response {
  return Object.defineProperty(response, 'url', { value: url.href });
}
