import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Mount, Sandbox, SandboxedProcess, SandboxSpec } from './sandbox.ts';
import { neverStarted, startProcess } from './start-process.ts';

/** No isolation at all: for whoever asked for exactly that. Only the environment and the home folder are still not the caller's. */
export function unsandboxed(): Sandbox {
  return {
    record: {
      rung: 'none',
      lacks: [
        'no file isolation: it reads and writes whatever the caller can',
        'no network isolation',
        'no separate user, processes or namespaces',
        'no seccomp filter',
        'no memory, process, file or processor limits',
        'a process that leaves its group outlives the caller',
      ],
    },
    start: startOpenly,
  };
}

function startOpenly(spec: SandboxSpec): SandboxedProcess {
  const home = makeHome();
  if ('problem' in home) return neverStarted(home.problem);
  const started = startIn(home.folder, spec);
  // A server can make a folder that its own user cannot remove. It then stays; it is in the temporary folder.
  void started.exited.then(() => rmSync(home.folder, { recursive: true, force: true })).catch(() => {});
  return started;
}

function makeHome(): { readonly folder: string } | { readonly problem: string } {
  try {
    return { folder: mkdtempSync(join(tmpdir(), 'assay-home-')) };
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

function startIn(home: string, spec: SandboxSpec): SandboxedProcess {
  const env = { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, HOME: home, TMPDIR: home, LANG: 'C.UTF-8', ...spec.env };
  const toHost = (text: string) => toHostPath(text, spec.mounts);
  const [program, ...args] = spec.argv;
  return startProcess({
    argv: [toHost(program), ...args.map(toHost)],
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, toHost(value)])),
    cwd: toHost(spec.cwd),
    inputs: [],
    kill: ({ pid, exitCode, signalCode }) => {
      if (pid !== undefined && exitCode === null && signalCode === null) killGroup(pid);
    },
  });
}

/** Nothing is mounted, so a path inside, alone or as the value of an option, becomes the path it stands for. */
function toHostPath(text: string, mounts: readonly Mount[]): string {
  const [, option = '', path = ''] = /^(--[\w-]+=)?(.*)$/s.exec(text) ?? [];
  const mount = mounts.find(({ target }) => path === target || path.startsWith(`${target}/`));
  return mount ? option + mount.source + path.slice(mount.target.length) : text;
}

/** The child leads its own group; the group may be gone between the check and the call. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
