import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAskable } from './asked.ts';

const MAX_FILES = 400;
const MAX_FILE_BYTES = 2 ** 20;
const MAX_TOTAL_BYTES = 8 * 2 ** 20;
const MAX_NAMES = 16;
const CODE = /(?<!\.d|\.test|\.spec|\.min)\.(?:[cm]?js|[cm]?ts|py)$/;
const OTHERS_CODE = new Set(['node_modules', '.git', 'test', 'tests', '__tests__', 'examples', 'docs', '.venv', 'site-packages']);

const READ = /\b(?:env(?:iron)?(?:\.|\[['"]|\.get\(['"]|\?\.)|getenv\(['"])([A-Z][A-Z0-9_]*)\b/g;
const DESTRUCTURED = /\{([^{}]{1,400})\}\s*=\s*process\.env\b/g;
/** What a start can fail without. Everything else that code reads from the environment is a knob. */
const CREDENTIAL_LIKE = /(?:KEY|TOKEN|SECRET|PASSWORD|PASS|USERNAME|USER|URL|URI|HOST|ID|DSN|EMAIL|ADDRESS|ACCOUNT|DOMAIN|ENDPOINT)$/;
const ELSEWHERE = /PROXY|HOOK|SENTRY|POSTHOG|ANALYTICS|TELEMETRY|OAUTH|REDIRECT|CALLBACK|^(?:AWS|GOOGLE|AZURE)_/;

/**
 * Names of environment variables that a server's own code reads and that look like credentials or addresses, for the start that failed without
 * naming any. The code is only read, and what cannot be read is skipped. Files that the output mentions, such as those in a stack trace, come
 * first and, if they name any, alone.
 */
export async function namesInCode(folder: string, text: string): Promise<string[]> {
  const files = await codeFiles(folder);
  const mentioned = files.filter((file) => text.includes(file.slice(folder.length + 1)));
  const names = await namesInFiles(mentioned);
  return names.length > 0 ? names : namesInFiles(files);
}

async function namesInFiles(files: readonly string[]): Promise<string[]> {
  const names = new Set<string>();
  let bytes = 0;
  for (const file of files) {
    const code = await readBounded(file, Math.min(MAX_FILE_BYTES, MAX_TOTAL_BYTES - bytes));
    bytes += Buffer.byteLength(code);
    for (const name of namesInText(code)) names.add(name);
  }
  return [...names].slice(0, MAX_NAMES);
}

/** Nothing of what is no regular file, such as a link to a device that never ends, and of one that is too big, closed, or gone since it was listed. */
export async function readBounded(file: string, maxBytes: number): Promise<string> {
  try {
    await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= maxBytes ? await handle.readFile('utf8') : '';
  } catch {
    return '';
  }
}

function namesInText(code: string): string[] {
  return environmentNames(code).filter(
    (name) => name.includes('_') && CREDENTIAL_LIKE.test(name) && !ELSEWHERE.test(name) && isAskable(name),
  );
}

/** Every environment variable that code reads by its name, in the order of the text and as often. */
export function environmentNames(code: string): string[] {
  const read = [...code.matchAll(READ)].map(([, name = '']) => name);
  const destructured = [...code.matchAll(DESTRUCTURED)].flatMap(([, list = '']) => list.match(/\b[A-Z][A-Z0-9_]+\b/g) ?? []);
  return [...read, ...destructured];
}

/** Regular files only, no links: the folder is a stranger's. In a defined order, breadth first. */
export async function codeFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  const folders = [folder];
  for (const current of folders) {
    const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory() && !OTHERS_CODE.has(entry.name) && folders.length < MAX_FILES) folders.push(join(current, entry.name));
      if (entry.isFile() && CODE.test(entry.name)) files.push(join(current, entry.name));
      if (files.length >= MAX_FILES) return files;
    }
  }
  return files;
}
