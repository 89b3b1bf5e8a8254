import type { Mount, Sandbox } from '../sandbox/sandbox.ts';
import { type InstallLimits, type RunOutcome, runBounded } from './bounded-run.ts';
import { mountsOfPython, type Python, type PythonSetup } from './pypi-settings.ts';

export interface PipCommand {
  /** pip's own arguments, the subcommand first. */
  readonly args: readonly string[];
  /** Whom packages are chosen for. */
  readonly python: Python;
  /** Host folders: what is installed into, and what pip writes beside it. */
  readonly appFolder: string;
  readonly cacheFolder: string;
  readonly sandbox: Sandbox;
  readonly setup: PythonSetup;
  readonly limits: InstallLimits;
  readonly abort: AbortSignal;
}

/** Inside. */
export const PIP_TARGET = '/app';
export const PIP_SCRATCH = '/cache';

const QUIET = ['--no-input', '--disable-pip-version-check', '--no-cache-dir', '--retries=1', '--timeout=30', '--no-color'];
const OWN_ENVIRONMENT = {
  // Beside what is installed, and counted with it: the temporary folder inside is held in memory.
  TMPDIR: PIP_SCRATCH,
  // What it says is all there is: no file of settings that happens to be visible counts.
  PIP_CONFIG_FILE: '/dev/null',
  PIP_ROOT_USER_ACTION: 'ignore',
};

/** Runs pip in the sandbox, with the network. What it may do to this machine the sandbox decides; what it fetches and runs, its options. */
export function runPip(command: PipCommand): Promise<RunOutcome> {
  const { args, python, appFolder, cacheFolder, sandbox, setup, limits, abort } = command;
  const target = python.program === setup.installer.program ? [] : [`--python=${python.program}`];
  return runBounded({
    argv: [setup.installer.program, '-I', ...(setup.installer.pip ?? []), ...target, ...args, ...QUIET],
    env: { ...setup.environment, ...OWN_ENVIRONMENT },
    cwd: PIP_SCRATCH,
    mounts: [
      { source: appFolder, target: PIP_TARGET, writable: true },
      { source: cacheFolder, target: PIP_SCRATCH, writable: true },
      ...mountsOnce([...mountsOfPython(setup.installer), ...mountsOfPython(python), ...setup.paths.map(readable)]),
    ],
    folders: [appFolder, cacheFolder],
    sandbox,
    limits,
    abort,
  });
}

function readable(path: string): Mount {
  return { source: path, target: path, writable: false };
}

/** The system's own folders are there already. */
function mountsOnce(mounts: readonly Mount[]): Mount[] {
  const outside = mounts.filter(({ target }) => !/^\/(?:usr|etc\/ssl\/certs)\//.test(target));
  return [...new Map(outside.map((mount) => [mount.target, mount])).values()];
}
