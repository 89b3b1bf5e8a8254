import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FolderPlan } from '../connect/launch-plan.ts';
import { usageError } from './errors.ts';

const PATH = /^(?:\.{1,2}(?:[/\\]|$)|\/|[a-z]:[/\\])/i;

/** Whether it reads like a path. A name alone is no path: it may be a server's. */
export function isFolderTarget(target: string): boolean {
  return PATH.test(target);
}

/** Reads `.`, `./folder` and `/folder`. @throws CliError when no folder is there. */
export function folderPlan(target: string): FolderPlan | undefined {
  if (!isFolderTarget(target)) return undefined;
  const folder = resolve(target);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw usageError(`${JSON.stringify(target)} is not a folder. A folder's source is read; to start a program, put its command behind --`);
  }
  return { kind: 'folder', folder };
}
