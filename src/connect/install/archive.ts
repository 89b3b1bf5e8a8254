import { createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { isFileSystemError, makeFolder } from '../cache-folder.ts';
import { ArchiveNames } from './archive-names.ts';

export interface ArchiveLimits {
  /** Of all files, unpacked. */
  readonly maxBytes: number;
  /** Files and folders. */
  readonly maxEntries: number;
}

export type Unpacked =
  | { readonly ok: true; readonly bytes: number }
  /** What is wrong with it, in words. */
  | { readonly ok: false; readonly problem: string; readonly isTooBig?: true };

/** Text with much repetition reaches 30; a bomb needs hundreds. */
const MAX_RATIO = 200;
/** Below it the ratio of a file says nothing. */
const RATIO_FROM_BYTES = 4 * 2 ** 20;
const KIND_BITS = 0o170000;
const EXECUTE_BITS = 0o111;
const MADE_ON_UNIX = 3;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks a stranger's ZIP archive into an empty folder of ours: files and folders only, nothing outside it. All names and sizes are checked before
 * the first file is written, and a file that turns out bigger than announced ends it.
 *
 * @returns What was written before a problem showed stays, for the caller to remove.
 * @throws Error of the file system.
 */
export async function unpackArchive(file: string, folder: string, limits: ArchiveLimits): Promise<Unpacked> {
  let archive: ZipFile | undefined;
  try {
    archive = await openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: true });
    const checked = await checkedEntries(archive, limits);
    if (!checked.ok) return checked;
    for (const entry of checked.entries) await writeEntry(archive, entry, folder);
    return { ok: true, bytes: checked.bytes };
  } catch (cause) {
    if (!(cause instanceof Error) || isFileSystemError(cause)) throw cause;
    return bad(cause.message);
  } finally {
    archive?.close();
  }
}

type Checked = { readonly ok: true; readonly entries: readonly Entry[]; readonly bytes: number } | Extract<Unpacked, { ok: false }>;

async function checkedEntries(archive: ZipFile, { maxBytes, maxEntries }: ArchiveLimits): Promise<Checked> {
  const tooMany = { ok: false, problem: 'It unpacks to more than is accepted.', isTooBig: true } as const;
  if (archive.entryCount > maxEntries) return tooMany;
  const names = new ArchiveNames();
  const entries: Entry[] = [];
  let bytes = 0;
  for await (const entry of archive.eachEntry()) {
    const problem = problemOf(entry) ?? names.add(entry.fileName);
    if (problem !== undefined) return bad(problem);
    entries.push(entry);
    bytes += entry.uncompressedSize;
    if (bytes > maxBytes || entries.length > maxEntries) return tooMany;
  }
  return { ok: true, entries, bytes };
}

/** What is wrong with an entry beside its name. */
function problemOf(entry: Entry): string | undefined {
  const { compressionMethod, compressedSize, uncompressedSize } = entry;
  const kind = modeOf(entry) & KIND_BITS;
  if (entry.isEncrypted()) return 'A file in it is encrypted.';
  // Regular files and folders say so, or say nothing.
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) return 'It holds a link or a special file.';
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) return 'A file in it is compressed in a way that is not accepted.';
  if (uncompressedSize > RATIO_FROM_BYTES && uncompressedSize > compressedSize * MAX_RATIO)
    return 'A file in it grows too much when it is unpacked.';
  return undefined;
}

async function writeEntry(archive: ZipFile, entry: Entry, folder: string): Promise<void> {
  const path = join(folder, entry.fileName);
  if (entry.fileName.endsWith('/')) return makeFolder(path.slice(0, -1));
  await makeFolder(dirname(path));
  const mode = (modeOf(entry) & EXECUTE_BITS) !== 0 ? 0o755 : 0o644;
  // Never through something that is there already.
  await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(path, { flags: 'wx', mode }));
}

/** As stat(2) has it; 0 where the archive was made on a system without such. */
function modeOf({ versionMadeBy, externalFileAttributes }: Entry): number {
  return versionMadeBy >>> 8 === MADE_ON_UNIX ? externalFileAttributes >>> 16 : 0;
}

function bad(problem: string): Extract<Unpacked, { ok: false }> {
  return { ok: false, problem };
}
