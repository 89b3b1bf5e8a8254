import type { Auth } from '../../model/enumeration.ts';
import type { Fault } from '../../model/fault.ts';
import { visibleText } from '../../model/visible-text.ts';
import { visibleEnd } from '../kept-text.ts';
import type { FailedStatus, Outcome } from '../outcome.ts';
import type { ConnectionEnd } from '../replies.ts';
import type { SessionFailure } from '../session.ts';
import { type Refusal, rpcErrorOf } from './refusal.ts';

/** What was seen of a connection that listed nothing. */
export interface RemoteObservation {
  readonly subject: string;
  readonly failure: SessionFailure;
  readonly refusal?: Refusal;
  /** Where it asks for a login. */
  readonly auth?: Auth;
  readonly timeoutMs: number;
}

const MAX_DETAIL_BYTES = 2_048;
const MAX_SAID = 200;

// Said in the error of a server that lists nothing to strangers, without a status that says so.
const LOGIN =
  /\bunauthori[sz]ed\b|\b(?:un)?authenticat(?:ion|ed?)\b|\bauthorization\b|\bapi[\s_-]?keys?\b|\b(?:access|auth|bearer)[\s_-]?tokens?\b|\bcredentials?\b|\b(?:log|sign)[\s-]?in\b/i;

/** The HTTP status of a refusal that asks for a login; 200 for one that came as an answer of the protocol. */
export function loginStatus({ failure, refusal }: Pick<RemoteObservation, 'failure' | 'refusal'>): number | undefined {
  if (failure.kind === 'error') return LOGIN.test(failure.message) ? 200 : undefined;
  if (refusal?.kind !== 'status') return undefined;
  const { status, body } = refusal;
  if (status === 401 || status === 403) return status;
  return (status === 400 || status === 422) && LOGIN.test(body) ? status : undefined;
}

/** From what was seen to what it means. */
export function judgeRemote(seen: RemoteObservation): Outcome {
  const { failure, refusal, auth } = seen;
  if (auth) return outcome(seen, 'needs-auth', ...wanted(auth));
  if (failure.kind === 'error') return outcome(seen, 'protocol-error', 'answered-error', errorText(failure));
  if (failure.kind === 'unusable') return outcome(seen, 'protocol-error', 'bad-answer', failure.message);
  if (refusal) return refused(seen, refusal);
  return ended(seen, failure.end);
}

function wanted({ posture, status, authorizationServers, scopes }: Auth): [code: string, message: string] {
  if (posture === 'forbidden') {
    return [
      'forbidden',
      `It refuses strangers (HTTP ${status}), and does not say that a login would help. Ask its operator, or list it from where it is used.`,
    ];
  }
  if (posture === 'token') {
    return [
      'credentials-asked',
      'It lists nothing without a credential, and does not say where to get one; its documentation may. Assay never sends any.',
    ];
  }
  const where = authorizationServers?.length ? ` at ${shown(authorizationServers.join(', '))}` : '';
  const scope = scopes?.length ? ` with scope ${shown(scopes.join(' '))}` : '';
  return [
    'login-asked',
    `It lists nothing without an OAuth login${where}${scope}. Assay never logs in: list it with a client of yours that has.`,
  ];
}

/** The start of what a server says, for a message. */
function shown(text: string): string {
  return visibleText(text.slice(0, MAX_SAID));
}

function refused(seen: RemoteObservation, refusal: Refusal): Outcome {
  switch (refusal.kind) {
    case 'fault':
      return { status: statusOfFault(refusal.fault), fault: { ...refusal.fault, subject: seen.subject } };
    case 'status':
      return ofStatus(seen, refusal);
    case 'content':
      return outcome(
        seen,
        'protocol-error',
        'not-the-protocol',
        `It answered with ${refusal.contentType ? shown(refusal.contentType) : 'nothing'} that is no message of the protocol. The address may be a web page's.`,
      );
    case 'endpoint':
      return outcome(
        seen,
        'protocol-error',
        'bad-endpoint',
        `Its event stream gives no address that may be sent to: ${shown(refusal.message)}`,
      );
  }
}

const REFUSED: ReadonlySet<string> = new Set([
  'private-address',
  'insecure-url',
  'redirect-refused',
  'too-many-redirects',
  'bad-url',
  'opted-out',
]);

/** The rest of what `src/net` finds wrong is about the way to the host. */
function statusOfFault({ code }: Fault): FailedStatus {
  if (REFUSED.has(code)) return 'refused';
  if (code === 'timeout') return 'timeout';
  return code === 'too-big' ? 'protocol-error' : 'unreachable';
}

function ofStatus(seen: RemoteObservation, refusal: Extract<Refusal, { kind: 'status' }>): Outcome {
  const { status, headers } = refusal;
  const error = rpcErrorOf(refusal);
  if (!error && (status === 404 || status === 410))
    return outcome(seen, 'unreachable', 'not-found', `There is no server at its address (HTTP ${status}).`);
  if (status === 429)
    return outcome(seen, 'unreachable', 'rate-limited', `It lets nobody in for now (HTTP 429)${askedWait(headers)}.`, true);
  if (status >= 500) return outcome(seen, 'unreachable', 'server-error', `Its host answers HTTP ${status}${askedWait(headers)}.`, true);
  const said = error ? `: ${errorText(error)}` : '.';
  return outcome(seen, 'protocol-error', 'bad-status', `It answered HTTP ${status}${said}`);
}

/** Seconds or a date, as the host wrote it. */
function askedWait(headers: Headers): string {
  const after = headers.get('retry-after');
  if (!after) return '';
  return /^\d{1,9}$/.test(after) ? ` and asks to be left alone for ${after} s` : ` and asks to be left alone until ${shown(after)}`;
}

function errorText({ code, message }: { readonly code: number; readonly message: string }): string {
  return `It answered with error ${code}: ${shown(message)}`;
}

function ended(seen: RemoteObservation, end: ConnectionEnd): Outcome {
  if (end === 'timeout') return outcome(seen, 'timeout', 'no-answer', `It gave no answer within ${seen.timeoutMs / 1_000} s.`, true);
  if (end === 'frame-too-big') return outcome(seen, 'protocol-error', end, 'It sent a longer message than is accepted from a server.');
  if (end === 'session-too-big') return outcome(seen, 'protocol-error', end, 'It sent more than is accepted from a server.');
  if (end === 'unreadable') return outcome(seen, 'protocol-error', end, 'What it sent could not be read.');
  return outcome(seen, 'protocol-error', 'stream-closed', 'It ended its event stream without an answer.', true);
}

function outcome(seen: RemoteObservation, status: FailedStatus, code: string, message: string, retryable = false): Outcome {
  const { refusal } = seen;
  const details = refusal && 'body' in refusal ? visibleEnd(refusal.body.slice(0, MAX_DETAIL_BYTES), MAX_DETAIL_BYTES) : '';
  return { status, fault: { code, subject: seen.subject, message, retryable, ...(details && { details }) } };
}
