import { parseArgs } from 'node:util';
import { type Benchmark, median } from './benchmark.ts';
import { type AtOnce, allAtOnce, peakMegabytes, type RungTimes, rungTimes } from './enumerate/one-process.ts';
import { openContext, openInspector, openSubjects, type Subject } from './enumerate/subjects.ts';
import { type Client, type WholeProcess, wholeProcesses } from './enumerate/whole-process.ts';

const ROUNDS = 7;
/** All servers so often in one process: if it grew with their number, it would show. */
const MEMORY_TURNS = 6;

/**
 * What it costs to list 15 installed servers, beside other ways to do it, all in this run: `assay list` and `assay scan` in the sandbox, a bare client
 * of the SDK and the inspector's CLI, each as a process of its own; a look in each rung inside one process; all of them four at once; memory.
 */
export const benchmark: Benchmark = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string', default: String(ROUNDS) }, json: { type: 'boolean' } },
  });
  const rounds = Number(values.rounds);
  const context = await openContext();
  const subjects = await openSubjects(context);
  const inspector = await openInspector(context);
  const processes = await wholeProcesses(subjects, inspector, { rounds, cacheFolder: context.cacheFolder });
  const rungs = await rungTimes(subjects, rounds, context);
  const atOnce = await allAtOnce(subjects, context);
  const memory = await peakMegabytes(subjects, MEMORY_TURNS, context.cacheFolder);
  const figures = figuresOf(processes, rungs, atOnce, memory);
  return { figures, table: [...rowsOf(subjects, processes, rungs), '', ...Object.entries(figures).map(line)].join('\n') };
};

function figuresOf(processes: readonly WholeProcess[], rungs: readonly RungTimes[], atOnce: AtOnce, memory: number) {
  const { wallSeconds, serverSeconds, neededSeconds, cores } = atOnce;
  const ratio = (client: Client, other: Client) => median(processes.map(({ ms }) => ms[client] / ms[other]));
  const added = (rung: keyof RungTimes) => median(rungs.map((times) => (times[rung] ?? Number.NaN) / (times.none ?? Number.NaN)));
  return rounded({
    servers: processes.length,
    listMedianMs: median(processes.map(({ ms }) => ms.list)),
    bareClientMedianMs: median(processes.map(({ ms }) => ms.bare)),
    inspectorMedianMs: median(processes.map(({ ms }) => ms.inspector)),
    listToBareClient: ratio('list', 'bare'),
    listToInspector: ratio('list', 'inspector'),
    scanToBareClient: ratio('scan', 'bare'),
    scanToInspector: ratio('scan', 'inspector'),
    bubblewrapToNone: added('bubblewrap'),
    utilLinuxToNone: added('util-linux'),
    fourAtOnceToCpuNeeded: (wallSeconds * cores) / neededSeconds,
    fourAtOnceToCpuOfServers: (wallSeconds * cores) / serverSeconds,
    peakMegabytes: memory,
  });
}

function rounded<Figures extends Record<string, number>>(figures: Figures): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Math.round(value * 1_000) / 1_000]));
}

function line([name, value]: readonly [string, number]): string {
  return `${name.padEnd(28)}${value}`;
}

function rowsOf(subjects: readonly Subject[], processes: readonly WholeProcess[], rungs: readonly RungTimes[]): string[] {
  const cells = (values: readonly unknown[]) => values.map((value) => String(value ?? '-').padStart(11)).join('');
  const ms = (value: number | undefined) => (value === undefined ? '-' : value.toFixed(0));
  const head = ['list', 'scan', 'bare client', 'inspector', 'tools', 'none', 'bubblewrap', 'util-linux'];
  const rows = subjects.map(({ target }, index) => {
    const { ms: times, tools } = processes[index] as WholeProcess;
    const rung = rungs[index] ?? {};
    const whole = [times.list, times.scan, times.bare, times.inspector].map(ms);
    return `${target.padEnd(66)}${cells([...whole, tools.list, ms(rung.none), ms(rung.bubblewrap), ms(rung['util-linux'])])}`;
  });
  return [`${'ms, medians'.padEnd(66)}${cells(head)}`, ...rows];
}
