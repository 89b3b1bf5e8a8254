import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Artifact } from '../../model/enumeration.ts';
import type { Fault } from '../../model/fault.ts';
import { cacheUnusable, isFileSystemError } from '../cache-folder.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { type InstallLimits, type RunOutcome, sizeWithin } from './bounded-run.ts';
import { makeRoom } from './cache-room.ts';
import { filesIn, InstallCache, type Kept, type Workshop } from './install-cache.ts';
import { tooBig } from './npm-faults.ts';
import { withoutPrivateNames } from './private-names.ts';
import { PIP_SCRATCH, PIP_TARGET, runPip } from './pypi-command.ts';
import { faultOfNothingFound, faultOfPip, pythonWanted, releasesIn, requirementMissing } from './pypi-faults.ts';
import { readDistribution } from './pypi-metadata.ts';
import { minorOf, type Python, type PythonSetup } from './pypi-settings.ts';
import { faultOfPypiSpec, normalizedName } from './pypi-spec.ts';

export interface PypiRequest {
  readonly name: string;
  /** Exact; absent means the newest release. */
  readonly version?: string;
  /** A wheel of this machine, taken instead of the index's; name and version are its. */
  readonly wheel?: string;
  readonly python: Python;
  readonly setup: PythonSetup;
  readonly sandbox: Sandbox;
  readonly cacheFolder: string;
  readonly limits: InstallLimits;
  readonly abort: AbortSignal;
}

export interface PypiInstalled {
  readonly artifact: Artifact;
  /** Host folder of the package and all its dependencies, as Python's path. Never written to again. */
  readonly folder: string;
  /** Script name to `module:function`. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Milliseconds; 0 when cached. */
  readonly installMs: number;
}

export type PypiResult = { readonly ok: true; readonly installed: PypiInstalled } | { readonly ok: false; readonly fault: Fault };

/** Wheels only: no build script runs, whatever the package or a dependency is. */
const INSTALL = ['install', '--only-binary=:all:', '--quiet', '--no-warn-script-location', '--progress-bar=off'];
const REPORT_FILE = 'report.json';
/** Where pip tells of every file that it passes over. */
const INDEX_LOG = 'index.log';
const REPORT = `--report=${PIP_SCRATCH}/${REPORT_FILE}`;
const MAX_WHEEL_BYTES = 2 ** 28;
const MAX_REPORT_BYTES = 2 ** 24;

const Report = z.object({
  install: z.array(
    z.object({
      metadata: z.object({ name: z.string().max(200), version: z.string().max(200) }),
      download_info: z.object({
        archive_info: z.object({ hash: z.string().optional(), hashes: z.record(z.string(), z.string()).optional() }).optional(),
      }),
    }),
  ),
});

/**
 * Makes a Python package's files, and those it depends on, available for one Python, from the cache or from the index. Nothing of them runs.
 *
 * @returns Never rejects for what the index, the package or the cache folder does.
 * @throws what `abort` was given, after pip is gone.
 */
export async function installPypi(request: PypiRequest): Promise<PypiResult> {
  const badSpec = faultOfPypiSpec(request.name, request.version);
  if (badSpec) return { ok: false, fault: badSpec };
  // What is compiled, and which wheels fit, depends on the Python.
  const cache = new InstallCache(request.cacheFolder, `pypi-${minorOf(request.python)}`);
  const run: Run = { request, cache, name: normalizedName(request.name), startedAt: performance.now() };
  try {
    return (await fromCache(run)) ?? (await installInWorkshop(run));
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    return { ok: false, fault: cacheUnusable(request.cacheFolder, subjectOf(request), cause) };
  }
}

interface Run {
  readonly request: PypiRequest;
  readonly cache: InstallCache;
  readonly name: string;
  readonly startedAt: number;
}

