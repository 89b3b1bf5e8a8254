import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Fault } from '../model/fault.ts';

/** A container engine that answers. */
export interface Engine {
  readonly kind: 'docker' | 'podman';
  /** Its command-line program, absolute. */
  readonly program: string;
  /** Of the program, which finds its daemon and the login of a registry by it; never of a container. */
  readonly environment: Readonly<Record<string, string>>;
}

export type EngineFound = { readonly ok: true; readonly engine: Engine } | { readonly ok: false; readonly fault: Fault };
/** Looks for an engine, when it is first needed. */
export type EngineSettings = () => Promise<EngineFound>;

export type EngineOutcome =
  | { readonly kind: 'done'; readonly stdout: string }
  | { readonly kind: 'failed'; readonly stderr: string }
  | { readonly kind: 'timeout' };

type Environment = Readonly<Record<string, string | undefined>>;

const KINDS = ['docker', 'podman'] as const;
const SYSTEM_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin'];
const OWN_VARIABLE = /^(?:PATH|HOME|USER|LOGNAME|XDG_\w+|DOCKER_\w+|CONTAINER_\w+|CONTAINERS_\w+|(?:HTTPS?|NO|ALL)_PROXY)$/i;
const INFO_TIMEOUT_MS = 10_000;
const MAX_OUTPUT = 2 ** 22;

/** @param environment - The caller's: its PATH is searched for docker, then podman. */
export function readEngineSettings(environment: Environment): EngineSettings {
  let found: Promise<EngineFound> | undefined;
  return () => {
    found ??= findEngine(environment);
    return found;
  };
}

async function findEngine(environment: Environment): Promise<EngineFound> {
  const own = Object.entries(environment).filter(
    (entry): entry is [string, string] => OWN_VARIABLE.test(entry[0]) && entry[1] !== undefined,
  );
  const programs = KINDS.flatMap((kind) => {
    const program = programIn(environment, kind);
    return program ? [{ kind, program, environment: Object.fromEntries(own) }] : [];
  });
  for (const engine of programs) if (await answers(engine)) return { ok: true, engine };
  const [first] = programs;
  const fix = first
    ? `${first.kind} is installed, but its engine does not answer \`${first.kind} info\`: start it, such as with \`systemctl start docker\`.`
    : 'Neither docker nor podman was found in PATH: run `apt-get install podman`.';
  return {
    ok: false,
    fault: { code: 'engine-missing', subject: 'oci', message: `Images need a container engine. ${fix}`, retryable: false },
  };
}

function programIn({ PATH = '' }: Environment, name: string): string | undefined {
  const folders = [...PATH.split(delimiter), ...SYSTEM_FOLDERS].filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

async function answers(engine: Engine): Promise<boolean> {
  const format = engine.kind === 'docker' ? '{{.ServerVersion}}' : '{{.Host.Arch}}';
  const outcome = await runEngine(engine, ['info', '--format', format], { timeoutMs: INFO_TIMEOUT_MS });
  return outcome.kind === 'done' && outcome.stdout.trim() !== '';
}

/**
 * Runs the engine's program as the caller, outside any sandbox: what it is given is checked before.
 *
 * @throws what `abort` was given, after the program is gone.
 */
export async function runEngine(
  { program, environment }: Engine,
  args: readonly string[],
  { timeoutMs, abort }: { readonly timeoutMs: number; readonly abort?: AbortSignal },
): Promise<EngineOutcome> {
  const outcome = await new Promise<EngineOutcome>((resolve) => {
    const options = {
      env: { ...environment },
      cwd: '/',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_OUTPUT,
      signal: abort,
    } as const;
    const child = execFile(program, [...args], options, (error, stdout, stderr) => {
      if (!error) resolve({ kind: 'done', stdout });
      else resolve(error.killed ? { kind: 'timeout' } : { kind: 'failed', stderr: stderr || error.message });
    });
    child.stdin?.end();
  });
  abort?.throwIfAborted();
  return outcome;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
