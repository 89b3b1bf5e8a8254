import type { FAILED_STATUSES } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import { visibleEnd } from './kept-text.ts';
import { asksForNewerNode, namedNodeVersion } from './node-version.ts';
import type { ConnectionEnd } from './replies.ts';
import type { SandboxExit } from './sandbox/sandbox.ts';
import type { SessionFailure } from './session.ts';

export type FailedStatus = (typeof FAILED_STATUSES)[number];

/** What was seen of a start that listed nothing. */
export interface Observation {
  readonly subject: string;
  readonly failure: SessionFailure;
  /** How the process ended of itself; absent when it was still running. */
  readonly exit?: SandboxExit;
  /** What it wrote to stderr and outside the protocol. */
  readonly text: string;
  /** Whether it wrote to stdout, and nothing of it was the protocol. */
  readonly isGarbled: boolean;
  readonly timeoutMs: number;
}

export interface Outcome {
  readonly status: FailedStatus;
  readonly fault: Fault;
}

const MAX_DETAIL_BYTES = 2_048;

/** From what was seen to what it means. What the server says of itself outranks how it ended: a server that waits for ever for its database needs a database. */
export function judge(seen: Observation): Outcome {
  if (seen.exit?.spawnError) return outcome(seen, 'crashed', 'not-started', `It could not be started: ${seen.exit.spawnError}.`);
  if (seen.exit?.exceeded === 'memory') {
    return outcome(seen, 'crashed', 'memory-limit', 'It and its processes used more memory than a server may, and were stopped.');
  }
  if (seen.failure.kind === 'end' && isOverflow(seen.failure.end)) return tooMuchOutput(seen, seen.failure.end);
  if (seen.failure.kind === 'end' && seen.failure.end === 'unreadable') {
    return outcome(seen, 'protocol-error', 'unreadable', 'Reading what it wrote to stdout failed, and it was stopped.');
  }
  const said = seen.failure.kind === 'error' ? `${seen.text}\n${seen.failure.message}` : seen.text;
  return needs(seen, said) ?? ended(seen);
}

function isOverflow(end: ConnectionEnd): end is 'frame-too-big' | 'session-too-big' {
  return end === 'frame-too-big' || end === 'session-too-big';
}

function tooMuchOutput(seen: Observation, end: 'frame-too-big' | 'session-too-big'): Outcome {
  const what = end === 'frame-too-big' ? 'a longer line' : 'more';
  return outcome(seen, 'protocol-error', end, `It wrote ${what} to stdout than is accepted from a server, and was stopped.`);
}

// "127.0.0.1" and the like: with no network inside, only a service of the server's own machine can have been meant.
const LOCAL = String.raw`(?:127\.0\.0\.1|localhost|::1|\[::1\]|0\.0\.0\.0)`;
const BACKEND = new RegExp(
  [
    String.raw`ECONNREFUSED\W{0,3}${LOCAL}`,
    String.raw`connect\w{0,5} to ${LOCAL}`,
    String.raw`(?:connect|reach|open)\w{0,5}[^\n]{0,40}\b(?:database|postgres\w*|mysql|mongo\w*|redis|sqlite|docker|daemon|socket)`,
    String.raw`\b(?:database|postgres\w*|mysql|mongo\w*|redis|docker)\b[^\n]{0,40}(?:unavailable|not running|refused|is required|connection|not reachable|unreachable)`,
    String.raw`\b(?:DATABASE|POSTGRES|MYSQL|MONGO\w*|REDIS)_(?:URL|URI|HOST|DSN)\b`,
  ].join('|'),
  'i',
);
const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED|ETIMEDOUT|getaddrinfo|network is unreachable|fetch failed|Temporary failure in name resolution|no such host|(?:timeout|error|failed)[^\n]{0,40}(?:connecting|to connect) to https?:/i;
const CREDENTIAL = String.raw`(?:api[\s_-]?keys?|(?:access|auth|bearer|api|bot|personal)?[\s_-]?tokens?|credentials?|passwords?|secrets?|client[\s_-]?id|[A-Z0-9_]+_(?:KEY|TOKEN|SECRET|PASSWORD|ID))`;
const WANTED = String.raw`(?:required|missing|must|not (?:set|found|provided|configured|defined)|is not|provide|need|invalid|wrong|rejected|expired|empty|no\b|set\b|without|cannot|undefined|export)`;
const AUTH = new RegExp(
  [
    String.raw`\b${WANTED}[^\n]{0,60}\b${CREDENTIAL}\b`,
    String.raw`\b${CREDENTIAL}\b[^\n]{0,60}\b${WANTED}`,
    String.raw`unauthori[sz]ed|\b40[13]\b|not (?:logged|signed) in|(?:log|sign) ?in (?:first|to|with|at)|please (?:log|sign) ?in|authentication (?:failed|required)|not authenticated|environment variables? [^\n]{0,40}(?:not set|not defined|undefined|empty|required|missing)|(?:missing|required) [^\n]{0,20}environment variable`,
  ].join('|'),
  'i',
);

