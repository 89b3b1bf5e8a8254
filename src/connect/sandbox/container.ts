import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import type { Engine } from '../container-engine.ts';
import { ownerLabel } from './container-owner.ts';
import { findPrograms, THIS_HOST } from './host.ts';
import { SANDBOX_HOME, SANDBOX_UID } from './layout.ts';
import type { Sandbox, SandboxedProcess, SandboxLimits, SandboxSpec } from './sandbox.ts';
import { neverStarted, startProcess } from './start-process.ts';

/** An image on this machine. */
export interface ContainerImage {
  /** Of the engine: `sha256:…`. What was inspected is what runs. */
  readonly id: string;
  /** Folders that it declares as volumes: each would be a writable folder of the host without a bound. */
  readonly volumes: readonly string[];
}

/** The engine's program adds the proxies of its own settings to every container, logins included, unless they are given. */
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
const CPUS = 2;
/** An argument of the engine's: a comma would begin another option of the mount. */
const MOUNTABLE = /^\/[^,"\n]+$/;

/**
 * Waits for a line or for the end of its input, then removes the container. The end without a line means that the container may not have been there
 * yet, as when whoever started it was killed: it looks again.
 */
const WATCHDOG = 'if read -r over; then "$1" rm -f "$2"; else "$1" rm -f "$2"; sleep 2; "$1" rm -f "$2"; fi';

/** An image's own program, in a container without network, capabilities or anything to write to but two bounded folders. */
export function containerSandbox(engine: Engine, image: ContainerImage): Sandbox {
  return {
    record: {
      rung: 'container',
      lacks: [
        `the seccomp filter is that of ${engine.kind}`,
        `it runs below the engine, not below this process: after \`kill -9\` of this process a watchdog removes it`,
        'memory and processes are counted by the engine, as far as the host has control groups',
      ],
    },
    start: (spec) => startContainer(engine, image, spec),
  };
}

function startContainer(engine: Engine, image: ContainerImage, spec: SandboxSpec): SandboxedProcess {
  const bad = spec.mounts.find(({ source, target }) => !MOUNTABLE.test(source) || !MOUNTABLE.test(target));
  if (bad) return neverStarted(`${bad.source} cannot be shown inside a container`);
  const name = `assay-${randomUUID()}`;
  const setpriv = findPrograms(THIS_HOST, ['setpriv']);
  const guard = 'found' in setpriv ? [setpriv.found.setpriv, '--pdeathsig', 'KILL'] : [];
  const [program = engine.program, ...args] = [...guard, engine.program, ...runArguments(engine, image, spec, name)];
  const watchdog = startWatchdog(engine, name);
  const started = startProcess({
    argv: [program, ...args],
    env: { ...engine.environment },
    cwd: '/',
    inputs: [],
    kill: (child) => child.kill('SIGKILL'),
  });
  const removal = removalBy(watchdog, started);
  return {
    ...started,
    exited: started.exited.then((exit) => removal().then(() => exit)),
    kill() {
      started.kill();
      void removal();
    },
  };
}

/** Removes the container, once. One that has said nothing yet may be still to come: its watchdog looks twice. */
function removalBy(watchdog: ChildProcess, { stdout, stderr }: SandboxedProcess): () => Promise<void> {
  let removal: Promise<void> | undefined;
  return () => {
    // Not by an event of theirs: whoever listens first would take what the one that reads them has to get.
    const hasSpoken = [stdout, stderr].some((stream) => stream instanceof Socket && stream.bytesRead > 0);
    removal ??= endWatchdog(watchdog, hasSpoken ? 'over\n' : '');
    return removal;
  };
}

function runArguments(engine: Engine, image: ContainerImage, spec: SandboxSpec, name: string): string[] {
  const env = { ...Object.fromEntries(PROXY_VARIABLES.map((variable) => [variable, ''])), HOME: SANDBOX_HOME, ...spec.env };
  const { fileBytes } = spec.limits;
  const folders = [...new Set(['/tmp', SANDBOX_HOME, ...image.volumes])];
  return [
    ...['run', '--rm', '--interactive', '--pull', 'never', '--name', name, '--label', `mcp-assay.owner=${ownerLabel()}`],
    ...['--network', spec.network ? 'bridge' : 'none', '--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ...['--user', `${SANDBOX_UID}:${SANDBOX_UID}`, '--hostname', 'sandbox', '--log-driver', 'none', '--no-healthcheck'],
    ...limitArguments(spec.limits),
    ...folders.flatMap((folder) => ['--tmpfs', `${folder}:rw,nosuid,nodev,size=${fileBytes},mode=1777`]),
    ...spec.mounts.flatMap(({ source, target, writable }) => [
      '--mount',
      `type=bind,source=${source},target=${target}${writable ? '' : ',readonly'}`,
    ]),
    ...(engine.kind === 'podman' ? ['--http-proxy=false'] : []),
    ...Object.entries(env).flatMap(([variable, value]) => ['--env', `${variable}=${value}`]),
    image.id,
    // The first is the image's own program, which its entry point names.
    ...spec.argv.slice(1),
  ];
}

function limitArguments({ memoryBytes, processes, openFiles, fileBytes, cpuSeconds }: SandboxLimits): string[] {
  return [
    ...['--memory', String(memoryBytes), '--memory-swap', String(memoryBytes), '--pids-limit', String(processes), '--cpus', String(CPUS)],
    ...[`nofile=${openFiles}`, `fsize=${fileBytes}`, `cpu=${cpuSeconds}`, 'core=0'].flatMap((limit) => ['--ulimit', limit]),
    ...['--ipc', 'private', '--shm-size', String(2 ** 26)],
  ];
}

/** In a session of its own: what ends this process's does not end it. */
function startWatchdog({ program, environment }: Engine, name: string): ChildProcess {
  const watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'watchdog', program, name], {
    env: { ...environment },
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // One that did not start removes nothing; the next run's sweep does.
  watchdog.on('error', () => {});
  watchdog.stdin.on('error', () => {});
  return watchdog;
}

/** Resolves when the container is gone. */
function endWatchdog(watchdog: ChildProcess, lastWords: string): Promise<void> {
  if (watchdog.pid === undefined || watchdog.exitCode !== null || watchdog.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    watchdog.once('exit', () => resolve());
    watchdog.stdin?.end(lastWords);
  });
}
