import { execFile } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Fault } from '../../model/fault.ts';
import { isExposed, isWithin } from '../exposed-folder.ts';
import { commandOfFile } from '../program.ts';
import type { Mount } from '../sandbox/sandbox.ts';
import { PYTHON_PROBE } from './pypi-probe.ts';

/** A Python of this machine. */
export interface Python {
  /** The interpreter itself, links followed. */
  readonly program: string;
  /** Folder of its libraries. */
  readonly prefix: string;
  /** `3.12.1` */
  readonly version: string;
  /** Arguments that run its pip, where that reports what it installs (22.2 or newer). */
  readonly pip?: readonly string[];
}

/** How this machine runs Python and reaches its package index. */
export interface PythonSetup {
  /** Newest first, one of each minor version, never empty. */
  readonly pythons: readonly Python[];
  /** The one that runs pip. */
  readonly installer: Python;
  /** Environment of pip: its own options, credentials in addresses included, and the proxies. For an install only, never for a server. */
  readonly environment: Readonly<Record<string, string>>;
  /** Host folders and files that those options name. */
  readonly paths: readonly string[];
  /** Addresses of indexes. */
  readonly indexes: readonly string[];
}

type PythonFound = { readonly ok: true; readonly setup: PythonSetup } | { readonly ok: false; readonly fault: Fault };
/** Reads how Python is set up, when it is first needed. */
export type PythonSettings = () => Promise<PythonFound>;
type Environment = Readonly<Record<string, string | undefined>>;

const MINORS = Array.from({ length: 12 }, (_, index) => `python3.${20 - index}`);
const SYSTEM_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin'];
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];
/** Of pip's options those that say where packages come from and whom to believe. */
const OPTIONS = ['index-url', 'extra-index-url', 'find-links', 'no-index', 'trusted-host', 'cert', 'proxy'];
const OF_FILES = ['find-links', 'cert', 'index-url', 'extra-index-url'];
const OLDEST = [3, 8];
const FIX = 'Run `apt-get install python3 python3-pip`.';

const Probed = z.object({
  program: z.string().startsWith('/'),
  prefix: z.string().startsWith('/'),
  version: z.tuple([z.number(), z.number(), z.number()]),
  isFinal: z.boolean(),
  pip: z.string().nullable(),
  runsPip: z.array(z.string()),
});
const UvPythons = z.array(z.object({ path: z.string().nullish() }));
const PipConfig = z.record(z.string(), z.string());

/** @param environment - The caller's: its PATH is searched for Python and uv, and both pip and uv read settings from it. */
export function readPythonSettings(environment: Environment): PythonSettings {
  let found: Promise<PythonFound> | undefined;
  return () => {
    found ??= findPython(environment);
    return found;
  };
}

async function findPython(environment: Environment): Promise<PythonFound> {
  const pythons = await pythonsOf(environment);
  if (pythons.length === 0) return missing('python-missing', `No Python of version ${OLDEST.join('.')} or newer was found in PATH. ${FIX}`);
  const installer = pythons.find(({ pip }) => pip !== undefined);
  if (!installer) {
    return missing('pip-missing', `No Python here has pip 22.2 or newer, so no package can be installed. ${FIX}`);
  }
  const options = { ...uvOptions(environment), ...(await pipOptions(installer, environment)) };
  const places = OF_FILES.flatMap((name) => (options[name] ?? '').split(/\s+/)).filter(Boolean);
  return {
    ok: true,
    setup: {
      pythons: onePerMinor(pythons),
      installer,
      environment: { ...variablesOf(options), ...proxiesOf(environment) },
      paths: places.flatMap(pathOf),
      indexes: ['index-url', 'extra-index-url', 'find-links'].flatMap((name) => (options[name] ?? '').split(/\s+/)).filter(Boolean),
    },
  };
}

/** What shows an interpreter inside, where it is not the system's own. */
export function mountsOfPython({ prefix }: Python): Mount[] {
  if (isWithin(prefix, '/usr')) return [];
  // What Python's own install puts there: files, folders and links.
  return [{ source: prefix, target: prefix, writable: false, holdsOnlyFiles: true }];
}

/** `3.12` */
export function minorOf({ version }: Python): string {
  return version.split('.', 2).join('.');
}

async function pythonsOf(environment: Environment): Promise<Python[]> {
  const folders = new Set([...(environment['PATH'] ?? '').split(delimiter), ...SYSTEM_FOLDERS].filter(isAbsolute));
  const candidates = [...[...folders].flatMap(interpretersIn), ...(await uvPythons(environment, folders))];
  const probed = await Promise.all([...new Set(candidates)].map((file) => probe(file, environment)));
  const usable = new Map(probed.flatMap((one) => (one && isUsable(one) ? [[one.program, one]] : [])));
  return [...usable.values()].sort(newestFirst).map(({ program, prefix, version, pip, runsPip }) => ({
    program,
    prefix,
    version: version.join('.'),
    ...(pip !== null && isPipNewEnough(pip) && { pip: runsPip }),
  }));
}

