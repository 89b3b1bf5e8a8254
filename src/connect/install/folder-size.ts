import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files below a folder, hard links counted each time. What disappears while it is counted counts nothing. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  const open = [folder];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const current = next;
    const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
    open.push(...entries.filter((entry) => entry.isDirectory()).map((entry) => join(current, entry.name)));
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(
      files.map((entry) =>
        lstat(join(current, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    for (const size of sizes) bytes += size;
  }
  return bytes;
}
