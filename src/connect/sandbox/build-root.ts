import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Bind, type Layout, SANDBOX_HOME } from './layout.ts';
import type { SandboxLimits } from './sandbox.ts';

/** An existing folder on every Linux that nothing visible inside comes from: the new root is built over it. */
export const NEW_ROOT = '/sys';

/** Without /dev/zero: shared memory from it belongs to no process and would be counted for none. */
const DEVICES = ['null', 'full', 'random', 'urandom', 'tty'].map((name) => `/dev/${name}`);
/** Empty files cost kernel memory too; this many are more than any server measured writes at start. */
const MAX_FILES = 20_000;

/**
 * Shell commands that build the whole file system over {@link NEW_ROOT}, in a mount namespace of their own. One `mount --all` with a table does all
 * mounts: a program start for each would double the cost.
 *
 * @param uid - Owner of the private folders, as the namespace of the commands numbers it.
 */
export function buildRootScript(layout: Layout, limits: SandboxLimits, uid: number): string {
  const binds = [...layout.systemBinds, ...layout.binds];
  const folders = ['/proc', '/dev', ...binds.map(({ target, isFolder }) => (isFolder ? target : dirname(target)))];
  const emptyFiles = [...DEVICES, ...binds.filter(({ isFolder }) => !isFolder).map(({ target }) => target)];
  return [
    'set -eu',
    'PATH=/usr/bin:/bin:/usr/sbin:/sbin',
    'umask 022',
    `mount -t tmpfs -o size=1m,mode=755,nosuid root ${NEW_ROOT}`,
    `mkdir -p ${['/etc', '/tmp', SANDBOX_HOME].map(inside).join(' ')}`,
    // First, because what is mounted may have its place in them.
    ...mountAll(privateFolders(limits, uid)),
    `mkdir -p ${folders.map(inside).join(' ')}`,
    ...emptyFiles.map((file) => `: > ${inside(file)}`),
    ...layout.links.map(({ target, text }) => `ln -s ${quote(text)} ${inside(target)}`),
    ...layout.files.map(({ target, content }) => `printf %s ${quote(content)} > ${inside(target)}`),
    ...mountAll(mountTable(binds, layout.masked)),
  ].join('\n');
}

function mountAll(rows: string): string[] {
  const table = inside('/etc/fstab');
  // Emptied, because it names folders of the host.
  return [`printf %s ${quote(rows)} > ${table}`, `mount --all --fstab ${table}`, `: > ${table}`];
}

/** The words as the shell takes them, whatever they contain. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function inside(path: string): string {
  return quote(NEW_ROOT + path);
}

function privateFolders(limits: SandboxLimits, uid: number): string {
  const options = `size=${limits.fileBytes},nr_inodes=${MAX_FILES},uid=${uid},gid=${uid},nosuid,nodev`;
  return row('tmp', '/tmp', 'tmpfs', `${options},mode=1777`) + row('home', SANDBOX_HOME, 'tmpfs', `${options},mode=755`);
}

function mountTable(binds: readonly Bind[], masked: readonly string[]): string {
  const points = mountPoints();
  return [
    ...DEVICES.map((device) => row(device, device, 'none', 'bind,nosuid,noexec')),
    ...binds.map((bind) => row(bind.source, bind.target, 'none', bindOptions(bind, points))),
    ...masked.map((target) => row('/dev/null', target, 'none', 'bind,ro,nosuid,nodev,noexec')),
  ].join('');
}

function row(source: string, target: string, type: string, options: string): string {
  return `${escapeField(source)} ${escapeField(NEW_ROOT + target)} ${type} ${options} 0 0\n`;
}

function escapeField(path: string): string {
  return path.replaceAll(/[\\\s]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** An ordinary user may not drop a flag that the file system of the source is mounted with, so `noexec` is repeated. */
function bindOptions({ source, writable }: Bind, points: readonly MountPoint[]): string {
  const point = points.filter(({ path }) => source === path || source.startsWith(path === '/' ? '/' : `${path}/`)).at(-1);
  return ['bind', 'nosuid', 'nodev', ...(writable ? [] : ['ro']), ...(point?.noexec ? ['noexec'] : [])].join();
}

interface MountPoint {
  readonly path: string;
  readonly noexec: boolean;
}

/** Shortest path first, so that the last one that contains a file is the one it lies on. */
function mountPoints(): MountPoint[] {
  const rows = readFileSync('/proc/self/mountinfo', 'utf8').trimEnd().split('\n');
  return rows.map(toMountPoint).sort((a, b) => a.path.length - b.path.length);
}

/** Fields 5 and 6 of proc_pid_mountinfo(5): the mount point with octal escapes, and its options. */
function toMountPoint(line: string): MountPoint {
  const [, , , , path = '', options = ''] = line.split(' ');
  return {
    path: path.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    noexec: options.split(',').includes('noexec'),
  };
}
