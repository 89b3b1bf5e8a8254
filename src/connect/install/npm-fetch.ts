import { readFile, realpath, writeFile } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../../model/fault.ts';
import { cacheUnusable, isFileSystemError } from '../cache-folder.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { type RunOutcome, sizeWithin } from './bounded-run.ts';
import { makeRoom } from './cache-room.ts';
import { filesIn, type InstallCache, type Workshop } from './install-cache.ts';
import type { Kept } from './kept.ts';
import { type NpmCommand, runNpm } from './npm-command.ts';
import { faultOfNpm, tooBig } from './npm-faults.ts';
import { type InstallRequest, type InstallResult, toInstalled } from './npm-install.ts';
import type { NpmSetup } from './npm-settings.ts';
import { isExactVersion } from './package-spec.ts';
import { privateNames, withoutPrivateNames } from './private-names.ts';

type Resolution = { readonly ok: true; readonly version: string } | { readonly ok: false; readonly fault: Fault };

/** Neither scripts nor sources other than the registry: both run or fetch what no one has reviewed. */
const INSTALL = [
  'install',
  '--ignore-scripts',
  '--allow-git=none',
  '--allow-remote=none',
  '--omit=dev',
  '--package-lock=true',
  '--no-audit',
  '--no-fund',
];
const QUIET = [
  '--no-update-notifier',
  '--no-progress',
  '--loglevel=error',
  '--logs-max=0',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-timeout=30000',
];

const MAX_DETAILS = 1_000;

const Version = z.object({ version: z.string() });
/** One object, or one per version in a range, ascending. */
const NpmView = z.union([Version, z.array(Version).min(1)]);
const Lockfile = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});
const Manifest = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]).catch({}) });

/** Installs from the registry, into the cache. See `installNpm`. */
export async function fetchNpm(request: InstallRequest, cache: InstallCache): Promise<InstallResult> {
  const npm = await request.npm();
  if (!npm.ok) return npm;
  try {
    const full = await makeRoom(request.cacheFolder, subjectOf(request), request.limits);
    if (full) return { ok: false, fault: full };
    return await installInWorkshop({ request, cache, setup: npm.setup, startedAt: performance.now() });
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    return { ok: false, fault: cacheUnusable(request.cacheFolder, subjectOf(request), cause) };
  }
}

interface Circumstances {
  readonly request: InstallRequest;
  readonly cache: InstallCache;
  readonly setup: NpmSetup;
  readonly startedAt: number;
}

async function installInWorkshop(circumstances: Circumstances): Promise<InstallResult> {
  const { request, cache, setup } = circumstances;
  const workshop = await cache.openWorkshop(isOtherUser(request.sandbox));
  try {
    const result = await installInto(workshop, circumstances);
    if (result.ok) return result;
    const names = privateNames(setup, [request.cacheFolder, await realpath(request.cacheFolder)]);
    return { ok: false, fault: withoutPrivateNames(result.fault, names) };
  } finally {
    await cache.closeWorkshop(workshop);
  }
}

async function installInto(workshop: Workshop, circumstances: Circumstances): Promise<InstallResult> {
  const { request, cache, startedAt } = circumstances;
  const npm = (args: readonly string[]) => runNpm({ ...commandOf(workshop, circumstances), args: [...args, ...QUIET] });
  const resolved = await resolveVersion(request, npm);
  if (!resolved.ok) return resolved;
  const known = await cache.find(request.name, resolved.version);
  if (known) return { ok: true, installed: toInstalled(cache, known) };
  await writeFile(
    join(workshop.appFolder, 'package.json'),
    JSON.stringify({ private: true, dependencies: { [request.name]: resolved.version } }),
  );
  const outcome = await npm(INSTALL);
  if (outcome.kind !== 'done') return { ok: false, fault: faultOfNpm(outcome, request.name, request.version, request.limits) };
  const kept = await inspect(workshop.appFolder, request).catch((cause) => unreadable(request, cause));
  if ('code' in kept) return { ok: false, fault: kept };
  await cache.keep(workshop, kept);
  return { ok: true, installed: { ...toInstalled(cache, kept), cached: false, installMs: Math.round(performance.now() - startedAt) } };
}

