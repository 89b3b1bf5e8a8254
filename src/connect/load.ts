import { availableParallelism, loadavg } from 'node:os';

/** A limit is never stretched further: a machine that is slower than that is of no use, and a server that hangs has to end some day. */
const MOST = 4;

/** What this machine is busy with. */
export interface Load {
  readonly cores: number;
  /** Work of this process that was begun and has not ended: installs and starts of servers. */
  readonly running: number;
  /** Of the whole machine: processes that ran or waited to, on average over the last minute. 0 where the system does not say. */
  readonly average: number;
}

/**
 * By how much a time limit that is right on an idle machine is stretched on this one: by as much as the cores are shared. The slowest of 97 servers
 * took 3.8 s alone, 8.0 s with three others on two cores and 17.9 s with seven.
 */
export function stretchOf({ cores, running, average }: Load): number {
  return Math.min(MOST, Math.max(1, running / cores, average / cores));
}

let running = 0;

/** Does a piece of work that takes a core, and counts it while it is done. */
export async function counted<Result>(work: () => Promise<Result>): Promise<Result> {
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
  }
}

/** A time limit that is right on an idle machine, as this one is busy now. */
export function stretched(limitMs: number): number {
  return Math.round(limitMs * stretchOf({ cores: availableParallelism(), running, average: loadavg()[0] ?? 0 }));
}

/**
 * Calls `onOver` when a time limit is over. What the machine is busy with is asked only then: what began on an idle one may have been joined by others.
 *
 * @returns Ends the wait.
 */
export function stretchedTimeout(limitMs: number, onOver: () => void): () => void {
  const startedAt = performance.now();
  const check = () => {
    const leftMs = stretched(limitMs) - (performance.now() - startedAt);
    if (leftMs <= 0) onOver();
    else timer = setTimeout(check, leftMs);
  };
  let timer = setTimeout(check, limitMs);
  return () => clearTimeout(timer);
}
