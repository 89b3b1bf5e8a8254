import { readdirSync, readFileSync } from 'node:fs';

const CHECK_MS = 500;

/**
 * Calls `onExceeded` once when a process and all its descendants together hold more than `maxBytes` in memory. The limit per process does not
 * see that: many processes add up, and shared memory counts for none of them.
 *
 * @returns Ends the watch.
 */
export function watchMemory(pid: number, maxBytes: number, onExceeded: () => void): () => void {
  const timer = setInterval(() => {
    if (treeBytes(pid) <= maxBytes) return;
    clearInterval(timer);
    onExceeded();
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function treeBytes(pid: number): number {
  let bytes = 0;
  const open = [pid];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    bytes += residentBytes(next);
    open.push(...childrenOf(next));
  }
  return bytes;
}

/** Private and shared memory of one process; pages of files, such as the runtime's own code, are left out. */
function residentBytes(pid: number): number {
  let bytes = 0;
  for (const [, kilobytes] of read(`/proc/${pid}/status`).matchAll(/^Rss(?:Anon|Shmem):\s*(\d+) kB$/gm)) bytes += Number(kilobytes) * 1024;
  return bytes;
}

function childrenOf(pid: number): number[] {
  const threads = list(`/proc/${pid}/task`);
  return threads.flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number));
}

/** A process may end at any moment; one that has gone holds nothing. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
