import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openConnection } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { type EnumerateContext, enumerate } from '../src/connect/enumerate.ts';
import { installNpm } from '../src/connect/install/npm-install.ts';
import { type Enumeration, isListed } from '../src/model/enumeration.ts';
import { isJsonObject } from '../src/model/json.ts';
import { ToolDefinition } from '../src/model/tool.ts';
import { readSettings } from '../src/read-settings.ts';
import { type Benchmark, median } from './benchmark.ts';

const CORPUS = join(import.meta.dirname, '../evaluation/corpora/live-tools.jsonl');
const Listed = z.object({ server: z.string(), version: z.string().optional(), tools: z.array(ToolDefinition) });
type Listed = z.infer<typeof Listed>;

/** How what was read of one server compares with what it lists. */
interface Comparison {
  readonly server: string;
  readonly live: number;
  readonly found: number;
  readonly right: number;
  /** Of the tools that are right: with the same description, with the same names of parameters. */
  readonly descriptions: number;
  readonly parameters: number;
  readonly provenance: string;
  readonly ms: number;
  /** Why it does not count. */
  readonly excluded?: string;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

/**
 * Tools read from the source of packages, beside those that the same packages list. Without names: those of the live corpus. With `npm:name@version`:
 * those, listed now. With `--lists file`: those in a file as the corpus is. `--names` shows what is wrong and what is missed.
 */
export const benchmark: Benchmark = async (args) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean' }, lists: { type: 'string' }, names: { type: 'boolean' } },
  });
  const context = await openContext();
  const compared: Comparison[] = [];
  for (const target of positionals) compared.push(...(await compareNow(target, context)));
  const lists = positionals.length > 0 ? [] : readLists(values.lists ?? CORPUS);
  for (const listed of lists) compared.push(await compareWith(listed, context));
  return { figures: figuresOf(compared), table: tableOf(compared, values.names ?? false) };
};

function openContext(): Promise<EnumerateContext> {
  const config = readConfig();
  return openConnection(config, { settings: async () => readSettings(config.settingsFile), abort: new AbortController().signal });
}

function readLists(file: string): Listed[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => Listed.parse(JSON.parse(line)));
}

async function compareNow(target: string, context: EnumerateContext): Promise<Comparison[]> {
  const [, name = '', version] = /^npm:(@?[^@]+)(?:@(.+))?$/.exec(target) ?? [];
  const plan = { kind: 'npm' as const, name, ...(version !== undefined && { version }), args: [] };
  const enumeration = await enumerate(plan, { ...context, reading: 'always' });
  if (!isListed(enumeration)) return [excluded({ server: target, tools: [] }, enumeration.status)];
  return [comparison({ server: target, tools: enumeration.tools }, enumeration)];
}

async function compareWith(listed: Listed, context: EnumerateContext): Promise<Comparison> {
  const { server: name, version } = listed;
  const plan = { kind: 'npm' as const, name, ...(version !== undefined && { version }), args: [] };
  if (await isBinary(name, version, context)) return excluded(listed, 'binary');
  const enumeration = await enumerate(plan, { ...context, reading: 'only' });
  return enumeration.status === 'not-started' ? comparison(listed, enumeration) : excluded(listed, enumeration.status);
}

const PLATFORM = /[-_/](?:linux|darwin|win32|windows|macos)(?:[-_]|$)/;
const Manifest = z.object({ optionalDependencies: z.record(z.string(), z.string()).catch({}) });

/** A package whose program is machine code, its own or in packages for each platform, has no source to read. */
async function isBinary(name: string, version: string | undefined, context: EnumerateContext): Promise<boolean> {
  const { sandbox, cacheFolder, npm, limits, abort } = context;
  if (!sandbox.ok) throw new Error(sandbox.fault.message);
  const bounds = { timeoutMs: limits.installMs, maxBytes: limits.maxInstallBytes };
  const install = await installNpm({
    name,
    ...(version && { version }),
    sandbox: sandbox.sandbox,
    cacheFolder,
    npm,
    limits: bounds,
    abort,
  });
  if (!install.ok) return false;
  const folder = join(install.installed.folder, install.installed.packageFolder);
  const { optionalDependencies } = Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const isSplit = Object.keys(optionalDependencies).some((other) => other.startsWith(name) && PLATFORM.test(other));
  return isSplit || filesIn(folder).some(isMachineCode);
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile() && !/\.[a-z]{1,4}$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
}

