import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SandboxExit, SandboxSpec } from '../../src/connect/sandbox/sandbox.ts';
import type { SandboxRung } from '../../src/model/enumeration.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const ORDINARY_UID = 1000;

/** Who opens the sandbox. An ordinary user can be played only by root. */
export type Caller = 'root' | 'ordinary';
export const CALLERS: readonly Caller[] = process.getuid?.() === 0 ? ['root', 'ordinary'] : ['ordinary'];

/** A copy of the sandbox, of node and of the probe where `caller` can reach them. */
export interface Stage {
  readonly folder: string;
  readonly node: string;
  readonly appFolder: string;
  readonly secretFile: string;
  /** Open on the secret: a file that the caller is itself started with, and would hand down. */
  readonly secretDescriptor: number;
}

export const SECRET = 'the-secret-of-the-caller';

/** @param parentMode - Permissions of the folder that everything lies in: 0o700 hides it from all but its owner. */
export function openStage(parentMode: number): Stage {
  const parent = mkdtempSync(join(tmpdir(), 'assay-stage-'));
  chmodSync(parent, parentMode);
  const folder = join(parent, `it's a "folder"`);
  const appFolder = join(folder, 'app with space');
  mkdirSync(appFolder, { recursive: true });
  const sandbox = join('src', 'connect', 'sandbox');
  cpSync(join(HERE, '..', '..', sandbox), join(folder, sandbox), { recursive: true });
  mkdirSync(join(folder, 'test', 'connect'), { recursive: true });
  copyFileSync(join(HERE, 'sandbox-runner.ts'), join(folder, 'test', 'connect', 'sandbox-runner.ts'));
  copyFileSync(join(HERE, 'sandbox-probe.js'), join(appFolder, 'probe.js'));
  for (const place of [folder, appFolder]) writeFileSync(join(place, 'package.json'), '{"type":"module"}');
  // Open to everyone, so that only a read-only mount can refuse to write to it.
  chmodSync(appFolder, 0o777);
  const node = join(folder, 'node');
  linkOrCopy(process.execPath, node);
  const secretFile = join(folder, 'secret.txt');
  writeFileSync(secretFile, SECRET);
  return { folder, node, appFolder, secretFile, secretDescriptor: openSync(secretFile, 'r') };
}

export function closeStage({ folder, secretDescriptor }: Stage): void {
  closeSync(secretDescriptor);
  rmSync(dirname(folder), { recursive: true });
}

export interface Ran {
  readonly exit: SandboxExit;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProbeRequest {
  readonly stage: Stage;
  readonly caller: Caller;
  readonly rung: SandboxRung;
  readonly attempt: string;
  readonly asked?: Readonly<Record<string, unknown>>;
  readonly spec?: Partial<SandboxSpec>;
  /** Ends the program with `kill()` as soon as it has printed something. */
  readonly kill?: boolean;
  /** Kills the caller before it has heard that the program is ready to start. */
  readonly dieUnanswered?: boolean;
}

/** What the probe inside reported. */
export async function probe(request: ProbeRequest): Promise<Record<string, unknown>> {
  const ran = await runProbe(request);
  if (!ran.stdout) throw new Error(`the probe printed nothing: ${JSON.stringify(ran)}`);
  return JSON.parse(ran.stdout);
}

export async function runProbe(request: ProbeRequest): Promise<Ran> {
  const runner = startRunner(request);
  const [stdout, stderr] = await Promise.all([text(runner.stdout as Readable), text(runner.stderr as Readable)]);
  if (!stdout) throw new Error(`the caller of the sandbox failed: ${stderr}`);
  return JSON.parse(stdout);
}

/** Resolves when the program inside has printed something. */
export async function startedRunner(request: ProbeRequest): Promise<ChildProcess> {
  const runner = startRunner(request);
  for await (const chunk of runner.stderr ?? []) {
    if (String(chunk).includes('running')) return runner;
  }
  throw new Error('the caller of the sandbox ended before its program ran');
}

export function startRunner({ stage, caller, rung, attempt, asked = {}, spec, kill, dieUnanswered }: ProbeRequest): ChildProcess {
  const probeArguments = JSON.stringify({ attempt, secretFile: stage.secretFile, ...asked });
  const whole: SandboxSpec = {
    argv: ['node', '/app/probe.js', probeArguments],
    env: {},
    cwd: '/app',
    mounts: [{ source: stage.appFolder, target: '/app', writable: false }],
    network: false,
    limits: { dataBytes: 3 * 2 ** 30, memoryBytes: 3 * 2 ** 30, processes: 64, openFiles: 256, fileBytes: 2 ** 26, cpuSeconds: 20 },
    ...spec,
  };
  const flags = [...(kill ? ['--kill'] : []), ...(dieUnanswered ? ['--die-unanswered'] : [])];
  const args = [join(stage.folder, 'test', 'connect', 'sandbox-runner.ts'), '--rung', rung, '--spec', JSON.stringify(whole)];
  return spawn(stage.node, [...args, ...flags], {
    env: { SECRET_TOKEN: SECRET, PATH: '/usr/bin:/bin' },
    cwd: '/',
    // At a high number: Node itself closes low ones.
    stdio: ['ignore', 'pipe', 'pipe', ...Array<'ignore'>(37).fill('ignore'), stage.secretDescriptor],
    ...(caller === 'ordinary' && process.getuid?.() === 0 && { uid: ORDINARY_UID, gid: ORDINARY_UID }),
  });
}

/** Ids of the processes on this machine whose command line holds `marker`. */
export function processesWith(marker: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandLine(name).includes(marker));
}

/** Polls for up to two seconds; what is still there then has survived, and is ended, so that a failed test leaves nothing either. */
export async function survivorsOf(marker: string): Promise<string[]> {
  for (let tries = 0; tries < 40 && processesWith(marker).length > 0; tries += 1) await wait(50);
  const survivors = processesWith(marker);
  for (const pid of survivors) process.kill(Number(pid), 'SIGKILL');
  return survivors;
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
