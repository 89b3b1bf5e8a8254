import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { AuditLog } from './audit-log.ts';
import { Gate } from './gate.ts';
import { Guard } from './guard.ts';
import { JournalCounters } from './journal-counters.ts';
import { Lines } from './lines.ts';
import { readPolicyFile, watchPolicy } from './policy-file.ts';
import type { Upstream, UpstreamEvents } from './upstream.ts';

export interface GuardRun {
  readonly policyFile: string;
  /** What its placeholders stand for. */
  readonly values: ReadonlyMap<string, string>;
  readonly grant: string;
  readonly observe: boolean;
  readonly approvalMs: number;
  /** Holds the counters and the audit log; several guards may share it. */
  readonly stateFolder: string;
  readonly start: (events: UpstreamEvents) => Upstream | Promise<Upstream>;
  readonly input: Readable;
  readonly output: Writable;
  readonly say: (message: string) => void;
  readonly abort: AbortSignal;
}

/**
 * Guards one session from its first line to its last.
 *
 * @returns Why the server ended by itself; nothing when the client was done or `abort` fired.
 * @throws PolicyFileError, or the error of the disk, before the server is started.
 */
export async function runGuard(run: GuardRun): Promise<string | undefined> {
  const { policyFile, values, say, input, output } = run;
  const { text, policy } = readPolicyFile(policyFile, values);
  const counters = new JournalCounters(join(run.stateFolder, 'counters'));
  const audit = new AuditLog(join(run.stateFolder, 'decisions.jsonl'));
  const gate = new Gate(policy, { grant: run.grant, counters, audit, observe: run.observe, now: Date.now });
  const endWatch = watchPolicy(policyFile, values, text, {
    policy(next) {
      gate.policy = next;
      say('the policy changed and is in force');
    },
    problem: (message) => say(`the policy file changed and cannot be used; the one before it stays in force\n${message}`),
  });
  try {
    return await session(run, gate);
  } finally {
    endWatch();
    input.destroy();
    await flushed(output);
    counters.close();
    audit.close();
  }
}

async function session(run: GuardRun, gate: Gate): Promise<string | undefined> {
  const { input, output, abort, say, approvalMs, observe } = run;
  let room = Promise.resolve();
  const toClient = (line: Buffer) => void output.write(line);
  const toUpstream = (line: Buffer) => {
    room = upstream.send(line);
  };
  const guard = new Guard({ gate, approvalMs, observe, say, toClient, toUpstream });
  const ended = Promise.withResolvers<string>();
  const onEnd = (why: string) => {
    guard.upstreamEnded(why);
    ended.resolve(why);
  };
  const upstream = await run.start({ onLine: (line) => guard.fromUpstream(line), onEnd, room: () => drained(output) });
  const done = new Promise<undefined>((resolve) => {
    abort.addEventListener('abort', () => resolve(undefined), { once: true });
    output.once('error', () => resolve(undefined));
    void readAll(input, guard, () => Promise.all([room, drained(output)])).finally(() => resolve(undefined));
  });
  const why = await Promise.race([ended.promise, abort.aborted ? undefined : done]);
  await upstream.close();
  return why;
}

async function readAll(input: Readable, guard: Guard, room: () => Promise<unknown>): Promise<void> {
  const lines = new Lines(() => guard.tooLong());
  try {
    for await (const chunk of input) {
      for (const line of lines.push(chunk)) guard.fromClient(line);
      await room();
    }
    for (const line of lines.end()) guard.fromClient(line);
  } catch (error) {
    // Destroyed when the session ended; anything else is a bug, and no call passes any more.
    if (!input.destroyed) throw error;
  }
}

/** A client that is gone reads nothing, and is not waited for. */
async function drained(output: Writable): Promise<void> {
  if (output.writableNeedDrain && !output.destroyed) await Promise.race([once(output, 'drain'), once(output, 'close')]).catch(() => {});
}

function flushed(output: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (output.destroyed) resolve();
    else output.write('', () => resolve());
  });
}
