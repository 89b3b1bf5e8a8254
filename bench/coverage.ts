import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import PQueue from 'p-queue';
import { z } from 'zod';
import { openConnection } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { enumerate } from '../src/connect/enumerate.ts';
import { DEFAULT_LIMITS } from '../src/connect/limits.ts';
import type { Enumeration } from '../src/model/enumeration.ts';
import { Settings } from '../src/model/settings.ts';
import type { Benchmark } from './benchmark.ts';
import { rungTable } from './coverage-rungs.ts';

const LIVE_TOOLS = join(import.meta.dirname, '../evaluation/corpora/live-tools.jsonl');
const CONCURRENCY = 2;
/** Bigger than the default: what is measured is listing, and two of the corpus' packages would not be installed at all. */
const MAX_INSTALL_BYTES = 600 * 2 ** 20;

const Line = z.object({
  server: z.string(),
  version: z.string().optional(),
  tools: z.array(z.object({ name: z.string() })).default([]),
});
type Line = z.infer<typeof Line>;

interface Looked {
  readonly line: Line;
  readonly enumeration: Enumeration;
  /** Of the tools that the file names, those in the default or in the widest list. */
  readonly found: number;
}

/**
 * Asks npm servers for their tools with nothing but their names: those of `live-tools.jsonl`, of another file with the same fields (`--file`), or
 * those named (`--servers a,b@1.2.3`); at most `--limit`. Says how many list anything, which of the known tools were found, and what each rung gave.
 */
export const benchmark: Benchmark = async (args) => {
  const looked = await lookAtAll(linesOf(args));
  const failedInstalls = looked.filter(({ enumeration }) => enumeration.status === 'install-failed');
  const installed = looked.filter(({ enumeration }) => enumeration.status !== 'install-failed');
  const listed = installed.filter(({ enumeration }) => toolNames(enumeration).size > 0);
  const failures = installed.filter((one) => !listed.includes(one));
  const known = sum(installed.map(({ line }) => line.tools.length));
  const found = sum(installed.map((one) => one.found));
  const rungs = rungTable(installed.map(({ enumeration }) => enumeration));
  const counts = {
    servers: looked.length,
    installed: installed.length,
    listed: listed.length,
    success: share(listed.length, installed.length),
  };
  const tools = { knownTools: known, foundTools: found, foundShare: share(found, known), listedTools: sum(listed.map(longest)) };
  const seconds = Math.round(sum(installed.map(({ enumeration }) => enumeration.durationMs)) / 1_000);
  return {
    figures: {
      ...counts,
      ...tools,
      seconds,
      rungs: rungs.figures,
      failures: failures.map(brief),
      failedInstalls: failedInstalls.map(brief),
    },
    table: [
      `servers ${counts.servers}, installed ${counts.installed}, listed ${counts.listed} (${percent(counts.success)})`,
      `known tools ${known}, found ${found} (${percent(tools.foundShare)}); listed in all ${tools.listedTools}; ${seconds} s of starts`,
      '',
      rungs.table,
      ...section('not listed', failures.map(describe)),
      ...section('known tools not found', looked.filter(({ line, found }) => found < line.tools.length).map(describeLoss)),
      ...section('not installed', failedInstalls.map(describe)),
    ].join('\n'),
  };
};

function linesOf(args: readonly string[]): Line[] {
  const { values } = parseArgs({
    args: [...args],
    options: { servers: { type: 'string' }, file: { type: 'string' }, limit: { type: 'string' }, json: { type: 'boolean' } },
  });
  const lines = readLines(values.file ?? LIVE_TOOLS);
  const named = values.servers?.split(',').map((spec) => lineOf(spec, lines));
  return (named ?? lines).slice(0, values.limit === undefined ? undefined : Number(values.limit));
}

function readLines(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => Line.parse(JSON.parse(line)));
}

/** A name, or a name and a version, with the tools that the file knows of it. */
function lineOf(spec: string, lines: readonly Line[]): Line {
  const at = spec.indexOf('@', 1);
  const [server, version] = at < 0 ? [spec] : [spec.slice(0, at), spec.slice(at + 1)];
  const known = lines.find((line) => line.server === server && (version === undefined || line.version === version));
  return known ?? { server, version, tools: [] };
}

async function lookAtAll(lines: readonly Line[]): Promise<Looked[]> {
  const config = readConfig();
  const abort = new AbortController().signal;
  const connection = await openConnection(config, { settings: async () => Settings.parse({}), abort });
  const limits = { ...DEFAULT_LIMITS, maxInstallBytes: MAX_INSTALL_BYTES };
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const look = async (line: Line): Promise<Looked> => {
    const plan = { kind: 'npm', name: line.server, ...(line.version && { version: line.version }), args: [] } as const;
    const enumeration = await enumerate(plan, { ...connection, limits, widen: true });
    const names = toolNames(enumeration);
    process.stderr.write(`${line.server}: ${enumeration.status}, ${names.size} tools, ${enumeration.attempts.length} starts\n`);
    return { line, enumeration, found: line.tools.filter(({ name }) => names.has(name)).length };
  };
  try {
    return await queue.addAll(lines.map((line) => () => look(line)));
  } finally {
    await connection.close();
  }
}

function toolNames(enumeration: Enumeration): Set<string> {
  if (!('tools' in enumeration)) return new Set();
  return new Set([...enumeration.tools, ...(enumeration.widest?.tools ?? [])].map(({ name }) => name));
}

function longest({ enumeration }: Looked): number {
  return toolNames(enumeration).size;
}

function brief({ line, enumeration }: Looked) {
  const fault = 'fault' in enumeration ? enumeration.fault.code : '';
  return { server: line.server, status: enumeration.status, fault, starts: enumeration.attempts.length };
}

function describe(looked: Looked): string {
  const { server, status, fault, starts } = brief(looked);
  return `${server.padEnd(44)} ${status.padEnd(16)} ${fault.padEnd(22)} ${starts} starts`;
}

function describeLoss({ line, found }: Looked): string {
  return `${line.server.padEnd(44)} ${found} of ${line.tools.length}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', `${title}:`, ...lines] : [];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : Math.round((1_000 * part) / whole) / 1_000;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
