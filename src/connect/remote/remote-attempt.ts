import type { Attempt, Auth } from '../../model/enumeration.ts';
import type { Fault } from '../../model/fault.ts';
import type { Transport } from '../../model/registry-entry.ts';
import type { Http } from '../../net/http.ts';
import { closedInTime, type Tried } from '../attempt.ts';
import { visibleEnd } from '../kept-text.ts';
import type { EnumerationLimits } from '../limits.ts';
import { listTools, type SessionFailure, type SessionResult } from '../session.ts';
import { demandedAuth } from './auth-posture.ts';
import { listToolsOfNewest } from './newest-revision.ts';
import type { Refusal } from './refusal.ts';
import { RemoteConnection } from './remote-connection.ts';
import { judgeRemote, loginStatus } from './remote-outcome.ts';
import { type Manner, transportFor } from './transports.ts';

export interface RemoteContext {
  readonly http: Http;
  readonly limits: EnumerationLimits;
  readonly abort: AbortSignal;
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

/**
 * Connects once, lists the tools and closes, whatever the server does.
 *
 * @throws what `abort` was given, after the connection is gone.
 */
export async function connectOnce(connect: Connect, timeoutMs: number, context: RemoteContext): Promise<RemoteTried> {
  const startedAt = performance.now();
  const { session, refusal } = await talk(connect, timeoutMs, context);
  context.abort.throwIfAborted();
  const failure = session.listed ? undefined : session.failure;
  const auth = failure && (await askedAuth(connect.url, failure, refusal, context));
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
  { http, limits, abort }: RemoteContext,
): Promise<{ readonly session: SessionResult; readonly refusal: Refusal | undefined }> {
  const fetch = http.fetchWith({ maxBytes: limits.maxSessionBytes, timeoutMs, maxWaitMs: timeoutMs, abort });
  const connection = new RemoteConnection(await transportFor(manner, url), fetch, limits);
  const list = manner === 'newest' ? listToolsOfNewest : listTools;
  try {
    const session = await closedInTime(connection, timeoutMs, abort, async () => {
      await connection.open();
      return list(connection, subject, limits);
    });
    return { session, refusal: connection.refusal };
  } finally {
    await connection.leave();
  }
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

async function askedAuth(
  url: URL,
  failure: SessionFailure,
  refusal: Refusal | undefined,
  context: RemoteContext,
): Promise<Auth | undefined> {
  const status = loginStatus({ failure, ...(refusal && { refusal }) });
  if (status === undefined) return undefined;
  return demandedAuth({ url, status, headers: refusal?.kind === 'status' ? refusal.headers : new Headers() }, context);
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
