import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type Fault, FaultError } from '../../model/fault.ts';
import type { Http } from '../../net/http.ts';
import type { InstallLimits } from './bounded-run.ts';

export interface Download {
  readonly url: string;
  /** On this machine; must not be there yet. */
  readonly file: string;
  /** Of the fault. */
  readonly subject: string;
  readonly http: Http;
  readonly reach?: 'public';
  readonly limits: InstallLimits;
  readonly abort: AbortSignal;
}

const IDLE_MS = 30_000;
/** Code hosts send a release's file from another host. */
const MAX_REDIRECTS = 3;

/**
 * Brings a file, within the limits.
 *
 * @returns Why it could not be had.
 * @throws what `abort` was given; Error of the file system.
 */
export async function download(request: Download): Promise<Fault | undefined> {
  try {
    const answer = await follow(request);
    if (!answer.ok || !answer.body) {
      await answer.body?.cancel();
      return failed(request, `answered with the status ${answer.status}`, answer.status >= 500 || answer.status === 429);
    }
    const body = Readable.fromWeb(answer.body as ReadableStream);
    await pipeline(body, createWriteStream(request.file, { flags: 'wx', mode: 0o600 }));
    return undefined;
  } catch (cause) {
    request.abort.throwIfAborted();
    if (cause instanceof FaultError) return { ...cause.fault, subject: request.subject };
    throw cause;
  }
}

/** Another origin is asked like any stranger's: no exception that was made for the first holds there. */
async function follow({ url, http, reach, limits, abort }: Download): Promise<Response> {
  const bounds = { abort, timeoutMs: limits.timeoutMs, idleMs: IDLE_MS, maxBytes: limits.maxBytes };
  const first = URL.parse(url)?.origin;
  let next = url;
  for (let followed = 0; ; followed += 1) {
    const isFirst = URL.parse(next)?.origin === first;
    const within = isFirst ? reach : ('public' as const);
    const answer = await http.fetchWith({ ...bounds, ...(within && { reach: within }) })(next, { redirect: 'manual' });
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    const target = location === null ? null : URL.parse(location, next);
    if (!target || followed >= MAX_REDIRECTS) return answer;
    await answer.body?.cancel();
    next = target.href;
  }
}

function failed({ url, subject }: Download, what: string, retryable: boolean): Fault {
  return { code: 'download-failed', subject, message: `${URL.parse(url)?.host ?? 'Its host'} ${what}.`, retryable };
}
