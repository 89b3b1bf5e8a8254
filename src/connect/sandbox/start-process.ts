import { type ChildProcess, type IOType, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { Duplex, PassThrough, type Readable, type Writable } from 'node:stream';
import { isMainThread } from 'node:worker_threads';
import { answerGate } from './gate.ts';
import { inheritedDescriptors } from './inherited-descriptors.ts';
import { watchMemory } from './memory-watch.ts';
import type { SandboxExit, SandboxedProcess } from './sandbox.ts';

export interface StartRequest {
  readonly argv: readonly [string, ...string[]];
  /** Environment of the outermost program. Empty for a sandbox: it stays readable in /proc of what runs first. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Contents of the file descriptors from 3 on, or from 4 on behind a gate. */
  readonly inputs: readonly (Buffer | string)[];
  /** What is started waits at descriptor 3, by `AWAIT_GO`. */
  readonly isGated?: boolean;
  /** Memory that all processes together may hold; absent where nothing is limited. */
  readonly maxTreeBytes?: number;
  /** Sends SIGKILL. */
  readonly kill: (child: ChildProcess) => void;
}

/**
 * Starts the outermost program of a sandbox.
 *
 * @throws in a worker thread: the parent-death signal fires when the starting thread ends, and would end a server in the middle of its answer.
 */
export function startProcess(request: StartRequest): SandboxedProcess {
  if (!isMainThread) throw new Error('a sandbox is started from the main thread only');
  let child: ChildProcess;
  try {
    child = spawnClosed(request);
  } catch (cause) {
    // A NUL in an argument, or more of them than the kernel takes: what a stranger asked for, not a bug here.
    return neverStarted(cause instanceof Error ? cause.message : String(cause));
  }
  const { stdin, stdout, stderr } = child as ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable };
  const drain = () => {
    stdout.resume();
    stderr.resume();
  };
  let isKilled = false;
  const kill = () => {
    isKilled = true;
    // A reader that stopped reading would otherwise keep the streams, and with them `exited`, open for ever.
    if (child.exitCode === null && child.signalCode === null) {
      child.once('exit', drain);
      killGroup(child);
    } else drain();
    request.kill(child);
  };
  // Writing to a process that has gone is no failure of ours; `exited` says that it has.
  stdin.on('error', () => {});
  const [gate, ...fed] = request.isGated ? child.stdio.slice(3) : [undefined, ...child.stdio.slice(3)];
  let isAtGate = gate instanceof Duplex;
  if (gate instanceof Duplex) answerGate(gate, () => (isAtGate = false));
  for (const [index, input] of request.inputs.entries()) feed(fed[index], input);
  return {
    stdin,
    stdout,
    stderr,
    exited: exitOf(child, request.maxTreeBytes, kill).then((exit) => (isAtGate && !isKilled ? notMade(exit) : exit)),
    kill,
  };
}

/** While the sandbox is being made, a process of its maker has not asked for the parent-death signal yet: bubblewrap's child waits for its parent for ever. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** It ended on the way to its gate: the sandbox could not be made, and the program inside never began. Its stderr says why. */
function notMade(exit: SandboxExit): SandboxExit {
  return { ...exit, spawnError: exit.spawnError ?? 'the sandbox around it could not be made' };
}

/** Spawns with pipes for the first descriptors and /dev/null in place of every file that this process would otherwise hand down. */
function spawnClosed({ argv: [program, ...args], env, cwd, inputs, isGated }: StartRequest): ChildProcess {
  const nothing = openSync('/dev/null', 'r');
  try {
    const pipes: IOType[] = Array.from({ length: 3 + (isGated ? 1 : 0) + inputs.length }, () => 'pipe');
    const handedDown = inheritedDescriptors().filter((descriptor) => descriptor >= pipes.length);
    const slots = Array.from({ length: (handedDown.at(-1) ?? -1) + 1 }, (_, slot) => (handedDown.includes(slot) ? nothing : 'ignore'));
    return spawn(program, args, { env, cwd, detached: true, stdio: [...pipes, ...slots.slice(pipes.length)] });
  } finally {
    closeSync(nothing);
  }
}

/** What `start` gives when nothing could be started. */
export function neverStarted(reason: string): SandboxedProcess {
  const nothing = () => new PassThrough().end();
  return {
    stdin: new PassThrough().resume(),
    stdout: nothing(),
    stderr: nothing(),
    exited: Promise.resolve({ code: null, signal: null, spawnError: reason }),
    kill: () => {},
  };
}

function feed(stream: Readable | Writable | null | undefined, input: Buffer | string): void {
  if (!stream || !('end' in stream)) return;
  stream.on('error', () => {});
  stream.end(input);
}

function exitOf(child: ChildProcess, maxTreeBytes: number | undefined, kill: () => void): SandboxedProcess['exited'] {
  return new Promise((resolve) => {
    let exceeded: 'memory' | undefined;
    const onExceeded = () => {
      exceeded = 'memory';
      kill();
    };
    const endWatch = child.pid && maxTreeBytes ? watchMemory(child.pid, maxTreeBytes, onExceeded) : () => {};
    child.once('error', (error) => resolve({ code: null, signal: null, spawnError: error.message }));
    child.once('close', (code, signal) => {
      endWatch();
      resolve({ code, signal, ...(exceeded && { exceeded }) });
    });
  });
}