function commandOf({ appFolder, npmCacheFolder }: Workshop, { request, setup }: Circumstances): Omit<NpmCommand, 'args'> {
  const { sandbox, limits, abort } = request;
  return { packageName: request.name, appFolder, cacheFolder: npmCacheFolder, sandbox, setup, limits, abort };
}

/** Which exact version a tag or range means today. An exact one needs no asking. */
async function resolveVersion(request: InstallRequest, npm: (args: readonly string[]) => Promise<RunOutcome>): Promise<Resolution> {
  const { name, version = 'latest', limits } = request;
  if (isExactVersion(version)) return { ok: true, version };
  const outcome = await npm(['view', '--json', `${name}@${version}`, 'name', 'version']);
  if (outcome.kind !== 'done') return { ok: false, fault: faultOfNpm(outcome, name, request.version, limits) };
  try {
    const highest = highestVersion(outcome.stdout);
    if (highest !== undefined && isExactVersion(highest)) return { ok: true, version: highest };
  } catch (cause) {
    return { ok: false, fault: unreadable(request, cause) };
  }
  const noMatch = { kind: 'failed', stderr: `No match found for version ${name}@${version}` } as const;
  return { ok: false, fault: faultOfNpm(noMatch, name, version, limits) };
}

/** The highest version of the answer. npm prints nothing at all when none matches. */
function highestVersion(stdout: string): string | undefined {
  const answer = stdout.trim() ? NpmView.parse(JSON.parse(stdout)) : [];
  return [answer].flat().at(-1)?.version;
}

function unreadable(request: InstallRequest, cause: unknown): Fault {
  if (!(cause instanceof SyntaxError || cause instanceof z.ZodError || isFileSystemError(cause))) throw cause;
  // The message of a SyntaxError shows pieces of words, which may be pieces of addresses.
  const isSafe = cause instanceof z.ZodError || isFileSystemError(cause);
  const details = isSafe ? cause.message.slice(0, MAX_DETAILS) : 'It is not JSON.';
  const message = 'What the registry or the package says of itself cannot be read. Report it to whoever publishes the package.';
  return { code: 'install-failed', subject: subjectOf(request), message, retryable: false, details };
}

/** What npm really installed, by its lockfile: the version and the integrity that it checked the archive against. */
async function inspect(appFolder: string, request: InstallRequest): Promise<Kept | Fault> {
  const { name, limits } = request;
  const sizeBytes = await sizeWithin(appFolder, limits);
  if (sizeBytes === 'too-big') return tooBig(subjectOf(request), limits.maxBytes);
  const { packages } = Lockfile.parse(await readJson(join(appFolder, 'package-lock.json')));
  const { version, integrity } = packages[`node_modules/${name}`] ?? {};
  if (!version || !integrity) {
    const message = 'The registry gave no checksum for this package, so what was installed cannot be told apart from anything else.';
    return { code: 'install-failed', subject: `npm:${name}`, message, retryable: false };
  }
  const packageFolder = join('node_modules', name);
  const manifest = join(packageFolder, 'package.json');
  const bins = binsOf(name, Manifest.parse(await readJson(join(appFolder, manifest))).bin);
  const programs = Object.values(bins).map((path) => join(packageFolder, path));
  const files = await filesIn(appFolder, [manifest, ...programs]);
  return { artifact: { registryType: 'npm', name, version, integrity }, bins, files, sizeBytes };
}

/** A single bin is called like the package, without its scope. A path out of the package is left out. */
function binsOf(name: string, bin: string | Readonly<Record<string, string>>): Record<string, string> {
  const named = typeof bin === 'string' ? { [name.slice(name.indexOf('/') + 1)]: bin } : bin;
  const paths = Object.entries(named).map(([key, path]) => [key, normalize(path)] as const);
  return Object.fromEntries(paths.filter(([, path]) => !isAbsolute(path) && !path.startsWith('..')));
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** A real sandbox leaves root behind; any other caller is the same user inside and outside. */
function isOtherUser({ record }: Sandbox): boolean {
  return record.rung !== 'none' && process.geteuid?.() === 0;
}

function subjectOf({ name, version }: InstallRequest): string {
  return `npm:${name}${version ? `@${version}` : ''}`;
}
