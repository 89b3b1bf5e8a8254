import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** What of the host decides which rungs there are. */
export interface Host {
  readonly platform: string;
  readonly architecture: string;
  /** Folders searched for the programs a rung is made of. Never the caller's PATH: these programs run before anything is isolated. */
  readonly programFolders: readonly string[];
}

export const THIS_HOST: Host = {
  platform: process.platform,
  architecture: process.arch,
  programFolders: ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'],
};

/** Absolute paths of all of `names`, or the first one that is missing. */
export function findPrograms<Name extends string>(
  host: Host,
  names: readonly Name[],
): { readonly found: Readonly<Record<Name, string>> } | { readonly missing: Name } {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const path = findProgram(host, name);
    if (!path) return { missing: name };
    found[name] = path;
  }
  return { found: found as Record<Name, string> };
}

/** Absolute path of the first one that may be run. */
export function findProgram(host: Host, name: string): string | undefined {
  return host.programFolders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
