import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Stage } from '../src/model/fault.ts';
import { RunReport, type SourceReport } from '../src/model/run-report.ts';
import { startPostgres } from '../test/store/postgres.ts';
import type { Benchmark } from './benchmark.ts';

/** The official registry as it was counted in August 2026. */
const SERVERS = 24_247;
const VERSIONS = 79_402;

interface Measured {
  readonly report: RunReport;
  /** Of the whole process, as the kernel counted it. */
  readonly peakRssMb: number;
}

interface Pass {
  readonly discover: Measured;
  readonly identify: Measured;
}

/**
 * A registry of that size, grown from a real dump and served by another process: `assay nightly` reads it whole into an empty PostgreSQL, then for the
 * changes of a day, and each time makes servers of what it read. Every step is a process of its own.
 */
export const benchmark: Benchmark = async () => {
  const postgres = await startPostgres();
  const registry = await serveRegistry();
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  try {
    const config = join(folder, 'settings.json');
    await writeFile(config, JSON.stringify(settingsFor(registry.url)));
    const step = stepper(await postgres.newDatabase(), folder, config);
    const full = { discover: await step('discover'), identify: await step('identify') };
    await registry.nextDay();
    const delta = { discover: await step('discover'), identify: await step('identify') };
    return { figures: figuresOf(full, delta), table: tableOf({ 'full crawl': full, "a day's changes": delta }) };
  } finally {
    registry.stop();
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
};

/** The double stands for a registry that is asked politely for seven minutes: what is measured is the work, not the waiting. */
function settingsFor(baseUrl: string): object {
  return { sources: [{ kind: 'registry', id: 'double', baseUrl, provesNames: true, requestsPerSecond: 1_000 }], allowLoopback: true };
}

function stepper(databaseUrl: string, folder: string, config: string) {
  const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
  return async (stage: Stage): Promise<Measured> => {
    const args = ['nightly', '--only', stage, '--config', config, '--out', join(folder, 'site'), '--json'];
    const env = { ...process.env, DATABASE_URL: databaseUrl, ASSAY_FOLDER: folder, ASSAY_CACHE: folder, LOG_LEVEL: 'error' };
    const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const peak = watchPeak(child);
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    const report = RunReport.parse(JSON.parse(output));
    if (report.sources.some(({ complete }) => !complete)) throw new Error(`the crawl broke off: ${JSON.stringify(report.faults)}`);
    return { report, peakRssMb: peak() };
  };
}

/** The kernel's own high-water mark, read until the process is gone. */
function watchPeak({ pid }: ChildProcess): () => number {
  let peakKb = 0;
  const timer = setInterval(() => {
    try {
      const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      peakKb = Math.max(peakKb, Number(kb ?? 0));
    } catch {
      clearInterval(timer);
    }
  }, 20);
  return () => {
    clearInterval(timer);
    return peakKb / 1024;
  };
}

function sourceOf({ report }: Measured): SourceReport {
  const [source] = report.sources;
  if (!source) throw new Error('nothing was discovered');
  return source;
}

function stageMs({ report }: Measured): number {
  return report.stages[0]?.durationMs ?? 0;
}

function figuresOf(full: Pass, delta: Pass) {
  const [whole, changes] = [sourceOf(full.discover), sourceOf(delta.discover)];
  return {
    servers: whole.servers,
    versions: whole.added + whole.deleted,
    fullMs: stageMs(full.discover),
    deltaMs: stageMs(delta.discover),
    peakRssMb: Math.round(Math.max(full.discover.peakRssMb, delta.discover.peakRssMb)),
    deltaServers: changes.servers,
    deltaVersions: changes.added,
    identifyMs: stageMs(full.identify),
    identifyPeakRssMb: Math.round(Math.max(full.identify.peakRssMb, delta.identify.peakRssMb)),
  };
}

function tableOf(passes: Readonly<Record<string, Pass>>): string {
  const header = ['', 'ms', 'MB', 'servers', 'new', 'changed', 'deprecated', 'deleted', 'unchanged', 'faults', 'identify ms', 'MB'];
  const rows = Object.entries(passes).map(([name, { discover, identify }]) => {
    const { servers, added, changed, deprecated, deleted, unchanged, faults } = sourceOf(discover);
    const counts = [servers, added, changed, deprecated, deleted, unchanged, faults];
    return [
      name,
      ...[stageMs(discover), Math.round(discover.peakRssMb), ...counts, stageMs(identify), Math.round(identify.peakRssMb)].map(String),
    ];
  });
  return [header, ...rows]
    .map((cells) => cells.map((cell, index) => (index === 0 ? cell.padEnd(16) : cell.padStart(12))).join(''))
    .join('\n');
}

interface RegistryProcess {
  readonly url: string;
  nextDay(): Promise<void>;
  stop(): void;
}

const DUMP = 'test/fixtures/crawlers/official-registry/latest-2026-03-06.json.gz';

async function serveRegistry(): Promise<RegistryProcess> {
  const script = fileURLToPath(new URL('../test/crawlers/doubles/registry-double.ts', import.meta.url));
  const dump = fileURLToPath(new URL(`../${DUMP}`, import.meta.url));
  const child = spawn(process.execPath, [script, '--grow', String(SERVERS), String(VERSIONS), dump], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstLine(child);
  return {
    url,
    async nextDay() {
      const { ok, status } = await fetch(`${url}/double/next-day`, { method: 'POST' });
      if (!ok) throw new Error(`the double has no next day: ${status}`);
    },
    stop: () => child.kill(),
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the double of the registry ended with code ${code}`);
  });
  const [line] = await Promise.race([once(child.stdout ?? child, 'data'), ended]);
  return String(line).trim();
}