/** By their names, links followed. A script called `python3` may stand for the version that is chosen; one called `python3.9` for one that is not, and takes long to say so. */
function interpretersIn(folder: string): string[] {
  const usual = ['python3', 'python'].map((name) => join(folder, name)).find(isExecutable);
  const others = MINORS.map((name) => join(folder, name)).filter((file) => isExecutable(file) && !startsWithScript(file));
  return [...(usual ? [usual] : []), ...others].map((file) => (startsWithScript(file) ? file : realpathSync(file)));
}

function startsWithScript(file: string): boolean {
  return commandOfFile(file, file)?.length !== 1;
}

/** What fits one fits the others of its minor version. */
function onePerMinor(pythons: readonly Python[]): Python[] {
  return pythons.filter((python, index) => pythons.findIndex((other) => minorOf(other) === minorOf(python)) === index);
}

/** Those that uv keeps for itself. */
async function uvPythons(environment: Environment, folders: ReadonlySet<string>): Promise<string[]> {
  const uv = [...folders].map((folder) => join(folder, 'uv')).find(isExecutable);
  const said = uv && (await ask(uv, ['python', 'list', '--only-installed', '--output-format', 'json'], environment));
  const list = UvPythons.safeParse(parsed(said ?? ''));
  return list.success ? list.data.flatMap(({ path }) => (path && isAbsolute(path) ? [path] : [])) : [];
}

async function probe(file: string, environment: Environment): Promise<z.infer<typeof Probed> | undefined> {
  const read = Probed.safeParse(parsed((await ask(file, ['-I', '-c', PYTHON_PROBE, 'python'], environment)) ?? ''));
  return read.data;
}

/** One whose libraries lie among other people's files cannot be shown to a server. */
function isUsable({ version: [major, minor], prefix }: z.infer<typeof Probed>): boolean {
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  return major === oldestMajor && minor >= oldestMinor && (isWithin(prefix, '/usr') || !isExposed(prefix));
}

function newestFirst(a: z.infer<typeof Probed>, b: z.infer<typeof Probed>): number {
  if (a.isFinal !== b.isFinal) return a.isFinal ? -1 : 1;
  const differing = a.version.findIndex((part, index) => part !== b.version[index]);
  // Of equal ones the one with pip.
  if (differing < 0) return Number(b.pip !== null) - Number(a.pip !== null);
  return (b.version[differing] ?? 0) - (a.version[differing] ?? 0);
}

function isPipNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 2);
}

/** pip's own view of its files and of the environment, the latter strongest. */
async function pipOptions(python: Python, environment: Environment): Promise<Record<string, string>> {
  const said = await ask(python.program, ['-I', '-c', PYTHON_PROBE, 'pip', ...(python.pip ?? [])], environment);
  const config = PipConfig.safeParse(parsed(said ?? '')).data ?? {};
  const strongestLast = ['global', 'install', ':env:'];
  const options: Record<string, string> = {};
  for (const section of strongestLast) {
    for (const name of OPTIONS) {
      const value = config[`${section}.${name}`];
      if (value) options[name] = value;
    }
  }
  return options;
}

/** Where pip has no setting of its own, uv's counts. */
function uvOptions(environment: Environment): Record<string, string> {
  const index = environment['UV_DEFAULT_INDEX'] || environment['UV_INDEX_URL'];
  const more = environment['UV_INDEX'] || environment['UV_EXTRA_INDEX_URL'];
  return {
    ...(index && { 'index-url': withoutName(index) }),
    ...(more && { 'extra-index-url': more.split(/\s+/).map(withoutName).join(' ') }),
  };
}

/** uv lets an index have a name: `name=https://…`. */
function withoutName(index: string): string {
  return index.replace(/^[\w.-]{1,100}=/, '');
}

function variablesOf(options: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [`PIP_${name.toUpperCase().replaceAll('-', '_')}`, value.trim().split(/\s+/).join(' ')]),
  );
}

function proxiesOf(environment: Environment): Record<string, string> {
  return Object.fromEntries(PROXY_VARIABLES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

function pathOf(place: string): string[] {
  if (isAbsolute(place)) return [place];
  if (!place.startsWith('file:') || !URL.canParse(place)) return [];
  try {
    const path = fileURLToPath(place);
    // The pages of an index link to files beside it.
    return [basename(path) === 'simple' && !isExposed(dirname(path)) ? dirname(path) : path];
  } catch {
    return [];
  }
}

/** Outside the sandbox and as the caller. Not in the working folder: a stranger's checkout may hold a `pip.py`. */
async function ask(program: string, args: readonly string[], environment: Environment): Promise<string | undefined> {
  try {
    const options = { env: { ...environment }, cwd: '/', timeout: 20_000, maxBuffer: 2 ** 22 };
    return (await promisify(execFile)(program, [...args], options)).stdout;
  } catch {
    // One that does not start, such as the shim of a version that is not chosen, is none.
    return undefined;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function missing(code: string, message: string): PythonFound {
  return { ok: false, fault: { code, subject: 'python', message, retryable: false } };
}
