import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../model/fault.ts';
import { FeedIndex, FeedServer } from '../model/feed.ts';
import type { ServerRecord } from '../model/server-record.ts';
import { toFeedServer, toFeedTools } from './feed-server.ts';
import { fileStem } from './file-stem.ts';
import { gate } from './gate.ts';
import { addCounts, noTools } from './tool-counts.ts';
import { PENDING_SUFFIX, PendingFile, type WrittenFile, writeWhole } from './write-file.ts';

export interface CatalogueSnapshot {
  /** How many servers have a listing. */
  readonly listedServers: number;
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

/**
 * Writes servers.jsonl, tools.jsonl, policies/ and index.json. Each file is replaced whole, and only when its bytes differ; the index, which
 * names and hashes the others, comes last, so a killed publication leaves whole files and is repaired by the next.
 */
export async function publishFeed(snapshot: CatalogueSnapshot, options: FeedOptions): Promise<FeedResult> {
  const previous = await readIndex(options.folder);
  const refusal = gate(previous?.servers.listed ?? 0, snapshot.listedServers);
  if (refusal) return { kind: 'refused', fault: refusal };
  await sweepPending(options.folder);
  const contents = await writeContents(snapshot.records, options);
  await removeStalePolicies(options.folder, contents);
  const unchanged = previous && JSON.stringify(contents) === JSON.stringify(contentsOf(previous));
  if (unchanged) return { kind: 'published', index: previous, changed: false };
  const index: FeedIndex = { generation: (previous?.generation ?? 0) + 1, generatedAt: options.now.toISOString(), ...contents };
  await writeWhole(join(options.folder, INDEX), JSON.stringify(index, null, 2));
  return { kind: 'published', index, changed: true };
}

const INDEX = 'index.json';
const POLICIES = 'policies';

function contentsOf({ generation: _, generatedAt: __, ...contents }: FeedIndex): Contents {
  return contents;
}

async function writeContents(records: AsyncIterable<ServerRecord>, { folder, classifierVersion }: FeedOptions): Promise<Contents> {
  const servers = { total: 0, listed: 0, byStatus: {} as Record<string, number> };
  const tools = noTools();
  const policies: Contents['policies'] = [];
  const files = await writeTogether(folder, async (serverLines, toolLines) => {
    for await (const record of records) {
      const policy = await writePolicy(folder, record);
      if (policy) policies.push(policy);
      const line = FeedServer.parse(toFeedServer(record, policy?.path));
      await serverLines.writeLine(JSON.stringify(line));
      for (const tool of toFeedTools(record)) await toolLines.writeLine(JSON.stringify(tool));
      const status = line.lastLook?.status ?? 'not-looked';
      servers.total += 1;
      servers.listed += line.listing ? 1 : 0;
      servers.byStatus[status] = (servers.byStatus[status] ?? 0) + 1;
      addCounts(tools, line.tools);
    }
  });
  servers.byStatus = Object.fromEntries(Object.entries(servers.byStatus).sort());
  return { classifierVersion, servers, tools, files, policies };
}

/** Writes servers.jsonl and tools.jsonl; neither takes its place unless `write` got to the end. */
async function writeTogether(
  folder: string,
  write: (servers: PendingFile, tools: PendingFile) => Promise<void>,
): Promise<Contents['files']> {
  const servers = await PendingFile.create(join(folder, 'servers.jsonl'));
  const tools = await PendingFile.create(join(folder, 'tools.jsonl'));
  try {
    await write(servers, tools);
  } catch (error) {
    await Promise.all([servers.discard(), tools.discard()]);
    throw error;
  }
  return {
    servers: fileEntry('servers.jsonl', await servers.commit()),
    tools: fileEntry('tools.jsonl', await tools.commit()),
  };
}

function fileEntry(path: string, { lines, bytes, sha256 }: WrittenFile): Contents['files']['servers'] {
  return { path, lines, bytes, sha256 };
}

async function writePolicy(folder: string, { server, policy }: ServerRecord): Promise<Contents['policies'][number] | undefined> {
  if (!policy) return undefined;
  const path = `${POLICIES}/${fileStem(server.id)}.json`;
  const { sha256 } = await writeWhole(join(folder, path), JSON.stringify(policy, null, 2));
  return { server: server.id, path, sha256 };
}

/** The index that is out, or nothing when there is none or it cannot be read as one. */
async function readIndex(folder: string): Promise<FeedIndex | undefined> {
  try {
    return FeedIndex.safeParse(JSON.parse(await readFile(join(folder, INDEX), 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes unfinished files of a publication that was killed. */
async function sweepPending(folder: string): Promise<void> {
  for (const name of [...(await namesIn(folder)), ...(await namesIn(join(folder, POLICIES))).map((policy) => join(POLICIES, policy))]) {
    if (name.endsWith(PENDING_SUFFIX)) await rm(join(folder, name), { force: true });
  }
}

async function removeStalePolicies(folder: string, { policies }: Contents): Promise<void> {
  const current = new Set(policies.map(({ path }) => path));
  for (const name of await namesIn(join(folder, POLICIES))) {
    const path = `${POLICIES}/${name}`;
    if (name.endsWith('.json') && !current.has(path)) await rm(join(folder, path), { force: true });
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
