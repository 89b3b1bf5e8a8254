import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Fault } from '../../model/fault.ts';
import type { Http } from '../../net/http.ts';
import { cacheUnusable, isFileSystemError } from '../cache-folder.ts';
import { unpackArchive } from './archive.ts';
import type { InstallLimits } from './bounded-run.ts';
import { makeRoom } from './cache-room.ts';
import { download } from './download.ts';
import { filesIn, InstallCache, type Workshop } from './install-cache.ts';
import { tooBig } from './npm-faults.ts';

export interface McpbRequest {
  /** Absolute path, or an https URL. */
  readonly location: string;
  /** In hex; another file is refused. */
  readonly sha256?: string;
  readonly cacheFolder: string;
  readonly http: Http;
  readonly reach?: 'public';
  readonly limits: InstallLimits;
  readonly abort: AbortSignal;
}

interface Bundle {
  /** Host folder of its files. Never written to again. */
  readonly folder: string;
  /** `sha256-…` of the file. */
  readonly integrity: string;
  /** Milliseconds; 0 when it was in the cache. */
  readonly installMs: number;
}

export type McpbResult = { readonly ok: true; readonly bundle: Bundle } | { readonly ok: false; readonly fault: Fault };

export const MANIFEST_FILE = 'manifest.json';
const MAX_ENTRIES = 100_000;
const SIGNATURE_START = Buffer.from('MCPB_SIG_V1');
const SIGNATURE_END = Buffer.from('MCPB_SIG_END');
const MAX_SIGNATURE_BYTES = 2 ** 16;

/**
 * Makes the files of a bundle available, from the cache, from this machine or from its URL. Nothing of it runs.
 *
 * @returns Never rejects for what the host, the bundle or the cache folder does.
 * @throws what `abort` was given.
 */
export async function installMcpb(request: McpbRequest): Promise<McpbResult> {
  const run: Run = { request, cache: new InstallCache(request.cacheFolder, 'mcpb'), startedAt: performance.now() };
  try {
    const announced = request.sha256 === undefined ? undefined : integrityOf(Buffer.from(request.sha256, 'hex'));
    const known = announced === undefined ? undefined : await fromCache(run, announced);
    return known ?? (await installInWorkshop(run, announced));
  } catch (cause) {
    request.abort.throwIfAborted();
    if (!isFileSystemError(cause)) throw cause;
    return { ok: false, fault: cacheUnusable(request.cacheFolder, subjectOf(request), cause) };
  }
}

interface Run {
  readonly request: McpbRequest;
  readonly cache: InstallCache;
  readonly startedAt: number;
}

/** Bundles are known by their content alone: what one calls itself is only known when it is unpacked. */
function artifactOf(integrity: string) {
  return { registryType: 'mcpb' as const, name: 'bundle', version: integrity, integrity };
}

async function fromCache({ cache }: Run, integrity: string): Promise<McpbResult | undefined> {
  const { name, version } = artifactOf(integrity);
  const kept = await cache.find(name, version);
  return kept && { ok: true, bundle: { folder: cache.folderOf(kept.artifact), integrity, installMs: 0 } };
}

async function installInWorkshop(run: Run, announced: string | undefined): Promise<McpbResult> {
  const full = await makeRoom(run.request.cacheFolder, subjectOf(run.request), run.request.limits);
  if (full) return { ok: false, fault: full };
  const workshop = await run.cache.openWorkshop(false);
  try {
    const file = join(workshop.npmCacheFolder, 'bundle.zip');
    const missing = await fetchBundle(run.request, file);
    if (missing) return { ok: false, fault: missing };
    const integrity = await integrityOfFile(file);
    if (announced !== undefined && integrity !== announced) return { ok: false, fault: otherFile(run.request) };
    return (await fromCache(run, integrity)) ?? (await unpack(run, workshop, { file, integrity }));
  } finally {
    await run.cache.closeWorkshop(workshop);
  }
}

async function fetchBundle(request: McpbRequest, file: string): Promise<Fault | undefined> {
  const { location, limits } = request;
  if (/^https?:/i.test(location)) return download({ ...request, url: location, file, subject: subjectOf(request) });
  const stats = await stat(location).catch(() => undefined);
  if (!stats?.isFile()) return fault(request, 'no-file', `There is no file ${location}.`);
  if (stats.size > limits.maxBytes) return tooBig(subjectOf(request), limits.maxBytes);
  await copyFile(location, file);
  // The copy of a file that nobody may write to; its signature is cut off.
  await chmod(file, 0o600);
  return undefined;
}

async function unpack(
  run: Run,
  workshop: Workshop,
  { file, integrity }: { readonly file: string; readonly integrity: string },
): Promise<McpbResult> {
  const { request, cache, startedAt } = run;
  const { maxBytes, maxEntries = MAX_ENTRIES } = request.limits;
  await cutSignature(file);
  const unpacked = await unpackArchive(file, workshop.appFolder, { maxBytes, maxEntries });
  request.abort.throwIfAborted();
  if (!unpacked.ok) {
    return { ok: false, fault: unpacked.isTooBig ? tooBig(subjectOf(request), maxBytes) : badArchive(request, unpacked.problem) };
  }
  const files = await filesIn(workshop.appFolder, [MANIFEST_FILE]);
  if (files.length === 0) return { ok: false, fault: badArchive(request, `It holds no ${MANIFEST_FILE}.`) };
  const artifact = artifactOf(integrity);
  await cache.keep(workshop, { artifact, bins: {}, files, sizeBytes: unpacked.bytes });
  return { ok: true, bundle: { folder: cache.folderOf(artifact), integrity, installMs: Math.round(performance.now() - startedAt) } };
}

/** A signed bundle has its signature behind the end of the archive, where readers of archives expect nothing. */
async function cutSignature(file: string): Promise<void> {
  await using handle = await open(file, 'r+');
  const { size } = await handle.stat();
  const length = Math.min(size, MAX_SIGNATURE_BYTES);
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
  if (!buffer.subarray(-SIGNATURE_END.length).equals(SIGNATURE_END)) return;
  const start = buffer.lastIndexOf(SIGNATURE_START);
  if (start >= 0) await handle.truncate(size - length + start);
}

async function integrityOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return integrityOf(hash.digest());
}

function integrityOf(digest: Buffer): string {
  return `sha256-${digest.toString('base64')}`;
}

function otherFile(request: McpbRequest): Fault {
  return fault(request, 'checksum-mismatch', 'The file is not the one whose SHA-256 its registry entry gives, so it was not unpacked.');
}

function badArchive(request: McpbRequest, problem: string): Fault {
  return { ...fault(request, 'bad-archive', 'It is no archive that can be unpacked safely.'), details: problem.slice(0, 500) };
}

function fault(request: McpbRequest, code: string, message: string): Fault {
  return { code, subject: subjectOf(request), message, retryable: false };
}

function subjectOf({ location }: McpbRequest): string {
  return `mcpb:${location}`;
}
