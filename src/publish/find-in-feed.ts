import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { FeedName, FeedServer, FeedTool } from '../model/feed.ts';
import { NAME_LINE_BYTES, NAMES, nameKey, type Part } from './name-lines.ts';

interface PublishedServer {
  readonly server: FeedServer;
  readonly tools: readonly FeedTool[];
}

export type FoundInFeed =
  | { readonly kind: 'found'; readonly published: PublishedServer }
  | { readonly kind: 'missing' }
  /** The files do not belong together: they are being replaced, or damaged. */
  | { readonly kind: 'torn' };

/** Looks at a feed that is being replaced: one generation takes another's place in far less time than one look. */
const TRIES = 3;

/**
 * The server a person means: by id, then by alias, then by a name that only one server has. Reads a few lines, however large the feed is.
 *
 * @returns `missing` also where there is no feed, or one of before it had names.jsonl.
 */
export async function findInFeed(folder: string, wanted: string): Promise<FoundInFeed> {
  for (let tries = 1; ; tries += 1) {
    const found = await lookOnce(folder, wanted);
    if (found.kind !== 'torn' || tries === TRIES) return found;
  }
}

async function lookOnce(folder: string, wanted: string): Promise<FoundInFeed> {
  const files: FileHandle[] = [];
  try {
    for (const name of [NAMES, 'servers.jsonl', 'tools.jsonl']) files.push(await open(join(folder, name)));
    const [names, servers, tools] = files as [FileHandle, FileHandle, FileHandle];
    const candidates = [];
    for (const line of await linesOfKey(names, nameKey(wanted))) candidates.push(await candidateAt(servers, line));
    const meant = meantBy(wanted, candidates);
    return meant ? { kind: 'found', published: { server: meant.server, tools: await toolsOf(tools, meant) } } : { kind: 'missing' };
  } catch (error) {
    if (error instanceof TornError || error instanceof SyntaxError) return { kind: 'torn' };
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    throw error;
  } finally {
    for (const file of files) await file.close();
  }
}

/** Files of two generations, or one that somebody changed. */
class TornError extends Error {}

/** Servers looked at for one key: names are a stranger's choice, and so is their hash. */
const MAX_CANDIDATES = 100;

async function linesOfKey(file: FileHandle, key: string): Promise<FeedName[]> {
  const { size } = await file.stat();
  if (size % NAME_LINE_BYTES !== 0) throw new TornError();
  const count = size / NAME_LINE_BYTES;
  const found: FeedName[] = [];
  for (let at = await firstNotBefore(file, key, count); at < count && found.length < MAX_CANDIDATES; at += 1) {
    const line = await lineAt(file, at);
    if (line[0] !== key) break;
    found.push(line);
  }
  return found;
}

async function firstNotBefore(file: FileHandle, key: string, count: number): Promise<number> {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await lineAt(file, middle))[0] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function lineAt(file: FileHandle, index: number): Promise<FeedName> {
  return parsed(FeedName, await textAt(file, { start: index * NAME_LINE_BYTES, bytes: NAME_LINE_BYTES }));
}

/** More than any server's lines take: what is read is bounded by what a file says of itself. */
const MAX_BYTES = 512 * 1024 * 1024;

async function textAt(file: FileHandle, { start, bytes }: Part): Promise<string> {
  if (bytes > MAX_BYTES) throw new TornError();
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(bytes), position: start });
  if (bytesRead !== bytes) throw new TornError();
  return buffer.toString('utf8');
}

function parsed<Value>(schema: { safeParse(value: unknown): { data?: Value | undefined } }, text: string): Value {
  const { data } = schema.safeParse(JSON.parse(text));
  if (data === undefined) throw new TornError();
  return data;
}

interface Candidate {
  readonly server: FeedServer;
  readonly tools: Part;
}

async function candidateAt(servers: FileHandle, [, start, bytes, toolsStart, toolsBytes]: FeedName): Promise<Candidate> {
  return { server: parsed(FeedServer, await textAt(servers, { start, bytes })), tools: { start: toolsStart, bytes: toolsBytes } };
}

function meantBy(wanted: string, candidates: readonly Candidate[]): Candidate | undefined {
  const called = candidates.filter(({ server }) => server.name === wanted);
  return (
    candidates.find(({ server }) => server.id === wanted) ??
    candidates.find(({ server }) => server.aliases.includes(wanted)) ??
    (called.length === 1 ? called[0] : undefined)
  );
}

async function toolsOf(file: FileHandle, { server, tools: part }: Candidate): Promise<FeedTool[]> {
  const text = await textAt(file, part);
  if (text !== '' && !text.endsWith('\n')) throw new TornError();
  const tools = text
    .split('\n')
    .slice(0, -1)
    .map((line) => parsed(FeedTool, line));
  if (tools.length !== server.tools.total || tools.some((tool) => tool.server !== server.id)) throw new TornError();
  return tools;
}
