import { join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Mount, Sandbox, SandboxLimits } from '../sandbox/sandbox.ts';
import { folderSize } from './folder-size.ts';
import { type NpmSetup, npmFolder } from './npm-settings.ts';

export interface NpmCommand {
  /** npm's own arguments, the subcommand first. */
  readonly args: readonly string[];
  /** Host folder that becomes the working folder inside, the only one it may write beside npm's cache. */
  readonly appFolder: string;
  readonly cacheFolder: string;
  readonly sandbox: Sandbox;
  readonly setup: NpmSetup;
  readonly limits: InstallLimits;
  readonly abort: AbortSignal;
}

export interface InstallLimits {
  /** Of one run of npm. */
  readonly timeoutMs: number;
  /** Of what is installed, and of npm's cache beside it. */
  readonly maxBytes: number;
  /** Files and folders of each of both; absent means 100,000. */
  readonly maxEntries?: number;
}

/** A package of countless empty files takes no bytes, but what a file system has only so many of, and minutes to count and remove. */
const MAX_INSTALL_ENTRIES = 100_000;

export type NpmOutcome =
  | { readonly kind: 'done'; readonly stdout: string }
  | { readonly kind: 'failed'; readonly stderr: string }
  | { readonly kind: 'timeout' | 'too-big'; readonly stderr: string };

const APP = '/app';
const CACHE = '/cache';
const NPM = '/opt/npm';
const CA_FILE = '/opt/ca/npm.pem';
const EXTRA_CA_FILE = '/opt/ca/node.pem';

const SIZE_CHECK_MS = 1_000;
const MAX_STDOUT = 2 ** 22;
const MAX_STDERR = 2 ** 13;

/** Runs npm in the sandbox, with the network. What it may do to this machine the sandbox decides; what it fetches and runs, its options. */
export async function runNpm(command: NpmCommand): Promise<NpmOutcome> {
  const { sandbox, setup, args, limits, abort } = command;
  const started = sandbox.start({
    argv: ['node', cliInside(setup), ...args, ...setupArguments(setup), `--cache=${CACHE}`],
    env: { ...setup.environment, ...(setup.extraCaFile && { NODE_EXTRA_CA_CERTS: EXTRA_CA_FILE }) },
    cwd: APP,
    mounts: mountsOf(command),
    network: true,
    limits: npmLimits(limits),
  });
  started.stdin.end();
  const ended = Promise.all([started.exited, tailOf(started.stdout, MAX_STDOUT), tailOf(started.stderr, MAX_STDERR)]);
  const reason = await reasonToStop(command, started.exited);
  started.kill();
  const [exit, stdout, stderr] = await ended;
  abort.throwIfAborted();
  if (reason) return { kind: reason, stderr };
  return exit.code === 0 ? { kind: 'done', stdout } : { kind: 'failed', stderr: exit.spawnError ?? stderr };
}

/** Waits until npm has ended by itself or there is a reason to end it. */
async function reasonToStop(command: NpmCommand, exited: Promise<unknown>): Promise<'timeout' | 'too-big' | undefined> {
  const deadline = performance.now() + command.limits.timeoutMs;
  let isOver = false;
  const over = exited.then(() => {
    isOver = true;
  });
  while (!isOver && !command.abort.aborted) {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return 'timeout';
    if (await isTooBig(command)) return 'too-big';
    // Fires the abort as an end of the wait; `runNpm` turns it into the throw.
    const pause = wait(Math.min(SIZE_CHECK_MS, leftMs), undefined, { signal: command.abort, ref: false }).catch(() => {});
    await Promise.race([over, pause]);
  }
  return undefined;
}

async function isTooBig({ appFolder, cacheFolder, limits }: NpmCommand): Promise<boolean> {
  const sizes = await Promise.all([sizeWithin(appFolder, limits), sizeWithin(cacheFolder, limits)]);
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

function mountsOf({ appFolder, cacheFolder, setup }: NpmCommand): Mount[] {
  const readable = [
    { source: setup.caFile, target: CA_FILE },
    { source: setup.extraCaFile, target: EXTRA_CA_FILE },
    { source: isSystemFile(setup.cliFile) ? undefined : npmFolder(setup), target: NPM },
  ];
  return [
    { source: appFolder, target: APP, writable: true },
    { source: cacheFolder, target: CACHE, writable: true },
    ...readable.flatMap(({ source, target }) => (source ? [{ source, target, writable: false }] : [])),
  ];
}

/** npm of the system stays where it is: Debian's takes its dependencies from folders beside its own. */
function cliInside(setup: NpmSetup): string {
  return isSystemFile(setup.cliFile) ? setup.cliFile : join(NPM, relative(npmFolder(setup), setup.cliFile));
}

function isSystemFile(path: string): boolean {
  return path.startsWith('/usr/');
}

function setupArguments({ options, caFile }: NpmSetup): string[] {
  const given = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  return [...given, ...(caFile ? [`--cafile=${CA_FILE}`] : [])];
}

/** npm itself is trusted more than a server and works on larger files. */
function npmLimits({ timeoutMs, maxBytes }: InstallLimits): SandboxLimits {
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
