import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../model/fault.ts';
import { FeedIndex, FeedServer } from '../model/feed.ts';
import type { ServerRecord } from '../model/server-record.ts';
import { toFeedServer, toFeedTools } from './feed-server.ts';
import { fileStem, STEM } from './file-stem.ts';
import { type CatalogueSize, gate } from './gate.ts';
import { NAMES, NameLines } from './name-lines.ts';
import { addCounts, noTools } from './tool-counts.ts';
import { type FinishedFile, finishText, PENDING_FILE, PendingFile } from './write-file.ts';

export interface CatalogueSnapshot {
  /** Counted beforehand, for the gate. */
  readonly size: CatalogueSize;
  /** Every server, in the order of ids. */
  readonly records: AsyncIterable<ServerRecord>;
}

export interface FeedOptions {
  /** The feed's folder; created when missing. */
  readonly folder: string;
  readonly classifierVersion: string;
  readonly now: Date;
}

export type FeedResult =
  | { readonly kind: 'published'; readonly index: FeedIndex; readonly changed: boolean }
  | { readonly kind: 'refused'; readonly fault: Fault };

type Contents = Omit<FeedIndex, 'generation' | 'generatedAt'>;

/** As much of an index as any version of Assay has written. */
const PublishedIndex = z.object({
  generation: z.number().int(),
  servers: z.object({ listed: z.number() }),
  tools: z.object({ total: z.number() }),
});

/**
 * Writes servers.jsonl, tools.jsonl, names.jsonl, policies/ and index.json. All files are finished beside their places before the first takes its place; the
 * index, which names and hashes the others, comes last, and only then are files removed that it no longer names. A reader that finds a file with
 * another hash than the index says is between two generations, and reads the index again.
 */
export async function publishFeed(snapshot: CatalogueSnapshot, options: FeedOptions): Promise<FeedResult> {
  try {
    return await publishInto(snapshot, options);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return { kind: 'refused', fault: unwritable(options.folder, error) };
    throw error;
  }
}

function unwritable(folder: string, error: Error): Fault {
  const message = `The feed cannot be written into ${folder}: ${error.message}. Name another folder with --out, or make room there.`;
  return { code: 'feed-unwritable', subject: 'feed', message, retryable: true };
}

async function publishInto(snapshot: CatalogueSnapshot, options: FeedOptions): Promise<FeedResult> {
  const published = await readIndex(options.folder);
  if (published.kind === 'unreadable') return { kind: 'refused', fault: unreadableIndex(options.folder) };
  const before = published.kind === 'read' ? published.index : undefined;
  const refusal = gate({ listedServers: before?.servers.listed ?? 0, tools: before?.tools.total ?? 0 }, snapshot.size);
  if (refusal) return { kind: 'refused', fault: refusal };
  if (await isLink(join(options.folder, POLICIES))) return { kind: 'refused', fault: linkedPolicies(options.folder) };
  await sweepPending(options.folder);
  const { contents, files } = await finishContents(snapshot.records, options);
  for (const file of files) await file.place();
  const result = await publishIndex(contents, published.kind === 'read' ? published : undefined, options);
  await removeStalePolicies(options.folder, contents);
  return result;
}

async function publishIndex(
  contents: Contents,
  published: { readonly index: z.infer<typeof PublishedIndex>; readonly document: unknown } | undefined,
  { folder, now }: FeedOptions,
): Promise<FeedResult> {
  const same = FeedIndex.safeParse(published?.document).data;
  if (same && JSON.stringify(contents) === JSON.stringify(contentsOf(same))) return { kind: 'published', index: same, changed: false };
  const index: FeedIndex = { generation: (published?.index.generation ?? 0) + 1, generatedAt: now.toISOString(), ...contents };
  await (await finishText(join(folder, INDEX), JSON.stringify(index, null, 2))).place();
  return { kind: 'published', index, changed: true };
}

const INDEX = 'index.json';
const POLICIES = 'policies';
/** Only what publishing itself made is ever removed. */
const POLICY_FILE = new RegExp(`^${STEM.source}\\.json$`);

/** A link in place of our folder leads to files that are not ours, and publishing removes what it no longer names. */
async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function linkedPolicies(folder: string): Fault {
  const message = `${join(folder, POLICIES)} is a link, and the feed is written into folders of its own only. Remove the link, or publish elsewhere.`;
  return { code: 'feed-unwritable', subject: 'feed', message, retryable: false };
}

function contentsOf({ generation: _, generatedAt: __, ...contents }: FeedIndex): Contents {
  return contents;
}

