import { link, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { hasEnded, startTicksOf } from './process-start.ts';
import { StoreError } from './store-error.ts';

/** Who holds the folder, or held it last. */
const Holder = z.object({
  pid: z.number().int(),
  startTicks: z.string().nullable(),
  host: z.string(),
  command: z.string(),
  since: z.string(),
  released: z.boolean(),
});
type Holder = z.infer<typeof Holder>;

export interface FolderLock {
  release(): Promise<void>;
}

/** Each lost attempt means that another process moved on, so a handful is enough. */
const MAX_ATTEMPTS = 50;

/**
 * Takes the folder for this process, or says who has it. A holder that died, kill -9 included, does not count.
 *
 * The lock is a file per generation, `lock.1`, `lock.2`, …, of which the highest counts. It is taken over by creating the next generation, which exactly
 * one process can, and never by removing the file of the dead one: between looking at a file and removing it, it can have become another process's.
 * For the same reason releasing it leaves the file, marked.
 *
 * @throws StoreError `store-locked`.
 */
export async function lockFolder(folder: string, now: Date): Promise<FolderLock> {
  const holder = await thisProcess(now);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const path = await claim(folder, holder);
    if (path) {
      await sweepDrafts(folder, now);
      return { release: () => writeHolder(path, { ...holder, released: true }, rename) };
    }
  }
  throw new StoreError('store-locked', `The store in ${folder} is being opened by several processes at once. Run the command again.`);
}

async function thisProcess(now: Date): Promise<Holder> {
  const [, script = '', command = ''] = process.argv;
  return {
    pid: process.pid,
    startTicks: (await startTicksOf(process.pid)) ?? null,
    host: hostname(),
    command: `${basename(script)} ${command}`.trim(),
    since: now.toISOString(),
    released: false,
  };
}

/** Path of the lock file that is ours now; undefined when another process was faster and one has to look again. */
async function claim(folder: string, holder: Holder): Promise<string | undefined> {
  const latest = await latestGeneration(folder);
  if (latest > 0) {
    const text = await ifThere(readFile(lockPath(folder, latest), 'utf8'));
    if (text === undefined) return undefined;
    await refuseIfHeld(folder, lockPath(folder, latest), text);
  }
  const path = lockPath(folder, latest + 1);
  if (!(await writeHolder(path, holder, linkNew))) return undefined;
  // A process that looked long ago can create a generation that others have left behind.
  if ((await latestGeneration(folder)) !== latest + 1) {
    await rm(path, { force: true });
    return undefined;
  }
  for (const generation of await generations(folder)) {
    if (generation <= latest) await rm(lockPath(folder, generation), { force: true });
  }
  return path;
}

async function refuseIfHeld(folder: string, path: string, text: string): Promise<void> {
  const holder = parseHolder(text);
  if (!holder || holder.released) return;
  const elsewhere = holder.host !== hostname();
  if (!elsewhere && (await hasEnded(holder.pid, holder.startTicks))) return;
  const who = `process ${holder.pid}${elsewhere ? ` on ${holder.host}` : ''} (${holder.command}, since ${holder.since})`;
  const advice = elsewhere
    ? `If that machine or container no longer runs it, delete ${path}.`
    : 'Wait until it is done or stop it; to only read meanwhile, read the published feed.';
  throw new StoreError('store-locked', `The store in ${folder} is in use by ${who}. ${advice}`);
}

/** Undefined for what a power cut left of a lock: this process never writes a partial one. */
function parseHolder(text: string): Holder | undefined {
  try {
    return Holder.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Writes beside the target first, so that nobody ever reads half a lock. */
async function writeHolder<Result>(path: string, holder: Holder, place: (from: string, to: string) => Promise<Result>): Promise<Result> {
  const draftFolder = await mkdtemp(`${path}-`);
  const draft = join(draftFolder, 'lock');
  try {
    await writeFile(draft, JSON.stringify(holder));
    return await place(draft, path);
  } finally {
    await rm(draftFolder, { recursive: true, force: true });
  }
}

/** False when the target is there already: unlike a rename, a hard link never replaces. */
async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A draft lives for milliseconds; one that is an hour old was left by a process that was killed while it wrote. */
const STALE_DRAFT_MS = 3_600_000;

async function sweepDrafts(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^lock\.\d+-/.test(name)) continue;
    const draft = join(folder, name);
    const found = await ifThere(stat(draft));
    if (found && now.getTime() - found.mtimeMs > STALE_DRAFT_MS) await rm(draft, { recursive: true, force: true });
  }
}

/** Undefined for a file that another process has removed meanwhile. */
async function ifThere<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function lockPath(folder: string, generation: number): string {
  return join(folder, `lock.${generation}`);
}

async function latestGeneration(folder: string): Promise<number> {
  return Math.max(0, ...(await generations(folder)));
}

async function generations(folder: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir(folder)) {
    const generation = /^lock\.(\d+)$/.exec(name)?.[1];
    if (generation) found.push(Number(generation));
  }
  return found;
}
