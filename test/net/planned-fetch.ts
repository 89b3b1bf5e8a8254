import { setImmediate as macrotask } from 'node:timers/promises';
import { expect } from 'vitest';
import { createHttp, type HttpParts } from '../../src/net/create-http.ts';
import type { Http } from '../../src/net/http.ts';
import { HttpError } from '../../src/net/http-error.ts';

export const START = Date.parse('2026-11-21T00:00:00.000Z');
export const USER_AGENT = 'assay/test (+https://assay.example)';

/** What is answered to one request, or thrown. */
export type Planned = Response | Error | ((request: SentRequest) => Response | Promise<Response>);

interface SentRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal;
  readonly at: number;
}

/** A clock that moves on to the next sleeper when nothing else is left to do. The waits are written down in the order they began. */
export function testClock() {
  let now = START;
  const waits: number[] = [];
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  async function moveOn(): Promise<void> {
    await macrotask();
    sleepers.sort((a, b) => a.until - b.until);
    const next = sleepers.shift();
    now = Math.max(now, next?.until ?? now);
    next?.wake();
  }
  return {
    waits,
    now: () => now,
    async sleep(ms: number, abort?: AbortSignal): Promise<void> {
      abort?.throwIfAborted();
      waits.push(ms);
      const { promise, resolve } = Promise.withResolvers<void>();
      sleepers.push({ until: now + ms, wake: resolve });
      void moveOn();
      await promise;
      abort?.throwIfAborted();
    },
  };
}

/** A client over a network that answers exactly what is planned, in this order; the last plan may not be left over, and nothing else may be asked. */
export function plannedHttp(plan: readonly Planned[], parts: Partial<HttpParts> = {}) {
  const clock = testClock();
  const sent: SentRequest[] = [];
  async function fetch(url: string, init: RequestInit): Promise<Response> {
    const { method = 'GET', headers, body, signal } = init;
    const request = { url, method, headers: new Headers(headers), body, signal: signal as AbortSignal, at: clock.now() - START };
    const answer = plan[sent.length];
    sent.push(request);
    if (answer === undefined) throw new Error(`nobody planned a request for ${url}`);
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer(request) : answer.clone();
  }
  const http = createHttp({ fetch, userAgent: USER_AGENT, clock, random: () => 0.5, ...parts });
  const expectAllUsed = () => expect(sent.map(({ url }) => url)).toHaveLength(plan.length);
  return { http, sent, clock, expectAllUsed };
}

/** @returns What a get came to: the body, or the fault. */
export async function outcomeOf(http: Http, url: string, options: Partial<Parameters<Http['get']>[1]> = {}) {
  try {
    return { body: (await http.get(url, { abort: never, ...options })).body };
  } catch (error) {
    return { ...faultOf(error), error: error as HttpError };
  }
}

export function faultOf(error: unknown): HttpError['fault'] {
  if (error instanceof HttpError) return error.fault;
  throw error;
}

/** Never fires. */
export const never = new AbortController().signal;

export function reply(status: number, body: string | null = '', headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers });
}

export function networkError(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}
