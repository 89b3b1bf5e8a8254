import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

const CHECK_MS = 500;
/** Of the host's memory: with less than that available it begins to end programs of its own choice. */
const HOST_RESERVE = 0.1;
const STAT_BLOCK_BYTES = 512;

/** The host's memory, bytes. */
interface HostMemory {
  readonly total: number;
  readonly available: number;
}

/**
 * Calls `onExceeded` once when a process and all its descendants together hold more than `maxBytes` in memory. The limit per process does not
 * see that: many processes add up, and shared memory counts for none of them. Memory that nobody can be seen to hold, such as shared memory filled
 * by a process that has ended, shows only on the host: so also when the host runs short and has lost more than `maxBytes` since the start.
 *
 * @returns Ends the watch.
 */
export function watchMemory(
  pid: number,
  maxBytes: number,
  onExceeded: () => void,
  hostMemory: () => HostMemory = readHostMemory,
): () => void {
  const availableAtStart = hostMemory().available;
  const timer = setInterval(() => {
    const { total, available } = hostMemory();
    const isHostShort = available < total * HOST_RESERVE && availableAtStart - available > maxBytes;
    if (!isHostShort && treeBytes(pid) <= maxBytes) return;
    clearInterval(timer);
    onExceeded();
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function readHostMemory(): HostMemory {
  const meminfo = read('/proc/meminfo');
  return { total: kilobytes(meminfo, 'MemTotal') * 1024, available: kilobytes(meminfo, 'MemAvailable') * 1024 };
}

/** Private and shared memory; pages of files, such as the runtime's own code, are left out. A memory file that is mapped shows both ways. */
function treeBytes(pid: number): number {
  const tree = treeOf(pid);
  let own = 0;
  let shared = 0;
  for (const member of tree) {
    const status = read(`/proc/${member}/status`);
    own += kilobytes(status, 'RssAnon') * 1024;
    shared += kilobytes(status, 'RssShmem') * 1024;
  }
  return own + Math.max(shared, memoryFileBytes(tree));
}

function treeOf(pid: number): number[] {
  const tree = [pid];
  for (const member of tree) tree.push(...childrenOf(member));
  return tree;
}

/** Files of memfd_create that are open, each counted once. */
function memoryFileBytes(tree: readonly number[]): number {
  const seen = new Set<number>();
  let bytes = 0;
  for (const pid of tree) {
    for (const descriptor of list(`/proc/${pid}/fd`)) {
      const stats = memoryFile(`/proc/${pid}/fd/${descriptor}`);
      if (!stats || seen.has(stats.ino)) continue;
      seen.add(stats.ino);
      bytes += stats.blocks * STAT_BLOCK_BYTES;
    }
  }
  return bytes;
}

function memoryFile(descriptor: string): { readonly ino: number; readonly blocks: number } | undefined {
  try {
    return readlinkSync(descriptor).startsWith('/memfd:') ? statSync(descriptor) : undefined;
  } catch {
    return undefined;
  }
}

function kilobytes(text: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0);
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
