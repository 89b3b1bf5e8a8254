import { execFile } from 'node:child_process';
import { readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gt, valid } from 'semver';
import { THIS_HOST } from '../sandbox/host.ts';

/** Below the home folder: where version managers keep a folder for each version, and the path of the program in it. */
const MANAGED: readonly (readonly [string, string])[] = [
  ['.nvm/versions/node', 'bin/node'],
  ['.volta/tools/image/node', 'bin/node'],
  ['.local/share/fnm/node-versions', 'installation/bin/node'],
  ['.local/share/mise/installs/node', 'bin/node'],
  ['.asdf/installs/nodejs', 'bin/node'],
];
const MAX_CANDIDATES = 20;
const VERSION_TIMEOUT_MS = 5_000;

interface Found {
  readonly path: string;
  readonly version: string;
}

/**
 * The newest Node of this machine, where it is newer than the one that runs us.
 *
 * @param current - A version, `24.1.0`.
 */
export async function newestNode(
  home: string = homedir(),
  programFolders: readonly string[] = THIS_HOST.programFolders,
  current: string = process.versions.node,
): Promise<string | undefined> {
  const candidates = [...programFolders.map((folder) => join(folder, 'node')), ...(await managedNodes(home))];
  let newest: Found | undefined;
  for (const path of candidates.slice(0, MAX_CANDIDATES)) {
    const found = await versionOf(path);
    if (found && gt(found.version, newest?.version ?? current)) newest = found;
  }
  return newest?.path;
}

async function managedNodes(home: string): Promise<string[]> {
  const found: string[] = [];
  for (const [folder, program] of MANAGED) {
    const names = await readdir(join(home, folder)).catch(() => []);
    // The newest ones: names are versions.
    const versions = names.filter((name) => /^v?\d/.test(name)).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
    found.push(...versions.map((version) => join(home, folder, version, program)));
  }
  return found;
}

/** As the program says itself; nothing when it is none. It is this machine's own, so it is not isolated. */
async function versionOf(path: string): Promise<Found | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { env: {}, timeout: VERSION_TIMEOUT_MS });
    const version = valid(stdout.trim());
    return version ? { path: await realpath(path), version } : undefined;
  } catch {
    return undefined;
  }
}
