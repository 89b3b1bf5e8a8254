import { randomUUID } from 'node:crypto';
import type { Octokit } from 'octokit';
import type { z } from 'zod';
import { type Fault, FaultError } from '../../src/model/fault.ts';
import type { Http } from '../../src/net/http.ts';
import { HttpError } from '../../src/net/http-error.ts';
import { LimitWaits } from './limit-waits.ts';
import type { Pace, Resource } from './pace.ts';
import { pause, untilAborted } from './pause.ts';

/** Pinned: another version is another shape. https://docs.github.com/rest/about-the-rest-api/api-versions */
export const API_VERSION = '2022-11-28';

/** As Octokit's own list, and 429: trying again after 1, 4 and 9 s would be going on while limited. */
const NOT_TRIED_AGAIN = [400, 401, 403, 404, 410, 422, 429, 451];

/** "If retry-after is absent, wait at least one minute", and then exponentially. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const SECONDARY_LIMIT_S = 60;
const LONGEST_WAIT_S = 900;

/** An answer that is not what was asked for (HTML, half a document) is asked for again after 1, 4 and 9 s. */
const MAX_TRIES = 4;

/** How GitHub is reached in one pass. */
export interface GithubAccess {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly token: string;
  /** The environment variable that it is from. */
  readonly tokenVariable: string;
  readonly http: Http;
  readonly abort: AbortSignal;
  readonly pace: Pace;
}

interface ApiAnswer<T> {
  readonly data: T;
  readonly hasNext: boolean;
  /** The host's own clock. */
  readonly date?: string;
}

/** What GitHub is asked through Octokit: it waits for limits, however long, but not for the same one for ever. */
export interface GithubApi {
  /** @throws ApiError; FaultError `rate-limited` when GitHub does not stop limiting it. */
  request<T>(resource: Resource, route: string, parameters: Readonly<Record<string, unknown>>, shape: z.ZodType<T>): Promise<ApiAnswer<T>>;
}

/** Carries the status besides the fault: 502 of GraphQL asks for less, 404 for nothing more. */
export class ApiError extends FaultError {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(fault: Fault, status: number, options?: ErrorOptions) {
    super(fault, options);
    this.status = status;
  }
}

/** Loads Octokit, which nothing else needs. */
export async function openGithubApi(access: GithubAccess): Promise<GithubApi> {
  const { baseUrl, token, http, abort } = access;
  const { Octokit } = await import('octokit');
  const octokit = new Octokit({
    auth: token,
    baseUrl,
    request: { fetch: http.fetch, signal: abort },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    retry: { doNotRetry: NOT_TRIED_AGAIN },
    throttle: throttleOptions(),
  });
  return { request: (resource, route, parameters, shape) => request(octokit, access, { resource, route, parameters, shape }) };
}

function ignore(): void {}

/** What Octokit tells of a request: its options, with what we gave it. */
interface Limited {
  readonly request: { readonly waits: LimitWaits };
}

/** The waiting is done in the handlers, where the abort can end it; Octokit itself is then to wait no more. */
function throttleOptions() {
  const waited = ({ request: { waits } }: Limited, seconds: number) =>
    waits.wait(seconds).then(
      () => true,
      () => false,
    );
  return {
    // Octokit keeps its queues for the whole process: a stopped pass must not hold up the next.
    id: randomUUID(),
    retryAfterBaseValue: 0,
    onRateLimit: (retryAfterS: number, limited: unknown) => waited(limited as Limited, retryAfterS),
    onSecondaryRateLimit: (retryAfterS: number, limited: unknown) =>
      waited(limited as Limited, Math.max(retryAfterS, secondaryWaitS((limited as Limited).request.waits.count))),
  };
}

function secondaryWaitS(retryCount: number): number {
  return retryCount === 0 ? 0 : Math.min(SECONDARY_LIMIT_S * 2 ** retryCount, LONGEST_WAIT_S);
}

interface Question<T> {
  readonly resource: Resource;
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly shape: z.ZodType<T>;
}

