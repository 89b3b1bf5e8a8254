import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Fault } from '../../model/fault.ts';
import { type PackageScope, scopesOf } from './package-scopes.ts';
import type { SourceFile } from './source-reader.ts';

const MAX_FOLDERS = 2_000;
const MAX_ENTRIES = 40_000;
const MAX_DEPTH = 12;
const MAX_FILES = 4_000;
const MAX_FILE_BYTES = 8 * 2 ** 20;
const MAX_TOTAL_BYTES = 32 * 2 ** 20;

const TEXT_FILE = /\.(?:[cm]?[jt]sx?|py|json|md|toml)$/i;
const NOT_WRITTEN_HERE = /\.d\.[cm]?ts$|\.min\.js$|\.map$|(?:^|\/)(?:package-lock|npm-shrinkwrap|tsconfig[^/]{0,40}|composer|deno)\.json$/i;
const TEST_FILE =
  /[._-](?:test|tests|spec|e2e|bench|stories|story)\.[a-z]+$|(?:^|\/)(?:test_[^/]{0,100}|conftest)\.py$|(?:^|\/)CHANGELOG[^/]{0,20}$/i;
const OTHERS_FOLDER =
  /^(?:\..{1,100}|node_modules|bower_components|venv|env|site-packages|__pycache__|__tests?__|__mocks__|tests?|testing|specs?|e2e|examples?|samples?|demos?|docs?|documentation|fixtures?|benchmarks?|coverage|vendor|third[_-]party|website|typings|locales?|i18n|assets|public)$/i;

interface Found {
  readonly path: string;
  readonly size: number;
}

/** The text files that a package's tools may stand in. */
export interface PackageSources {
  readonly files: readonly SourceFile[];
  readonly faults: readonly Fault[];
}

/**
 * Reads the files of the package in a folder, or of the servers among the packages of a repository. Regular files only and no links: the folder is a
 * stranger's. Tests, examples, documentation and other people's packages are left out, and of what a program was built from and what was built the
 * latter counts.
 *
 * @returns In a defined order. Empty where the folder cannot be read.
 */
export async function readSources(folder: string): Promise<PackageSources> {
  const { found, isWhole } = await filesBelow(folder);
  const manifests = await textsOf(folder, found.filter(isManifest));
  const scopes = scopesOf(manifests, new Set(found.map(({ path }) => path)));
  const chosen = found.filter(({ path }) => scopes.some((scope) => isIn(path, scope)));
  // What a person wrote about comes first; should the rest be too much, it is the biggest files that are left out.
  const inOrder = [...chosen].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  const fitting = withinLimits(inOrder);
  const files = await textsOf(folder, fitting);
  const faults = isWhole && fitting.length === chosen.length ? [] : [leftOut(folder)];
  return { files, faults };
}

function isIn(path: string, { root, skipped }: PackageScope): boolean {
  const inner = root === '' ? path : path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
  return inner !== undefined && !skipped.some((part) => inner.startsWith(`${part}/`));
}

function isManifest({ path, size }: Found): boolean {
  return /(?:^|\/)(?:package\.json|pyproject\.toml)$/.test(path) && size <= 2 ** 20 && path.split('/').length <= 5;
}

function rank({ size }: Found): number {
  return size > 2 ** 20 ? 1 : 0;
}

function withinLimits(files: readonly Found[]): Found[] {
  let bytes = 0;
  const kept: Found[] = [];
  for (const file of files) {
    if (kept.length >= MAX_FILES || file.size > MAX_FILE_BYTES || bytes + file.size > MAX_TOTAL_BYTES) continue;
    bytes += file.size;
    kept.push(file);
  }
  return kept;
}

function leftOut(folder: string): Fault {
  const message = 'It has more or bigger files than are read: some tools may be missing.';
  return { code: 'source-too-big', subject: posix.basename(folder), message, retryable: false };
}

/** Breadth first, every folder's names in order. */
async function filesBelow(folder: string): Promise<{ readonly found: Found[]; readonly isWhole: boolean }> {
  const found: Found[] = [];
  const folders = [''];
  let entriesLeft = MAX_ENTRIES;
  let isWhole = true;
  for (const current of folders) {
    const entries = await readdir(posix.join(folder, current), { withFileTypes: true }).catch(() => []);
    entriesLeft -= entries.length;
    if (entriesLeft < 0) return { found, isWhole: false };
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = posix.join(current, entry.name);
      if (entry.isDirectory() && !OTHERS_FOLDER.test(entry.name)) {
        if (folders.length < MAX_FOLDERS && path.split('/').length <= MAX_DEPTH) folders.push(path);
        else isWhole = false;
      }
      const size = entry.isFile() && isOwnText(path) ? await sizeOf(posix.join(folder, path)) : undefined;
      if (size !== undefined) found.push({ path, size });
    }
  }
  return { found, isWhole };
}

function isOwnText(path: string): boolean {
  return TEXT_FILE.test(path) && !NOT_WRITTEN_HERE.test(path) && !TEST_FILE.test(path);
}

async function sizeOf(path: string): Promise<number | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isFile() ? stats.size : undefined;
}

async function textsOf(folder: string, files: readonly Found[]): Promise<SourceFile[]> {
  const texts: SourceFile[] = [];
  for (const { path } of files) {
    const text = await textOf(posix.join(folder, path));
    if (text !== undefined && !text.includes('\0')) texts.push({ path, text });
  }
  return texts;
}

/** Nothing of a file that is closed, gone, or has become a link since it was listed; of one that has grown, the beginning. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(Math.min(size, MAX_FILE_BYTES));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      return bytes.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '');
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
