import { setTimeout as wait } from 'node:timers/promises';
import type { Attempt } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import type { Connection } from './connection.ts';
import { createKeptText, visibleEnd } from './kept-text.ts';
import type { Launch, Program } from './launch.ts';
import type { EnumerationLimits } from './limits.ts';
import { counted, stretchedTimeout } from './load.ts';
import { judge, type Outcome } from './outcome.ts';
import type { ConnectionEnd } from './replies.ts';
import { type Aids, stageAids } from './rungs/aids.ts';
import type { Sandbox, SandboxedProcess } from './sandbox/sandbox.ts';
import type { ClientInfo, ServerListing, SessionResult } from './session.ts';

/** How a start differs from the bare one. */
export interface Start {
  readonly rung: Attempt['rung'];
  /** Another program of the package than the launch's. */
  readonly program?: Program;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly aids?: Aids;
}

/** One start of the server, over and gone. */
export interface Tried {
  readonly attempt: Attempt;
  /** What was listed, whole or with the fault that cut it short; or why nothing was. */
  readonly result: { readonly listing: ServerListing; readonly fault?: Fault } | Outcome;
  /** All that is kept of what it wrote to stderr and outside the protocol. */
  readonly text: string;
}

export interface AttemptContext {
  readonly sandbox: Sandbox;
  readonly limits: EnumerationLimits;
  /** Who calls, where that is not to be Assay. */
  readonly client?: ClientInfo;
  /** Look for the widest list too. */
  readonly widen?: boolean | undefined;
  /** Called when a server is starting and there is nothing to do but to wait for it. */
  readonly onStarted?: (() => void) | undefined;
  readonly abort: AbortSignal;
}

const MAX_RECORDED_BYTES = 4_096;
/** A server that closes its stdout is on its way out; its exit code says more than our kill would. */
const EXIT_GRACE_MS = 500;
/** Nothing a server starts may open a browser on the way to a sign-in page. */
const BASE_ENVIRONMENT = { BROWSER: '/bin/false' };

/**
 * Starts the server once, lists its tools and kills it, whatever it did.
 *
 * @throws what `abort` was given, after the process is gone.
 */
export async function tryOnce(launch: Launch, start: Start, timeoutMs: number, context: AttemptContext): Promise<Tried> {
  const startedAt = performance.now();
  const argv = start.program?.argv ?? launch.argv;
  const staged = await stageAids(argv, start.aids);
  try {
    const server = context.sandbox.start({
      argv: [...staged.argv, ...start.args],
      env: { ...BASE_ENVIRONMENT, ...staged.env, ...start.env },
      cwd: launch.cwd,
      mounts: [...launch.mounts, ...staged.mounts],
      network: false,
      limits: context.limits.sandbox,
    });
    const heard = await counted(() => hear(server, launch.text, timeoutMs, context));
    context.abort.throwIfAborted();
    const durationMs = Math.round(performance.now() - startedAt);
    return report(launch, start, heard, { durationMs, timeoutMs });
  } finally {
    await staged.remove();
  }
}

interface Heard {
  readonly session: SessionResult;
  readonly stderr: string;
  readonly noise: string;
  readonly isGarbled: boolean;
  /** Absent when the server had to be killed. */
  readonly exit?: Awaited<SandboxedProcess['exited']>;
}

