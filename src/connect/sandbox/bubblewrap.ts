import { existsSync } from 'node:fs';
import { AWAIT_GO, GATE_DESCRIPTOR } from './gate.ts';
import { type Bind, environmentOf, type Layout, layoutOf, SANDBOX_HOME, SANDBOX_UID } from './layout.ts';
import { limitArguments } from './limits.ts';
import type { Sandbox, SandboxedProcess, SandboxSpec } from './sandbox.ts';
import { seccompFilter } from './seccomp.ts';
import { neverStarted, startProcess } from './start-process.ts';

/** An existing folder on every Linux that no mount of ours comes from: covered where another place for mounts is needed. */
const STAGE = '/sys';

/** Shared memory from /dev/zero belongs to no process and would be counted for none. Kernels without keyrings have no /proc/keys. */
const MASKED: readonly string[] = ['/dev/zero', '/proc/keys'].filter((path) => existsSync(path));

export const BUBBLEWRAP_PROGRAMS = ['bwrap', 'setpriv', 'prlimit', 'sh', 'env'] as const;
type Programs = Readonly<Record<(typeof BUBBLEWRAP_PROGRAMS)[number], string>>;

/** The strongest rung: namespaces, allow-listed read-only mounts, no capabilities, a seccomp filter, limits. */
export function bubblewrap(programs: Programs, architecture: string): Sandbox {
  const filter = seccompFilter(architecture);
  return {
    record: { rung: 'bubblewrap', lacks: filter ? [] : [`no seccomp filter on ${architecture}`] },
    start: (spec) => startWrapped(programs, filter, spec),
  };
}

function startWrapped(programs: Programs, filter: Buffer | undefined, spec: SandboxSpec): SandboxedProcess {
  const visible = layoutOf(spec);
  if ('problem' in visible) return neverStarted(visible.problem);
  const { layout } = visible;
  const isRoot = process.geteuid?.() === 0;
  const reachable = isRoot ? { ...layout, binds: layout.binds.map(staged) } : layout;
  const environment = Object.entries(environmentOf(spec)).map(([name, value]) => `${name}=${value}`);
  const inside = [
    ...[programs.prlimit, ...limitArguments(spec.limits), programs.sh, '-c', `${AWAIT_GO}; exec "$@"`, 'sandbox'],
    // Only now: a variable that loads a library would run a stranger's code in what sets the limits.
    ...[programs.env, '-i', ...environment, ...spec.argv],
  ];
  const wrapped = [programs.bwrap, ...wrapArguments(reachable, spec, filter), ...inside];
  const [program, ...args] = isRoot ? [...stageCommand(programs, layout), ...wrapped] : wrapped;
  return startProcess({
    argv: [program ?? programs.bwrap, ...args],
    env: {},
    cwd: '/',
    inputs: [...layout.files.map(({ content }) => content), ...(filter ? [filter] : [])],
    isGated: true,
    maxTreeBytes: spec.limits.memoryBytes,
    kill: (child) => child.kill('SIGKILL'),
  });
}

/**
 * As root: bind every source to where any user can reach it, then become an ordinary user for the rest. The process namespace is for the
 * end: its first process keeps the parent-death signal, which a change of user clears, and everything below dies with it.
 */
function stageCommand({ bwrap, setpriv }: Programs, layout: Layout): string[] {
  return [
    bwrap,
    ...['--die-with-parent', '--unshare-pid', '--dev-bind', '/', '/', '--tmpfs', STAGE],
    ...layout.binds.flatMap((bind, index) => bindArguments({ ...bind, target: staged(bind, index).source })),
    '--',
    setpriv,
    ...[`--reuid=${SANDBOX_UID}`, `--regid=${SANDBOX_UID}`, '--clear-groups', '--no-new-privs', '--inh-caps=-all'],
  ];
}

function staged(bind: Bind, index: number): Bind {
  return { ...bind, source: `${STAGE}/${index}` };
}

function wrapArguments(layout: Layout, spec: SandboxSpec, filter: Buffer | undefined): string[] {
  const size = ['--size', String(spec.limits.fileBytes)];
  const firstInput = GATE_DESCRIPTOR + 1;
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns', ...(spec.network ? ['--share-net'] : [])],
    ...['--die-with-parent', '--new-session', '--as-pid-1', '--hostname', 'sandbox'],
    ...['--uid', String(SANDBOX_UID), '--gid', String(SANDBOX_UID), '--cap-drop', 'ALL', '--clearenv'],
    ...layout.systemBinds.flatMap(bindArguments),
    ...layout.links.flatMap(({ target, text }) => ['--symlink', text, target]),
    ...layout.files.flatMap(({ target }, index) => ['--perms', '0444', '--file', String(firstInput + index), target]),
    ...['--proc', '/proc', '--dev', '/dev', ...size, '--tmpfs', '/tmp', ...size, '--tmpfs', SANDBOX_HOME],
    ...layout.binds.flatMap(bindArguments),
    ...[...MASKED, ...layout.masked].flatMap((target) => ['--ro-bind', '/dev/null', target]),
    // /dev is a tmpfs of its own without a size; left writable it would hold half of the host's memory.
    ...['--chdir', spec.cwd, '--remount-ro', '/dev', '--remount-ro', '/'],
    ...(filter ? ['--seccomp', String(firstInput + layout.files.length)] : []),
    '--',
  ];
}

function bindArguments({ source, target, writable }: Bind): string[] {
  return [writable ? '--bind' : '--ro-bind', source, target];
}