function needs(seen: Observation, said: string): Outcome | undefined {
  if (seen.exit && asksForNewerNode(said)) return outcome(seen, 'refused', 'newer-node-needed', newerNodeMessage(said));
  if (BACKEND.test(said)) {
    return outcome(
      seen,
      'needs-backend',
      'backend-unreachable',
      'It waits for a database or service of its own that is not there. Give it one, or scan it where it runs.',
    );
  }
  if (NETWORK.test(said)) {
    return outcome(
      seen,
      'needs-network',
      'network-unreachable',
      'It calls out to the network before it lists its tools, and the sandbox has none.',
    );
  }
  if (AUTH.test(said)) {
    return outcome(
      seen,
      'needs-auth',
      'credentials-asked',
      'It lists nothing without credentials, and the dummies that it was given did not do.',
    );
  }
  return undefined;
}

function newerNodeMessage(said: string): string {
  const version = namedNodeVersion(said);
  const wanted = version === undefined ? 'a newer Node' : `Node ${version}`;
  return `It needs ${wanted}, and this machine has none that is new enough. Install it, for example with \`nvm install ${version ?? 'node'}\`, and look again.`;
}

function ended(seen: Observation): Outcome {
  const { failure } = seen;
  if (failure.kind === 'error')
    return outcome(seen, 'protocol-error', 'answered-error', `It answered with error ${failure.code}: ${visibleEnd(failure.message, 200)}`);
  if (failure.kind === 'unusable') return outcome(seen, 'protocol-error', 'bad-answer', failure.message);
  if (failure.end === 'timeout') return silent(seen);
  if (!seen.exit) return outcome(seen, 'protocol-error', 'stdout-closed', 'It closed its stdout without an answer and went on running.');
  return gone(seen, seen.exit);
}

function silent(seen: Observation): Outcome {
  const within = `within ${seen.timeoutMs / 1_000} s`;
  if (!seen.isGarbled) return outcome(seen, 'timeout', 'no-answer', `It gave no answer ${within} and was stopped.`, true);
  return outcome(
    seen,
    'protocol-error',
    'not-the-protocol',
    `It wrote to stdout, but no message of the protocol ${within}, and was stopped.`,
  );
}

function gone(seen: Observation, exit: SandboxExit): Outcome {
  const how = exit.signal ? `was ended by ${exit.signal}` : `exited with code ${exit.code}`;
  const hint = seen.text.trim() ? 'The end of its output says why.' : 'It wrote nothing that says why.';
  return outcome(seen, 'crashed', 'exited', `It ${how} before it answered. ${hint}`);
}

function outcome(seen: Observation, status: FailedStatus, code: string, message: string, retryable = false): Outcome {
  const details = visibleEnd(seen.text, MAX_DETAIL_BYTES);
  return { status, fault: { code, subject: seen.subject, message, retryable, ...(details && { details }) } };
}