async function hear(server: SandboxedProcess, subject: string, timeoutMs: number, context: AttemptContext): Promise<Heard> {
  const { limits, abort, client, onStarted } = context;
  const stderr = createKeptText(limits.maxKeptTextBytes);
  const noise = createKeptText(limits.maxKeptTextBytes);
  server.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
  let hasSpoken = false;
  const { session, exit } = await listAndKill(server, async () => {
    // Loaded while the server starts: they bring zod with them, which takes a tenth of the time that most servers need.
    const [{ Connection }, { listToolsAtOnce }] = await Promise.all([import('./connection.ts'), import('./session.ts')]);
    const connection = new Connection(server, limits, (line) => noise.add(Buffer.from(`${line}\n`)));
    void server.exited.then(() => connection.close('closed'));
    onStarted?.();
    const listed = await closedInTime(
      connection,
      timeoutMs,
      abort,
      () => listToolsAtOnce(connection, subject, limits, client),
      stretchedTimeout,
    );
    hasSpoken = connection.hasSpoken;
    return listed;
  });
  const isGarbled = noise.text() !== '' && !hasSpoken;
  return { session, stderr: stderr.text(), noise: noise.text(), isGarbled, ...(exit && { exit }) };
}

/** The server is gone afterwards, and all that it wrote is there. */
async function listAndKill(server: SandboxedProcess, list: () => Promise<SessionResult>): Promise<Pick<Heard, 'session' | 'exit'>> {
  try {
    const session = await list();
    const exit = isClosed(session) ? await exitWithin(server, EXIT_GRACE_MS) : undefined;
    return { session, ...(exit && { exit }) };
  } finally {
    server.kill();
    await server.exited;
  }
}

/**
 * Whatever `talk` waits for, it gets an answer by then: the connection is closed under it.
 *
 * @param startTimer - How long the limit is: as it stands, or stretched where this machine's own work is waited for.
 */
export async function closedInTime<T>(
  connection: Pick<Connection, 'close'>,
  timeoutMs: number,
  abort: AbortSignal,
  talk: () => Promise<T>,
  startTimer: typeof stretchedTimeout = plainTimeout,
): Promise<T> {
  const end = (reason: ConnectionEnd) => () => connection.close(reason);
  const onAbort = end('aborted');
  const stopWaiting = startTimer(timeoutMs, end('timeout'));
  abort.addEventListener('abort', onAbort);
  if (abort.aborted) onAbort();
  try {
    return await talk();
  } finally {
    stopWaiting();
    abort.removeEventListener('abort', onAbort);
  }
}

function plainTimeout(limitMs: number, onOver: () => void): () => void {
  const timer = setTimeout(onOver, limitMs);
  return () => clearTimeout(timer);
}

function isClosed(session: SessionResult): boolean {
  return !session.listed && session.failure.kind === 'end' && session.failure.end === 'closed';
}

async function exitWithin(server: SandboxedProcess, graceMs: number): Promise<Heard['exit']> {
  const over = new AbortController();
  const exit = await Promise.race([server.exited, wait(graceMs, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
  return exit;
}

function report(launch: Launch, start: Start, heard: Heard, times: { durationMs: number; timeoutMs: number }): Tried {
  const text = `${heard.stderr}\n${heard.noise}`;
  const result = resultOf(launch.text, heard, text, times.timeoutMs);
  const attempt: Attempt = {
    rung: start.rung,
    ...(start.program && { program: start.program.name }),
    args: [...start.args],
    environmentNames: Object.keys(start.env).sort(),
    status: statusOf(result),
    toolCount: 'listing' in result ? result.listing.tools.length : 0,
    durationMs: times.durationMs,
    exitCode: heard.exit?.code ?? null,
    ...(result.fault && { fault: result.fault }),
    stderr: visibleEnd(heard.stderr, MAX_RECORDED_BYTES),
    noise: visibleEnd(heard.noise, MAX_RECORDED_BYTES),
  };
  return { attempt, result, text };
}

function resultOf(subject: string, { session, exit, isGarbled }: Heard, text: string, timeoutMs: number): Tried['result'] {
  if (session.listed) return { listing: session.listing, ...(session.fault && { fault: session.fault }) };
  return judge({ subject, failure: session.failure, ...(exit && { exit }), text, isGarbled, timeoutMs });
}

function statusOf(result: Tried['result']): Attempt['status'] {
  if ('status' in result) return result.status;
  return result.fault ? 'partial' : 'complete';
}