/** Only what names one file: an exact version, or a wheel by its hash. */
async function fromCache({ request, cache, name }: Run): Promise<PypiResult | undefined> {
  const { version, wheel } = request;
  const kept = version === undefined ? undefined : await cache.find(name, version);
  if (!kept || (wheel !== undefined && kept.artifact.integrity !== (await integrityOfFile(wheel)))) return undefined;
  return { ok: true, installed: toInstalled(cache, kept) };
}

async function installInWorkshop(run: Run): Promise<PypiResult> {
  const { request, cache } = run;
  const full = await makeRoom(request.cacheFolder, subjectOf(request), request.limits);
  if (full) return { ok: false, fault: full };
  const workshop = await cache.openWorkshop(request.sandbox.record.rung !== 'none' && process.geteuid?.() === 0);
  try {
    const result = await installInto(workshop, run);
    if (result.ok) return result;
    return { ok: false, fault: withoutPrivateNames(result.fault, await privateNamesOf(request)) };
  } finally {
    await cache.closeWorkshop(workshop);
  }
}

async function privateNamesOf({ setup, cacheFolder }: PypiRequest) {
  const { environment, indexes, paths, pythons } = setup;
  const proxies = Object.entries(environment).flatMap(([name, value]) => (/proxy$/i.test(name) && !/^no_/i.test(name) ? [value] : []));
  const folders = [homedir(), cacheFolder, await realpath(cacheFolder), ...paths, ...pythons.map(({ prefix }) => prefix)];
  return { registries: indexes.filter((index) => /^https?:/i.test(index)), proxies, folders: folders.filter((one) => one !== '/usr') };
}

async function installInto(workshop: Workshop, run: Run): Promise<PypiResult> {
  const { request, cache, name, startedAt } = run;
  const pip = (args: readonly string[]) =>
    runPip({ ...request, args, appFolder: workshop.appFolder, cacheFolder: workshop.npmCacheFolder });
  const pipRun = { request, pip, workshop };
  const requirement = await requirementOf(pipRun);
  if (typeof requirement !== 'string') return { ok: false, fault: requirement };
  const known = request.wheel === undefined ? await cache.find(name, requirement.slice(requirement.indexOf('==') + 2)) : undefined;
  if (known) return { ok: true, installed: toInstalled(cache, known) };
  const outcome = await pip([...INSTALL, REPORT, `--target=${PIP_TARGET}`, requirement]);
  if (outcome.kind !== 'done') return { ok: false, fault: await explain(outcome, pipRun) };
  const kept = await inspect(workshop, request);
  if ('code' in kept) return { ok: false, fault: kept };
  await cache.keep(workshop, kept);
  return { ok: true, installed: { ...toInstalled(cache, kept), installMs: Math.round(performance.now() - startedAt) } };
}

interface PipRun {
  readonly request: PypiRequest;
  readonly workshop: Workshop;
  readonly pip: (args: readonly string[]) => Promise<RunOutcome>;
}

/** What pip is asked for: one file, or one version. */
async function requirementOf(pipRun: PipRun): Promise<string | Fault> {
  const { request, pip, workshop } = pipRun;
  const { wheel, version } = request;
  const name = normalizedName(request.name);
  if (wheel !== undefined) return copyWheel(wheel, workshop, request);
  if (version !== undefined) return `${name}==${version}`;
  const outcome = await pip([...INSTALL, REPORT, '--dry-run', '--ignore-installed', '--no-deps', name]);
  if (outcome.kind !== 'done') return explain(outcome, pipRun);
  const newest = (await readReport(workshop))?.find((item) => normalizedName(item.metadata.name) === name)?.metadata.version;
  if (newest === undefined || faultOfPypiSpec(name, newest)) return unreadable(request);
  return `${name}==${newest}`;
}

