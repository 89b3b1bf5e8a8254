import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { AccessPolicy } from '../model/access-policy.ts';
import type { Problem } from '../policy/formats/policy-format.ts';
import { loadPolicy } from '../policy/read-policy.ts';

const SETTLE_MS = 100;
/** For disks that tell nobody of a change. */
const POLL_MS = 2_000;

export interface LoadedPolicy {
  readonly text: string;
  readonly policy: AccessPolicy;
}

/** The policy cannot be decided by; one line for each thing that is wrong. */
export class PolicyFileError extends Error {
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ at, message }) => (at === '' ? message : `${at}: ${message}`)).join('\n'));
  }
}

/** @throws PolicyFileError, or the error of the disk. */
export function readPolicyFile(file: string, values: ReadonlyMap<string, string>): LoadedPolicy {
  const text = readFileSync(file, 'utf8');
  const read = loadPolicy(text, values);
  if ('problems' in read) throw new PolicyFileError(read.problems);
  return { text, policy: read.policy };
}

/**
 * Reads the file again when it changes. A bad one is said once and changes nothing.
 *
 * @returns What ends it.
 */
export function watchPolicy(
  file: string,
  values: ReadonlyMap<string, string>,
  text: string,
  on: { readonly policy: (policy: AccessPolicy) => void; readonly problem: (message: string) => void },
): () => void {
  let seen = text;
  const check = () => {
    const read = tryRead(file);
    if (read === seen) return;
    seen = read;
    const loaded = tryLoad(file, values);
    if (typeof loaded === 'string') return on.problem(loaded);
    seen = loaded.text;
    on.policy(loaded.policy);
  };
  let settling: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(settling);
    settling = setTimeout(check, SETTLE_MS);
  };
  const poll = setInterval(check, POLL_MS);
  const watcher = watchFolder(file, soon);
  return () => {
    clearTimeout(settling);
    clearInterval(poll);
    watcher?.close();
  };
}

/** The folder: an editor puts another file in the place of the old one. Where the system watches no more files, there is still the poll. */
function watchFolder(file: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(dirname(file), (_event, name) => {
      if (name === null || name === basename(file)) onChange();
    });
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
}

/** What is there, or what keeps it from being read: no policy begins with a NUL. */
function tryRead(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return `\0${(error as NodeJS.ErrnoException).code}`;
  }
}

function tryLoad(file: string, values: ReadonlyMap<string, string>): LoadedPolicy | string {
  try {
    return readPolicyFile(file, values);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
