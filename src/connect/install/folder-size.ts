import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

interface FolderSize {
  /** Of all files, hard links counted each time. */
  readonly bytes: number;
  /** Files, folders and links below it; a file system runs out of these too. */
  readonly entries: number;
}

/**
 * Counts what is below a folder. What disappears while it is counted counts nothing.
 *
 * @param maxEntries - Past it the count ends, with what was counted so far.
 */
export async function folderSize(folder: string, maxEntries: number): Promise<FolderSize> {
  const size = { bytes: 0, entries: 0 };
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const current = next;
    const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
    size.entries += entries.length;
    if (size.entries > maxEntries) return size;
    open.push(...entries.filter((entry) => entry.isDirectory()).map((entry) => join(current, entry.name)));
    const files = entries.filter((entry) => entry.isFile());
    for (const bytes of await Promise.all(files.map((entry) => bytesOf(join(current, entry.name))))) size.bytes += bytes;
  }
  return size;
}

function bytesOf(file: string): Promise<number> {
  return lstat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
