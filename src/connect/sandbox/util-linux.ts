import { buildRootScript, NEW_ROOT, quote } from './build-root.ts';
import { AWAIT_GO } from './gate.ts';
import { environmentOf, type Layout, layoutOf, SANDBOX_UID } from './layout.ts';
import { limitArguments } from './limits.ts';
import type { Sandbox, SandboxedProcess, SandboxSpec } from './sandbox.ts';
import { neverStarted, startProcess } from './start-process.ts';

export const UTIL_LINUX_PROGRAMS = ['setpriv', 'unshare', 'mount', 'umount', 'pivot_root', 'prlimit', 'sh', 'env', 'mkdir', 'ln'] as const;
type Programs = Readonly<Record<(typeof UTIL_LINUX_PROGRAMS)[number], string>>;

/** The rung made of what every Linux has: the same namespaces, mounts and limits, put together by hand. */
export function utilLinux(programs: Programs): Sandbox {
  return {
    record: {
      rung: 'util-linux',
      lacks: [
        'no seccomp filter',
        'no loopback interface',
        'kernel keyrings are shared',
        'shared memory left by an ended process is not counted',
      ],
    },
    start: (spec) => startUnshared(programs, spec),
  };
}

function startUnshared(programs: Programs, spec: SandboxSpec): SandboxedProcess {
  const visible = layoutOf(spec);
  if ('problem' in visible) return neverStarted(visible.problem);
  const { layout } = visible;
  const command = process.geteuid?.() === 0 ? asRoot(programs, layout, spec) : asOrdinaryUser(programs, layout, spec);
  return startProcess({
    argv: [programs.setpriv, '--pdeathsig', 'KILL', ...command],
    env: {},
    cwd: '/',
    inputs: [],
    isGated: true,
    maxTreeBytes: spec.limits.memoryBytes,
    kill: (child) => child.kill('SIGKILL'),
  });
}

/** Root of its own user namespace, which is an ordinary user outside, builds and enters. */
function asOrdinaryUser({ unshare, sh }: Programs, layout: Layout, spec: SandboxSpec): string[] {
  const script = [buildRootScript(layout, spec.limits, 0), enterScript(spec)].join('\n');
  return ['--no-new-privs', ...isolate(unshare, spec), sh, '-c', script, 'sandbox', ...spec.argv];
}

/**
 * Real root builds, since it alone reaches below folders like /root, then becomes an ordinary user, which enters.
 * The change of user clears the parent-death signal, so it is asked for again.
 */
function asRoot({ setpriv, unshare, sh }: Programs, layout: Layout, spec: SandboxSpec): string[] {
  const drop = `--reuid ${SANDBOX_UID} --regid ${SANDBOX_UID} --clear-groups --no-new-privs --inh-caps=-all --pdeathsig KILL`;
  const script = [buildRootScript(layout, spec.limits, SANDBOX_UID), `exec ${setpriv} ${drop} "$@"`].join('\n');
  const enter = [...isolate(unshare, spec), sh, '-c', enterScript(spec), 'sandbox', ...spec.argv];
  return [unshare, '--mount', '--propagation', 'private', sh, '-c', script, 'sandbox', ...enter];
}

function isolate(unshare: string, { network }: SandboxSpec): string[] {
  const namespaces = ['--user', '--map-root-user', '--mount', '--pid', '--ipc', '--uts', '--cgroup', ...(network ? [] : ['--net'])];
  return [unshare, ...namespaces, '--propagation', 'private', '--fork', '--kill-child', '--'];
}

/**
 * Makes the built tree the root, then starts the program as nobody in a second user namespace: there it holds no capability, and the limit of
 * one namespace written just before forbids it a third, as bubblewrap's --disable-userns does. The tree is bound onto itself first, because
 * pivot_root refuses a mount inherited from a more privileged namespace.
 */
function enterScript(spec: SandboxSpec): string {
  const environment = Object.entries(environmentOf(spec)).map(([name, value]) => quote(`${name}=${value}`));
  return [
    'set -eu',
    'PATH=/usr/bin:/bin:/usr/sbin:/sbin',
    `mount --rbind ${NEW_ROOT} ${NEW_ROOT}`,
    `cd ${NEW_ROOT}`,
    'mount -t proc -o nosuid,nodev,noexec proc proc',
    // Kernels without keyrings have none.
    'if [ -e proc/keys ]; then mount --bind dev/null proc/keys; fi',
    'pivot_root . .',
    'umount -l .',
    'mount -o remount,bind,ro,nosuid /',
    // Not part of util-linux, and no danger where it is missing: the host's name stays readable.
    'hostname sandbox 2>/dev/null || :',
    'echo 1 > /proc/sys/user/max_user_namespaces',
    // Memory that belongs to no process. Kernels before 6.9 allow this to real root only.
    '{ echo 0 > /proc/sys/kernel/shmmni; echo 0 > /proc/sys/kernel/msgmni; } 2>/dev/null || :',
    `cd ${quote(spec.cwd)}`,
    AWAIT_GO,
    [
      `exec unshare --user --map-user=${SANDBOX_UID} --map-group=${SANDBOX_UID} --`,
      `prlimit ${limitArguments(spec.limits).join(' ')} env -i ${environment.join(' ')} "$@"`,
    ].join(' '),
  ].join('\n');
}
