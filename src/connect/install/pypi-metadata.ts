import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryPlace } from '../../model/repository-place.ts';
import { normalizedName } from './pypi-spec.ts';

/** What an installed distribution says of itself. */
export interface Distribution {
  readonly name: string;
  readonly version: string;
  /** Its `….dist-info`, relative to the folder that it was installed into. */
  readonly infoFolder: string;
  /** Addresses of its project: home page, repository, tracker. */
  readonly urls: readonly string[];
  /** Script name to `module:function`. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Its own modules' files, relative. */
  readonly files: readonly string[];
}

const MAX_METADATA_BYTES = 2 ** 18;
const MAX_RECORD_BYTES = 2 ** 22;
const MAX_FILES = 20_000;
/** `module:function`, what stands behind it are extras. */
const SCRIPT = /^([\w.-]{1,200})\s*=\s*([\w.]{1,200}:[\w.]{1,200})(?:\s*\[[^\]]{0,200}\])?$/;

/** @returns Nothing where it is not in the folder. */
export async function readDistribution(folder: string, name: string): Promise<Distribution | undefined> {
  const wanted = normalizedName(name);
  for (const infoFolder of (await readdir(folder)).filter((entry) => entry.endsWith('.dist-info')).sort()) {
    const metadata = headersOf(await readStart(join(folder, infoFolder, 'METADATA'), MAX_METADATA_BYTES));
    const [own = ''] = metadata.get('name') ?? [];
    if (normalizedName(own) !== wanted) continue;
    return {
      name: wanted,
      version: metadata.get('version')?.[0] ?? '',
      infoFolder,
      urls: [...(metadata.get('home-page') ?? []), ...(metadata.get('project-url') ?? []).map(withoutLabel)],
      scripts: scriptsOf(await readStart(join(folder, infoFolder, 'entry_points.txt'), MAX_METADATA_BYTES)),
      files: modulesOf(await readStart(join(folder, infoFolder, 'RECORD'), MAX_RECORD_BYTES)),
    };
  }
  return undefined;
}

/** Whether one of its addresses is in that repository. */
export function isOfRepository({ urls }: Pick<Distribution, 'urls'>, repositoryUrl: string): boolean {
  const wanted = repositoryPlace({ url: repositoryUrl })?.repository;
  return wanted !== undefined && urls.some((url) => repositoryPlace({ url })?.repository === wanted);
}

/** Header fields up to the first empty line, names in lower case. */
function headersOf(text: string): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon <= 0 || /^\s/.test(line)) continue;
    const name = line.slice(0, colon).toLowerCase();
    const values = headers.get(name) ?? [];
    values.push(line.slice(colon + 1).trim());
    headers.set(name, values);
  }
  return headers;
}

/** `Repository, https://…` */
function withoutLabel(value: string): string {
  return value.slice(value.indexOf(',') + 1).trim();
}

function scriptsOf(text: string): Record<string, string> {
  const scripts = new Map<string, string>();
  let section = '';
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line.startsWith('[')) section = line;
    const [, name, target] = section === '[console_scripts]' ? (SCRIPT.exec(line) ?? []) : [];
    if (name && target) scripts.set(name, target);
  }
  return Object.fromEntries(scripts);
}

/** Paths of a RECORD that are its own Python modules; scripts lie above the folder, and nobody's path may lead there. */
function modulesOf(record: string): string[] {
  const paths = record.split(/\r?\n/).flatMap((line) => /^"?([^",]{1,500}\.py)"?,/.exec(line)?.[1] ?? []);
  return paths.filter((path) => !path.startsWith('/') && !path.split('/').includes('..')).slice(0, MAX_FILES);
}

async function readStart(file: string, maxBytes: number): Promise<string> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  }
}