async function request<T>(octokit: Octokit, access: GithubAccess, question: Question<T>): Promise<ApiAnswer<T>> {
  const { abort, pace, tokenVariable } = access;
  const waits = new LimitWaits(question.route, abort);
  for (let misread = 0; ; ) {
    abort.throwIfAborted();
    await pace.turn(question.resource);
    try {
      return await ask(octokit, access, question, waits);
    } catch (error) {
      abort.throwIfAborted();
      if (waits.isOver) throw waits.overFault(error);
      if (error instanceof Misread) {
        if (++misread === MAX_TRIES) throw new ApiError(misreadFault(question, error), 200, { cause: error });
        await pause(misread ** 2 * 1_000, abort);
      } else {
        const waitS = limitWaitS(error, waits.count);
        if (waitS === undefined) throw apiError(error, question.route, tokenVariable);
        await waits.wait(waitS);
      }
    }
  }
}

/** An answer that is not of the shape that was asked for. */
class Misread extends Error {}

async function ask<T>(octokit: Octokit, { pace, abort }: GithubAccess, question: Question<T>, waits: LimitWaits): Promise<ApiAnswer<T>> {
  const { parameters, route } = question;
  // A class's object is passed on as it is, as the signal is; plain ones are copied.
  const request = { ...(parameters['request'] as object | undefined), waits };
  const headers = { 'x-github-api-version': API_VERSION };
  const answer = await untilAborted(octokit.request(route, { ...parameters, request, headers }), abort);
  const { date, link } = answer.headers;
  pace.note(question.resource, answer.headers);
  const read = question.shape.safeParse(answer.data);
  if (!read.success) throw new Misread(read.error.issues[0]?.message);
  return { data: read.data, hasNext: /rel="next"/.test(link ?? ''), ...(date !== undefined && { date }) };
}

function misreadFault({ route }: Question<unknown>, { message }: Misread): Fault {
  return {
    code: 'bad-shape',
    subject: route,
    message: `GitHub answered ${MAX_TRIES} times with something else than was asked for.`,
    retryable: true,
    details: message.slice(0, 500),
  };
}

/** What Octokit's errors have, of whichever copy of the class they are. */
interface RequestFailure {
  readonly status: number;
  readonly message: string;
  readonly cause?: unknown;
  readonly response?: { readonly headers: Readonly<Record<string, string | undefined>> };
}

function isRequestFailure(error: unknown): error is RequestFailure {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/** How long to wait after a limit that Octokit does not know as one, because a proxy before GitHub set it, in other words, or our own client heeds it. */
function limitWaitS(error: unknown, retryCount: number): number | undefined {
  if (!isRequestFailure(error)) return undefined;
  if (error.cause instanceof HttpError && error.cause.fault.code === 'rate-limited') return heldForS(error.cause, retryCount);
  const retryAfterS = Number(error.response?.headers['retry-after']);
  const asked = Number.isFinite(retryAfterS) && retryAfterS > 0;
  if (error.status !== 429 && !(error.status === 403 && asked)) return undefined;
  return Math.max(asked ? retryAfterS : SECONDARY_LIMIT_S, secondaryWaitS(retryCount));
}

/** How long our own client holds the host back, or a minute and more where it does not say. */
export function heldForS({ askedUntil }: HttpError, retryCount: number): number {
  if (askedUntil !== undefined) return Math.max(1, (askedUntil - Date.now()) / 1_000);
  return Math.max(SECONDARY_LIMIT_S, secondaryWaitS(retryCount));
}

function apiError(error: unknown, route: string, tokenVariable: string): unknown {
  if (!isRequestFailure(error)) return error;
  // Octokit wraps what its fetch throws, as status 500.
  if (error.cause instanceof FaultError) return error.cause;
  return new ApiError(faultOf(error, route, tokenVariable), error.status, { cause: error });
}

function faultOf({ status, message, response }: RequestFailure, route: string, tokenVariable: string): Fault {
  const subject = route;
  if (status === 401) {
    return {
      code: 'unauthorized',
      subject,
      message: `GitHub does not accept the token: set ${tokenVariable} to a valid one.`,
      retryable: false,
    };
  }
  if (!response)
    return { code: 'unreachable', subject, message: 'GitHub could not be reached.', retryable: true, details: message.slice(0, 500) };
  return { code: 'bad-status', subject, message: `GitHub answered ${status}.`, retryable: status >= 500, details: message.slice(0, 500) };
}
