import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUBBLEWRAP_PROGRAMS } from './bubblewrap.ts';
import { findProgram, type Host } from './host.ts';
import { UTIL_LINUX_PROGRAMS } from './util-linux.ts';

/** Which rung worked when it was last tried, so that not every process has to try. */
export interface RungMemory {
  /** Nothing when it was never tried, or when this machine is not as it was. */
  recall(): string | undefined;
  /** Never throws: what is not remembered is tried again. */
  remember(rung: string): void;
  forget(): void;
}

/** What decides whether namespaces may be made. Absent where the kernel has no such switch. */
const KERNEL_FILES = [
  '/proc/sys/kernel/random/boot_id',
  '/proc/sys/kernel/osrelease',
  '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
  '/proc/sys/kernel/unprivileged_userns_clone',
  '/proc/sys/user/max_user_namespaces',
  '/proc/sys/user/max_pid_namespaces',
  '/proc/sys/user/max_net_namespaces',
  '/proc/self/attr/current',
];
/** Another container, or another set of rights. */
const OWN_NAMESPACES = ['user', 'mnt', 'pid', 'net'].map((name) => `/proc/self/ns/${name}`);
const OWN_RIGHTS = /^(?:Uid|Gid|Groups|CapEff|CapBnd|NoNewPrivs|Seccomp):.*$/gm;

/** Keeps it in a file of the cache folder. */
export function rungMemory(cacheFolder: string, host: Host): RungMemory {
  const file = join(cacheFolder, 'sandbox.json');
  let known: string | undefined;
  const fingerprint = () => (known ??= fingerprintOf(host));
  return {
    recall: () => recalled(textOf(file), fingerprint()),
    remember: (rung) => quietly(() => write(cacheFolder, file, JSON.stringify({ rung, fingerprint: fingerprint() }))),
    forget: () => quietly(() => rmSync(file, { force: true })),
  };
}

function recalled(text: string, fingerprint: string): string | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('rung' in kept) || !('fingerprint' in kept)) return undefined;
    return kept.fingerprint === fingerprint && typeof kept.rung === 'string' ? kept.rung : undefined;
  } catch {
    return undefined;
  }
}

function fingerprintOf(host: Host): string {
  const programs = [...BUBBLEWRAP_PROGRAMS, ...UTIL_LINUX_PROGRAMS].map((name) => statusOf(findProgram(host, name)));
  const parts = [
    host,
    process.execPath,
    programs,
    KERNEL_FILES.map(textOf),
    OWN_NAMESPACES.map(linkOf),
    textOf('/proc/self/status').match(OWN_RIGHTS),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function statusOf(path: string | undefined): readonly unknown[] {
  if (path === undefined) return [];
  const { ino, size, mode, mtimeMs } = statSync(path);
  return [path, ino, size, mode, mtimeMs];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function write(folder: string, file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  // One level at a time: the cache folder is made whole where something is installed.
  if (!statSync(folder, { throwIfNoEntry: false })) mkdirSync(folder);
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // A cache that cannot be written costs a try in every process, no more.
  }
}
