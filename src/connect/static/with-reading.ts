import { basename } from 'node:path';
import type { Enumeration, Reading } from '../../model/enumeration.ts';
import type { Fault } from '../../model/fault.ts';
import type { FolderPlan } from '../launch-plan.ts';

/**
 * When a package's files are read for its tools. `when-needed`: where nothing could be listed. `always`: also beside a live list, to compare them.
 * `only`: instead of starting anything.
 */
export type ReadingMode = 'when-needed' | 'always' | 'only';

/** An enumeration with what the server's own files say of its tools, where that is wanted and they are there. */
export async function withReading(
  enumeration: Enumeration,
  codeFolder: string | undefined,
  mode: ReadingMode = 'when-needed',
): Promise<Enumeration> {
  const live = 'tools' in enumeration ? enumeration.tools : undefined;
  if (codeFolder === undefined || (live && mode !== 'always')) return enumeration;
  // What reads is loaded only where it is needed: most looks list the tools.
  const { readApart } = await import('./read-apart.ts');
  const { reading, fault } = await readApart(codeFolder);
  if (!reading) return fault && enumeration.status === 'not-started' ? { ...enumeration, fault } : enumeration;
  return { ...enumeration, reading: live ? { ...reading, unlisted: unlistedOf(reading, new Set(live.map(({ name }) => name))) } : reading };
}

function unlistedOf({ tools }: Reading, live: ReadonlySet<string>): string[] {
  return tools.map(({ name }) => name).filter((name) => !live.has(name));
}

interface NotStarted {
  readonly status: 'not-started';
  readonly fault: Fault;
}

/** What is said of a package that was not to be started, before its files were read. */
export function notStarted(subject: string): NotStarted {
  const message = 'Only its files were to be read, and no tools were found in them.';
  return { status: 'not-started', fault: { code: 'no-tools-read', subject, message, retryable: false } };
}

/** Of a remote or an image: there are no files to read. */
export function noSource(subject: string): NotStarted {
  const message = 'It has no source here to be read: it can only be called or started.';
  return { status: 'not-started', fault: { code: 'no-source', subject, message, retryable: false } };
}

/** The enumeration of what was only to be read. */
export async function onlyRead(enumeration: Enumeration, codeFolder: string | undefined): Promise<Enumeration> {
  const read = await withReading(enumeration, codeFolder);
  if (read.status !== 'not-started' || !read.reading) return read;
  const message = 'Only its files were to be read: nothing was started.';
  return { ...read, fault: { ...read.fault, code: 'not-started', message }, durationMs: read.reading.durationMs };
}

/** A folder's tools, from its files alone. */
export function readFolder({ folder }: FolderPlan): Promise<Enumeration> {
  return onlyRead({ ...notStarted(basename(folder)), launch: folder, attempts: [], durationMs: 0, installMs: 0 }, folder);
}
