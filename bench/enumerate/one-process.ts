import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import PQueue from 'p-queue';
import { type EnumerateContext, enumerate } from '../../src/connect/enumerate.ts';
import { type HostRung, openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import type { Sandbox } from '../../src/connect/sandbox/sandbox.ts';
import { median } from '../benchmark.ts';
import type { Subject } from './subjects.ts';

const ASSAY = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const CONCURRENCY = 4;
/** As often is every server looked at in the measurement of four at once: with each only once, waiting for the last one would be a large part. */
const TURNS = 4;
const TICKS_PER_SECOND = 100;

/** Median milliseconds of a server's look in each rung that works here, the rungs in turn. */
export type RungTimes = Readonly<Partial<Record<HostRung, number>>>;

export async function rungTimes(subjects: readonly Subject[], rounds: number, context: EnumerateContext): Promise<RungTimes[]> {
  const sandboxes: [HostRung, Sandbox][] = [];
  for (const only of ['none', 'bubblewrap', 'util-linux'] as const) {
    const opened = await openSandbox({ only });
    if (opened.ok) sandboxes.push([only, opened.sandbox]);
  }
  const results: RungTimes[] = [];
  for (const subject of subjects) {
    const times = new Map<HostRung, number[]>();
    for (let round = 0; round <= rounds; round += 1) {
      for (const [rung, sandbox] of sandboxes) {
        const ms = await look(subject, { ...context, sandbox: { ok: true, sandbox } });
        if (round > 0) times.set(rung, [...(times.get(rung) ?? []), ms]);
      }
    }
    results.push(Object.fromEntries([...times].map(([rung, values]) => [rung, median(values)])));
  }
  return results;
}

async function look({ plan, target }: Subject, context: EnumerateContext): Promise<number> {
  const startedAt = performance.now();
  const { status } = await enumerate(plan, context);
  if (status !== 'complete') throw new Error(`${target} was not listed: ${status}`);
  return performance.now() - startedAt;
}

export interface AtOnce {
  readonly wallSeconds: number;
  /** Of the servers alone: started without a sandbox one after the other, from start to kill. */
  readonly serverSeconds: number;
  /** Of everything that has to be done one after the other: the servers, Assay itself. */
  readonly neededSeconds: number;
  readonly cores: number;
}

/**
 * All servers, each {@link TURNS} times, four at once in the sandbox: the time of the clock times the cores, beside the processor time that the same
 * looks need one after the other without a sandbox: that of the servers (what the kernel charged to ended children), and that of Assay's own process.
 * So making the sandboxes, switching between four and every moment in which a core has nothing to do count as waste.
 */
export async function allAtOnce(subjects: readonly Subject[], context: EnumerateContext): Promise<AtOnce> {
  const looks = Array.from({ length: TURNS }, () => subjects).flat();
  const open = await openSandbox({ only: 'none' });
  const [childrenBefore, ownBefore] = [childTicks(), process.cpuUsage()];
  for (const subject of looks) await look(subject, { ...context, sandbox: open });
  const { user, system } = process.cpuUsage(ownBefore);
  const serverSeconds = (childTicks() - childrenBefore) / TICKS_PER_SECOND;
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const startedAt = performance.now();
  await Promise.all(looks.map((subject) => queue.add(() => look(subject, context))));
  const wallSeconds = (performance.now() - startedAt) / 1_000;
  return { wallSeconds, serverSeconds, neededSeconds: serverSeconds + (user + system) / 1e6, cores: availableParallelism() };
}

/** Processor time of all children that have ended, in ticks: fields 16 and 17 of proc_pid_stat(5). */
function childTicks(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return Number(fields[13]) + Number(fields[14]);
}

/** Most memory of one process of the built Assay, MB, that lists all servers so many times one after the other. */
export async function peakMegabytes(subjects: readonly Subject[], times: number, cacheFolder: string): Promise<number> {
  const targets = Array.from({ length: times }, () => subjects.map(({ target }) => target)).flat();
  const env = { PATH: '/usr/bin:/bin', ASSAY_CACHE: cacheFolder };
  const child = spawn(process.execPath, [ASSAY, 'list', '--json', ...targets], { env, stdio: 'ignore' });
  let peakKilobytes = 0;
  const timer = setInterval(() => {
    peakKilobytes = Math.max(peakKilobytes, highWater(child.pid));
  }, 50);
  const [code] = await once(child, 'close');
  clearInterval(timer);
  if (code !== 0) throw new Error(`listing ${targets.length} servers ended with ${code}`);
  return peakKilobytes / 1_000;
}

/** The kernel keeps the most there ever was; gone with the process. */
function highWater(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