/** Writes every file but the index beside its place. */
async function finishContents(
  records: AsyncIterable<ServerRecord>,
  { folder, classifierVersion }: FeedOptions,
): Promise<{ contents: Contents; files: readonly FinishedFile[] }> {
  const servers = { total: 0, listed: 0, read: 0, byStatus: {} as Record<string, number> };
  const tools = noTools();
  let unclassified = 0;
  const policies: { entry: Contents['policies'][number]; file: FinishedFile }[] = [];
  const finishedPolicies = () => policies.map(({ file }) => file);
  const lines = await finishTogether(folder, finishedPolicies, async (serverLines, toolLines, nameLines) => {
    const names = new NameLines();
    for await (const record of records) {
      const policy = await finishPolicy(folder, record);
      if (policy) policies.push(policy);
      const line = FeedServer.parse(toFeedServer(record, policy?.entry.path));
      const starts = { server: serverLines.bytes, tools: toolLines.bytes };
      await serverLines.writeLine(JSON.stringify(line));
      for (const tool of toFeedTools(record)) await toolLines.writeLine(JSON.stringify(tool));
      names.add(line, {
        server: { start: starts.server, bytes: serverLines.bytes - starts.server },
        tools: { start: starts.tools, bytes: toolLines.bytes - starts.tools },
      });
      const status = line.lastLook?.status ?? 'not-looked';
      servers.total += 1;
      if (line.listing) servers[line.listing.provenance === 'live' ? 'listed' : 'read'] += 1;
      servers.byStatus[status] = (servers.byStatus[status] ?? 0) + 1;
      unclassified += (record.listing?.tools.length ?? 0) - line.tools.total;
      addCounts(tools, line.tools);
    }
    for (const batch of names.sorted()) await nameLines.writeLines(batch);
  });
  servers.byStatus = Object.fromEntries(Object.entries(servers.byStatus).sort());
  const files = {
    servers: fileEntry('servers.jsonl', lines.servers),
    tools: fileEntry('tools.jsonl', lines.tools),
    names: fileEntry(NAMES, lines.names),
  };
  const contents = { classifierVersion, servers, tools, unclassified, files, policies: policies.map(({ entry }) => entry) };
  return { contents, files: [...finishedPolicies(), lines.servers, lines.tools, lines.names] };
}

/** Finishes the files of lines. When `write` does not get to its end, nothing of this publication is left, `others` included. */
async function finishTogether(
  folder: string,
  others: () => readonly FinishedFile[],
  write: (servers: PendingFile, tools: PendingFile, names: PendingFile) => Promise<void>,
): Promise<{ servers: FinishedFile; tools: FinishedFile; names: FinishedFile }> {
  const servers = await PendingFile.create(join(folder, 'servers.jsonl'));
  const tools = await PendingFile.create(join(folder, 'tools.jsonl'));
  const names = await PendingFile.create(join(folder, NAMES));
  try {
    await write(servers, tools, names);
  } catch (error) {
    await Promise.all([servers, tools, names, ...others()].map((file) => file.discard()));
    throw error;
  }
  return { servers: await servers.finish(), tools: await tools.finish(), names: await names.finish() };
}

function fileEntry(path: string, { lines, bytes, sha256 }: FinishedFile): Contents['files']['servers'] {
  return { path, lines, bytes, sha256 };
}

async function finishPolicy(folder: string, { server, policy }: ServerRecord) {
  if (!policy) return undefined;
  const path = `${POLICIES}/${fileStem(server.id)}.json`;
  const file = await finishText(join(folder, path), JSON.stringify(policy, null, 2));
  return { entry: { server: server.id, path, sha256: file.sha256 }, file };
}

type ReadIndex =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'read'; readonly index: z.infer<typeof PublishedIndex>; readonly document: unknown };

/** The index that is out. One that cannot be read is not taken for none: the gate would be off. */
async function readIndex(folder: string): Promise<ReadIndex> {
  try {
    const document: unknown = JSON.parse(await readFile(join(folder, INDEX), 'utf8'));
    const index = PublishedIndex.safeParse(document);
    return index.success ? { kind: 'read', index: index.data, document } : { kind: 'unreadable' };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'unreadable' };
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' };
    throw error;
  }
}

function unreadableIndex(folder: string): Fault {
  const message = `${join(folder, INDEX)} is there, but it is not the index of a feed, so nothing was replaced. Remove it, or publish into an empty folder.`;
  return { code: 'index-unreadable', subject: 'feed', message, retryable: false };
}

/** Removes unfinished files of a publication that was killed. */
async function sweepPending(folder: string): Promise<void> {
  for (const name of [...(await namesIn(folder)), ...(await namesIn(join(folder, POLICIES))).map((policy) => join(POLICIES, policy))]) {
    if (PENDING_FILE.test(name)) await rm(join(folder, name), { force: true });
  }
}

async function removeStalePolicies(folder: string, { policies }: Contents): Promise<void> {
  const current = new Set(policies.map(({ path }) => path));
  for (const name of await namesIn(join(folder, POLICIES))) {
    const path = `${POLICIES}/${name}`;
    if (POLICY_FILE.test(name) && !current.has(path)) await rm(join(folder, path), { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
