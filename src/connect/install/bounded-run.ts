import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { counted, stretched } from '../load.ts';
import type { Sandbox, SandboxLimits, SandboxSpec } from '../sandbox/sandbox.ts';
import { folderSize } from './folder-size.ts';

/** A package manager's program, to be run with the network and bounded in time and in what it writes. */
export interface BoundedRun extends Pick<SandboxSpec, 'argv' | 'env' | 'cwd' | 'mounts'> {
  /** Host folders that it may write to. */
  readonly folders: readonly string[];
  readonly sandbox: Sandbox;
  readonly limits: InstallLimits;
  readonly abort: AbortSignal;
}

export interface InstallLimits {
  /** Of one run of the package manager. */
  readonly timeoutMs: number;
  /** Of what is installed, and of the package manager's cache beside it. */
  readonly maxBytes: number;
  /** Files and folders of each of both; absent means 100,000. */
  readonly maxEntries?: number;
  /** Of all installs together; absent means the default of `makeRoom`. */
  readonly maxCacheBytes?: number | undefined;
}

/** A package of countless empty files takes no bytes, but what a file system has only so many of, and minutes to count and remove. */
const MAX_INSTALL_ENTRIES = 100_000;

export type RunOutcome =
  | { readonly kind: 'done'; readonly stdout: string }
  | { readonly kind: 'failed'; readonly stderr: string }
  | { readonly kind: 'timeout' | 'too-big'; readonly stderr: string };

const SIZE_CHECK_MS = 1_000;
const MAX_STDOUT = 2 ** 22;
const MAX_STDERR = 2 ** 13;

/**
 * Runs it in the sandbox until it ends, or ends it for the bound that it passed.
 *
 * @throws what `abort` was given, after the process is gone.
 */
export async function runBounded(run: BoundedRun): Promise<RunOutcome> {
  const { argv, env, cwd, mounts, sandbox, limits, abort } = run;
  const started = sandbox.start({ argv, env, cwd, mounts, network: true, limits: sandboxLimits(limits) });
  started.stdin.end();
  const ended = Promise.all([started.exited, tailOf(started.stdout, MAX_STDOUT), tailOf(started.stderr, MAX_STDERR)]);
  const reason = await counted(() => reasonToStop(run, started.exited));
  started.kill();
  const [exit, stdout, stderr] = await ended;
  abort.throwIfAborted();
  if (reason) return { kind: reason, stderr };
  return exit.code === 0
    ? { kind: 'done', stdout }
    : { kind: 'failed', stderr: exit.spawnError === undefined ? stderr : `${exit.spawnError}\n${stderr}` };
}

/** Waits until it has ended by itself or there is a reason to end it. */
async function reasonToStop(run: BoundedRun, exited: Promise<unknown>): Promise<'timeout' | 'too-big' | undefined> {
  const startedAt = performance.now();
  let isOver = false;
  const over = exited.then(() => {
    isOver = true;
  });
  while (!isOver && !run.abort.aborted) {
    const leftMs = startedAt + stretched(run.limits.timeoutMs) - performance.now();
    if (leftMs <= 0) return 'timeout';
    if (await isTooBig(run)) return 'too-big';
    // Fires the abort as an end of the wait; `runBounded` turns it into the throw.
    const pause = wait(Math.min(SIZE_CHECK_MS, leftMs), undefined, { signal: run.abort, ref: false }).catch(() => {});
    await Promise.race([over, pause]);
  }
  return undefined;
}

async function isTooBig({ folders, limits }: BoundedRun): Promise<boolean> {
  const sizes = await Promise.all(folders.map((folder) => sizeWithin(folder, limits)));
  return sizes.includes('too-big');
}

/** @returns Bytes, when there are no more, and no more files, than may be. */
export async function sizeWithin(
  folder: string,
  { maxBytes, maxEntries = MAX_INSTALL_ENTRIES }: InstallLimits,
): Promise<number | 'too-big'> {
  const { bytes, entries } = await folderSize(folder, maxEntries);
  return bytes > maxBytes || entries > maxEntries ? 'too-big' : bytes;
}

/** A package manager is trusted more than a server and works on larger files. */
function sandboxLimits({ timeoutMs, maxBytes }: InstallLimits): SandboxLimits {
  return {
    dataBytes: 3 * 2 ** 30,
    memoryBytes: 2 ** 31,
    processes: 128,
    openFiles: 1_024,
    fileBytes: maxBytes,
    cpuSeconds: Math.ceil(timeoutMs / 1_000) * 4,
  };
}

async function tailOf(stream: Readable, maxBytes: number): Promise<string> {
  let kept = Buffer.alloc(0);
  for await (const chunk of stream) kept = Buffer.concat([kept, chunk]).subarray(-maxBytes);
  return kept.toString('utf8');
}
