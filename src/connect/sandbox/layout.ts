import { readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mount, SandboxSpec } from './sandbox.ts';
import { specialFilesBelow } from './special-files.ts';

/** The user and group inside: nobody. As root also outside, so that RLIMIT_NPROC counts (the kernel exempts root). */
export const SANDBOX_UID = 65534;
export const SANDBOX_HOME = '/home/sandbox';

const EVERYONE_READS = 0o004;
const EVERYONE_ENTERS = 0o005;
const RUNTIME_FOLDER = '/opt/runtime/bin';
const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';

/** Links into /usr on a merged system, folders of their own on others. */
const SYSTEM_FOLDERS = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const SYSTEM_FILES = ['/etc/ld.so.cache', '/etc/alternatives'];
/** Name resolution and certificates, for installing. The folder of private keys beside the certificates is not among them. */
const NETWORK_FILES = [
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/ssl/certs',
  '/etc/ssl/openssl.cnf',
  '/etc/ca-certificates',
  '/etc/pki/ca-trust/extracted',
  '/etc/pki/tls/certs',
];

/** Without an entry for its own user, os.userInfo() throws, and servers with it. */
const IDENTITY_FILES: Readonly<Record<string, string>> = {
  '/etc/passwd': `sandbox:x:${SANDBOX_UID}:${SANDBOX_UID}::${SANDBOX_HOME}:/bin/sh\n`,
  '/etc/group': `sandbox:x:${SANDBOX_UID}:\n`,
  '/etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
};
const LOCAL_HOSTS = '127.0.0.1 localhost\n::1 localhost\n';

export interface Bind extends Mount {
  readonly isFolder: boolean;
}

/** Everything the file system inside consists of, beside /proc, /dev and the private tmpfs. */
export interface Layout {
  /** The system's own programs, libraries and settings, readable by every user of the host. */
  readonly systemBinds: readonly Bind[];
  /** What the caller asked for and the Node runtime; may lie below a folder that only root can traverse. */
  readonly binds: readonly Bind[];
  /** Sockets, pipes and devices of the host that lie in mounted folders, as paths inside: covered with a /dev/null that cannot be opened. */
  readonly masked: readonly string[];
  readonly links: readonly { readonly target: string; readonly text: string }[];
  readonly files: readonly { readonly target: string; readonly content: string }[];
}

/** @returns In `problem` why a source in `spec.mounts` cannot be mounted. */
export function layoutOf(spec: SandboxSpec): { readonly layout: Layout } | { readonly problem: string } {
  try {
    return { layout: buildLayout(spec) };
  } catch (cause) {
    return { problem: cause instanceof Error ? cause.message : String(cause) };
  }
}

function buildLayout(spec: SandboxSpec): Layout {
  const links = SYSTEM_FOLDERS.flatMap(linkAt);
  const linked = new Set(links.map(({ target }) => target));
  const folders = SYSTEM_FOLDERS.filter((folder) => !linked.has(folder));
  const system = ['/usr', ...folders, ...SYSTEM_FILES, ...(spec.network ? NETWORK_FILES : [])];
  const files = { ...IDENTITY_FILES, ...(spec.network ? {} : { '/etc/hosts': LOCAL_HOSTS }) };
  const binds = [...runtimeMounts(), ...spec.mounts].map(toBind);
  return {
    systemBinds: system.flatMap(bindIfPresent),
    binds,
    masked: binds.flatMap(maskedIn),
    links,
    files: Object.entries(files).map(([target, content]) => ({ target, content })),
  };
}

/** The whole environment inside. The runtime that runs us comes first in PATH: the system's own may be older. */
export function environmentOf(spec: SandboxSpec): Readonly<Record<string, string>> {
  const runtime = isSystemRuntime() ? dirname(process.execPath) : RUNTIME_FOLDER;
  return { PATH: `${runtime}:${SYSTEM_PATH}`, HOME: SANDBOX_HOME, TMPDIR: '/tmp', LANG: 'C.UTF-8', ...spec.env };
}

/** The one file, not its folder: whatever else lies beside it on the host is nobody's business inside. */
function runtimeMounts(): Mount[] {
  if (isSystemRuntime()) return [];
  return [{ source: process.execPath, target: join(RUNTIME_FOLDER, 'node'), writable: false }];
}

function isSystemRuntime(): boolean {
  return process.execPath.startsWith('/usr/');
}

function linkAt(path: string): { target: string; text: string }[] {
  try {
    return [{ target: path, text: readlinkSync(path) }];
  } catch {
    return [];
  }
}

function bindIfPresent(path: string): Bind[] {
  try {
    return [toBind({ source: path, target: path, writable: false })];
  } catch {
    return [];
  }
}

function maskedIn({ source, target, isFolder, holdsOnlyFiles }: Bind): string[] {
  return isFolder && !holdsOnlyFiles ? specialFilesBelow(source).map((path) => join(target, path)) : [];
}

function toBind(mount: Mount): Bind {
  const { source } = mount;
  const resolved = realpathSync(source);
  const stats = statSync(resolved);
  const isFolder = stats.isDirectory();
  if (!isFolder && !stats.isFile()) throw new Error(`${source} is neither a folder nor a file, so it is not shown inside`);
  const needed = isFolder ? EVERYONE_ENTERS : EVERYONE_READS;
  if (process.geteuid?.() === 0 && stats.uid !== SANDBOX_UID && (stats.mode & needed) !== needed) {
    throw new Error(`${source} is closed to other users, and a server is never started as root; run \`chmod o+rX ${source}\``);
  }
  return { ...mount, source: resolved, isFolder };
}