/** Inside nothing else of its folder is to be seen, and it may be closed to other users. */
async function copyWheel(wheel: string, workshop: Workshop, request: PypiRequest): Promise<string | Fault> {
  const stats = await stat(wheel).catch(() => undefined);
  const isTooBig = (stats?.size ?? 0) > Math.min(MAX_WHEEL_BYTES, request.limits.maxBytes);
  if (!stats?.isFile() || isTooBig) {
    const message = isTooBig ? 'The wheel is too big.' : `There is no file ${wheel}.`;
    return { code: 'bad-file', subject: subjectOf(request), message, retryable: false };
  }
  const copy = join(workshop.npmCacheFolder, basename(wheel));
  await copyFile(wheel, copy);
  await chmod(copy, 0o644);
  return `${PIP_SCRATCH}/${basename(wheel)}`;
}

/** Nothing was found, or something went wrong: for the former the index is asked what it has, without taking it. */
async function explain(failure: Exclude<RunOutcome, { kind: 'done' }>, run: PipRun): Promise<Fault> {
  const { request, pip, workshop } = run;
  const subject = subjectOf(request);
  const general = faultOfPip(failure, subject, request.limits);
  const missing = requirementMissing(failure.stderr);
  if (general.code !== 'install-failed' || missing === undefined) return general;
  await pip(['index', 'versions', missing, '--ignore-requires-python', `--log=${PIP_SCRATCH}/${INDEX_LOG}`]);
  const releases = releasesIn(await readBounded(join(workshop.npmCacheFolder, INDEX_LOG)));
  const wanted = pythonWanted(failure.stderr);
  const { version, python } = request;
  return faultOfNothingFound({ subject, name: normalizedName(request.name), missing, releases, version, wanted, python: python.version });
}

/** What pip really installed, by its report: the version and the hash of the wheel. */
async function inspect(workshop: Workshop, request: PypiRequest): Promise<Kept | Fault> {
  const name = normalizedName(request.name);
  const { appFolder } = workshop;
  const sizeBytes = await sizeWithin(appFolder, request.limits);
  if (sizeBytes === 'too-big') return tooBig(subjectOf(request), request.limits.maxBytes);
  const item = (await readReport(workshop))?.find(({ metadata }) => normalizedName(metadata.name) === name);
  const distribution = await readDistribution(appFolder, name);
  const { hashes, hash } = item?.download_info.archive_info ?? {};
  const digest = hashes?.['sha256'] ?? /^sha256=(.*)$/.exec(hash ?? '')?.[1] ?? '';
  if (!item || !distribution || !/^[\da-f]{64}$/i.test(digest)) return unreadable(request);
  const files = await filesIn(appFolder, [join(distribution.infoFolder, 'METADATA'), ...distribution.files.slice(0, 20)]);
  if (files.length === 0) return unreadable(request);
  const integrity = `sha256-${Buffer.from(digest, 'hex').toString('base64')}`;
  const artifact = { registryType: 'pypi' as const, name, version: item.metadata.version, integrity };
  return { artifact, bins: { ...distribution.scripts }, files, sizeBytes };
}

async function readReport({ npmCacheFolder }: Workshop): Promise<z.infer<typeof Report>['install'] | undefined> {
  try {
    return Report.parse(JSON.parse(await readBounded(join(npmCacheFolder, REPORT_FILE)))).install;
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
    return undefined;
  }
}

/** Empty where there is none, or too much. */
async function readBounded(file: string): Promise<string> {
  const stats = await stat(file).catch(() => undefined);
  return stats?.isFile() && stats.size <= MAX_REPORT_BYTES ? readFile(file, 'utf8') : '';
}

async function integrityOfFile(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
    return `sha256-${hash.digest('base64')}`;
  } catch {
    return undefined;
  }
}

function toInstalled(cache: InstallCache, { artifact, bins }: Kept): PypiInstalled {
  return { artifact, folder: cache.folderOf(artifact), scripts: bins, installMs: 0 };
}

function unreadable(request: PypiRequest): Fault {
  const message = 'What the index or the package says of itself cannot be read. Report it to whoever publishes the package.';
  return { code: 'install-failed', subject: subjectOf(request), message, retryable: false };
}

function subjectOf({ name, version }: PypiRequest): string {
  return `pypi:${name}${version ? `@${version}` : ''}`;
}
