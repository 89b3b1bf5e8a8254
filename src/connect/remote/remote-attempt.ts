import type { Attempt, Auth } from '../../model/enumeration.ts';
import type { Fault } from '../../model/fault.ts';
import type { Transport } from '../../model/registry-entry.ts';
import type { Http, Tenant } from '../../net/http.ts';
import { closedInTime, type Tried } from '../attempt.ts';
import { visibleEnd } from '../kept-text.ts';
import type { EnumerationLimits } from '../limits.ts';
import { type ClientInfo, listTools, type SessionFailure, type SessionResult } from '../session.ts';
import { demandedAuth } from './auth-posture.ts';
import { listToolsOfNewest } from './newest-revision.ts';
import type { OwnTime } from './own-time.ts';
import type { Refusal } from './refusal.ts';
import { RemoteConnection } from './remote-connection.ts';
import { judgeRemote, loginStatus } from './remote-outcome.ts';
import { type Manner, transportFor } from './transports.ts';

export interface RemoteContext {
  readonly http: Http;
  readonly limits: EnumerationLimits;
  readonly abort: AbortSignal;
  /** Who calls, where that is not to be Assay; the `User-Agent` header says so all the same. */
  readonly client?: ClientInfo;
  /** `public` for remotes that only a stranger named: what the settings allow besides public hosts is not for them. */
  readonly reach?: 'public';
}

/** One look at a remote, in one or more connections. */
export interface Visit extends RemoteContext {
  readonly time: OwnTime;
  readonly tenant: Tenant;
}

/** One way to connect. */
export interface Connect {
  readonly rung: Attempt['rung'];
  readonly manner: Manner;
  readonly url: URL;
  /** The remote, for faults. */
  readonly subject: string;
}

/** One connection, over and closed. */
export interface RemoteTried extends Tried {
  readonly manner: Manner;
  readonly refusal?: Refusal;
  /** The answer to the first message was an error of the protocol. */
  readonly rpcError?: { readonly code: number };
  /** Of one that asks for a login. */
  readonly auth?: Auth;
}

const MAX_RECORDED_BYTES = 4_096;
/** Of a request beyond the connection's, so that the connection is what runs out: it says so in words of its own. */
const SPARE_MS = 1_000;

/**
 * Connects once, lists the tools and closes, whatever the server does.
 *
 * @param timeoutMs - Of the server's own time.
 * @throws what `abort` was given, after the connection is gone.
 */
export async function connectOnce(connect: Connect, timeoutMs: number, visit: Visit): Promise<RemoteTried> {
  const startedAt = performance.now();
  const { session, refusal } = await talk(connect, timeoutMs, visit);
  visit.abort.throwIfAborted();
  const failure = session.listed ? undefined : session.failure;
  const auth = failure && (await askedAuth(connect.url, failure, refusal, visit));
  const seen = { subject: connect.subject, timeoutMs, ...(refusal && { refusal }), ...(auth && { auth }) };
  const result = session.listed ? listed(session, refusal) : judgeRemote({ ...seen, failure: session.failure });
  return {
    attempt: attemptOf(connect.rung, result, refusal, Math.round(performance.now() - startedAt)),
    result,
    text: '',
    manner: connect.manner,
    ...(refusal && { refusal }),
    ...(failure?.kind === 'error' && { rpcError: { code: failure.code } }),
    ...(auth && { auth }),
  };
}

/** What it is spoken to by, in the words of the catalogue. */
export function transportOf({ manner }: RemoteTried): Transport {
  return manner === 'sse' ? 'sse' : 'streamable-http';
}

async function talk(
  { manner, url, subject }: Connect,
  timeoutMs: number,
  { http, limits, abort, client, reach, time, tenant }: Visit,
): Promise<{ readonly session: SessionResult; readonly refusal: Refusal | undefined }> {
  const waits = { timeoutMs: timeoutMs + SPARE_MS, maxWaitMs: timeoutMs, abort };
  const fetch = http.fetchWith({ maxBytes: limits.maxSessionBytes, ...waits, tenant, ...(reach && { reach }) });
  const connection = new RemoteConnection(await transportFor(manner, url), fetch, limits);
  const list = manner === 'newest' ? listToolsOfNewest : listTools;
  let isItsTimeUp = false;
  const forget = time.alarm(timeoutMs, () => {
    isItsTimeUp = true;
    connection.close('timeout');
  });
  try {
    const session = await closedInTime(connection, timeoutMs + limits.turnsMs - time.waitedMs, abort, async () => {
      await connection.open();
      return list(connection, subject, limits, client);
    });
    const isCrowdedOut = !isItsTimeUp && !session.listed && session.failure.kind === 'end' && session.failure.end === 'timeout';
    return { session, refusal: isCrowdedOut ? crowdedOut(subject, limits.turnsMs) : ofThisVisit(connection.refusal, time) };
  } finally {
    forget();
    await connection.leave();
  }
}

function crowdedOut(subject: string, turnsMs: number): Refusal {
  const message = `Its host has so many others to answer that it could not be asked within ${turnsMs / 1_000} s.`;
  return { kind: 'fault', fault: { code: 'not-asked', subject, message, retryable: true } };
}

/** Where nothing was sent, a wait that it asked for earlier, in another look, is no failure of it. */
function ofThisVisit(refusal: Refusal | undefined, time: OwnTime): Refusal | undefined {
  if (refusal?.kind !== 'fault' || refusal.fault.code !== 'rate-limited' || time.turns > 0) return refusal;
  return { ...refusal, fault: { ...refusal.fault, code: 'not-asked' } };
}

function listed({ listing, fault }: Extract<SessionResult, { listed: true }>, refusal: Refusal | undefined): Tried['result'] {
  return { listing, ...(fault && { fault: refusal ? withReason(fault, refusal) : fault }) };
}

/** A list that broke off where the host refused the next page. */
function withReason(fault: Fault, refusal: Refusal): Fault {
  if (refusal.kind === 'fault') return { ...fault, details: refusal.fault.message };
  if (refusal.kind === 'status')
    return { ...fault, message: `The list is not whole: before its last page it answered HTTP ${refusal.status}.` };
  return { ...fault, message: 'The list is not whole: before its last page it answered with something else than the protocol.' };
}

async function askedAuth(url: URL, failure: SessionFailure, refusal: Refusal | undefined, visit: Visit): Promise<Auth | undefined> {
  const status = loginStatus({ failure, ...(refusal && { refusal }) });
  if (status === undefined) return undefined;
  return demandedAuth({ url, status, headers: refusal?.kind === 'status' ? refusal.headers : new Headers() }, visit);
}

function attemptOf(rung: Attempt['rung'], result: Tried['result'], refusal: Refusal | undefined, durationMs: number): Attempt {
  const noise = refusal && 'body' in refusal ? visibleEnd(refusal.body.slice(0, MAX_RECORDED_BYTES), MAX_RECORDED_BYTES) : '';
  return {
    rung,
    args: [],
    environmentNames: [],
    status: 'status' in result ? result.status : result.fault ? 'partial' : 'complete',
    toolCount: 'listing' in result ? result.listing.tools.length : 0,
    durationMs,
    exitCode: null,
    ...(result.fault && { fault: result.fault }),
    stderr: '',
    noise,
  };
}
