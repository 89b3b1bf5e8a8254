import { homedir } from 'node:os';
import { dirname, join, sep } from 'node:path';

/** Folders of the system, of all users or of other programs. Below some of them a server may well live; never in these themselves. */
const NEVER_WHOLE = [
  '/',
  '/bin',
  '/home',
  '/lib',
  '/lib32',
  '/lib64',
  '/media',
  '/mnt',
  '/opt',
  '/sbin',
  '/srv',
  '/tmp',
  '/usr',
  '/var',
  '/var/tmp',
];
const NEVER_AT_ALL = ['/boot', '/dev', '/etc', '/proc', '/root', '/run', '/sys', '/var/lib', '/var/log', '/var/run', '/var/spool'];
const PRIVATE_IN_HOME = ['.ssh', '.aws', '.azure', '.config', '.docker', '.gnupg', '.kube', '.mozilla'];

/**
 * Whether showing this folder to a server would show it much more than the server: the system's, a home folder, or where keys are kept.
 *
 * @param folder - Absolute, links resolved.
 * @param home - The user's home folder. What lies below it is fine, in `/root` too.
 */
export function isExposed(folder: string, home: string = homedir()): boolean {
  if (NEVER_WHOLE.includes(folder) || isWithin(home, folder)) return true;
  if (PRIVATE_IN_HOME.some((name) => isWithin(folder, join(home, name)))) return true;
  if (isWithin(folder, home)) return false;
  return dirname(folder) === '/home' || NEVER_AT_ALL.some((system) => isWithin(folder, system));
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