/** ELF, as a program for this machine would be. */
function isMachineCode(file: string): boolean {
  const bytes = Buffer.alloc(4);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, bytes, 0, 4, 0);
  closeSync(descriptor);
  return bytes.equals(Buffer.from('\x7fELF', 'latin1'));
}

function excluded({ server, tools }: Listed, why: string): Comparison {
  const none = { found: 0, right: 0, descriptions: 0, parameters: 0, ms: 0, wrong: [], missed: [] };
  return { server, live: tools.length, ...none, provenance: '', excluded: why };
}

function comparison({ server, tools }: Listed, { reading }: Enumeration): Comparison {
  const live = new Map(tools.map((tool) => [tool.name, tool]));
  const read = new Map((reading?.tools ?? []).map((tool) => [tool.name, tool]));
  const right = [...read.values()].flatMap((tool) => {
    const other = live.get(tool.name);
    return other ? [{ tool, other }] : [];
  });
  return {
    server,
    live: live.size,
    found: read.size,
    right: right.length,
    descriptions: right.filter(({ tool, other }) => textOf(tool) === textOf(other)).length,
    parameters: right.filter(({ tool, other }) => parametersOf(tool) === parametersOf(other)).length,
    provenance: reading?.provenance ?? '',
    ms: reading?.durationMs ?? 0,
    wrong: [...read.keys()].filter((name) => !live.has(name)),
    missed: [...live.keys()].filter((name) => !read.has(name)),
  };
}

function textOf({ description }: ToolDefinition): string {
  return typeof description === 'string' ? description.replaceAll(/\s+/g, ' ').trim() : '';
}

function parametersOf({ inputSchema }: ToolDefinition): string {
  const properties = isJsonObject(inputSchema) ? inputSchema['properties'] : undefined;
  return isJsonObject(properties) ? Object.keys(properties).sort().join(' ') : '';
}

function figuresOf(all: readonly Comparison[]) {
  const counted = all.filter((one) => one.excluded === undefined);
  const read = counted.filter(({ found }) => found > 0);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const mean = (numbers: readonly number[]) => share(sum(numbers), numbers.length);
  const right = sum(counted.map((one) => one.right));
  return {
    servers: counted.length,
    excluded: all.length - counted.length,
    recall: mean(counted.map((one) => share(one.right, one.live))),
    precision: share(right, sum(counted.map(({ found }) => found))),
    precisionPerServer: mean(read.map((one) => share(one.right, one.found))),
    toolsRecall: share(right, sum(counted.map(({ live }) => live))),
    descriptionsAgree: share(sum(counted.map(({ descriptions }) => descriptions)), right),
    parametersAgree: share(sum(counted.map(({ parameters }) => parameters)), right),
    medianMs: median(read.map(({ ms }) => ms)),
    maxMs: Math.max(0, ...read.map(({ ms }) => ms)),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1_000) / 1_000;
}

function tableOf(all: readonly Comparison[], withNames: boolean): string {
  const head = row('server', ['live', 'found', 'right', 'texts', 'params', 'ms', 'from']);
  const rows = all.flatMap((one) => {
    const cells = [one.live, one.found, one.right, one.descriptions, one.parameters, one.ms, one.excluded ?? one.provenance];
    const names = [`  wrong: ${one.wrong.slice(0, 20).join(' ')}`, `  missed: ${one.missed.slice(0, 20).join(' ')}`];
    return [row(one.server, cells), ...(withNames ? names.filter((line) => !line.endsWith(': ')) : [])];
  });
  const figures = Object.entries(figuresOf(all)).map(([name, value]) => `${name.padEnd(20)}${value}`);
  return [head, ...rows, '', ...figures].join('\n');
}

function row(server: string, cells: readonly (string | number)[]): string {
  return server.slice(0, 44).padEnd(45) + cells.map((cell) => String(cell).padStart(8)).join('');
}
