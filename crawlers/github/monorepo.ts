import { z } from 'zod';
import { type Fault, FaultError } from '../../src/model/fault.ts';
import type { Folder } from './entry.ts';
import type { GithubApi } from './github-api.ts';
import { readManifests } from './manifests.ts';
import { Blob, GraphqlError } from './read-repositories.ts';
import type { RepositoryDocuments } from './repository-documents.ts';

/** A repository of more is a collection of samples. The largest real one has 49 servers (registry dump, March 2026). */
const MAX_FOLDERS = 60;
const MAX_DEPTH = 6;
const FILES_AT_ONCE = 40;

const FOLDER_FILES = new Set(['server.json', 'package.json', 'pyproject.toml', 'smithery.yaml']);
const NOT_SERVERS = /(^|\/)(node_modules|vendor|dist|build|tests?|__tests__|fixtures?|examples?|samples?|templates?|docs?|\.[^/]+)\//i;
const WORKSPACE_FILES = new Set(['pnpm-workspace.yaml', 'lerna.json', 'turbo.json', 'nx.json', 'go.work', 'rush.json']);

const Tree = z.object({
  tree: z.array(z.object({ path: z.string().max(4_096), type: z.string() })),
  truncated: z.boolean().default(false),
});

interface FolderReading {
  readonly folders: readonly Folder[];
  readonly faults: readonly Fault[];
}

/** Whether servers may be in folders of the repository: a request for the tree of each would be too many. */
export function mayHoldServers({ facts, files, rootNames }: RepositoryDocuments): boolean {
  const { serverJson, packageJson, python } = readManifests(files);
  if (serverJson !== undefined) return false;
  if (packageJson?.workspaces || python?.isWorkspace) return true;
  if (rootNames.some((name) => WORKSPACE_FILES.has(name) || name === 'packages' || name === 'servers')) return true;
  return facts.topics.includes('mcp-servers') || /\/mcp$|servers$/i.test(facts.fullName);
}

/** The folders below the root that have a manifest, with their files; those with a server.json first. */
export async function readFolders(api: GithubApi, documents: RepositoryDocuments): Promise<FolderReading> {
  const { fullName } = documents.facts;
  const [owner, repo] = fullName.split('/');
  const { data } = await api.request('core', 'GET /repos/{owner}/{repo}/git/trees/HEAD', { owner, repo, recursive: '1' }, Tree);
  const paths = new Set(data.tree.filter(({ type }) => type === 'blob').map(({ path }) => path));
  const found = foldersIn(paths);
  const taken = found.slice(0, MAX_FOLDERS);
  const texts = await readFiles(
    api,
    documents.facts.nodeId,
    taken.flatMap((folder) => filesOf(folder, paths)),
  );
  const faults: Fault[] = [];
  if (data.truncated) faults.push(partly(fullName, 'GitHub lists only part of its files.'));
  if (found.length > taken.length)
    faults.push(partly(fullName, `It has ${found.length} folders with manifests; ${MAX_FOLDERS} were read.`));
  return { folders: taken.map((path) => ({ path, files: filesIn(path, texts) })), faults };
}

function partly(subject: string, message: string): Fault {
  return { code: 'repository-partly-read', subject, message, retryable: false };
}

function foldersIn(paths: ReadonlySet<string>): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/');
    if (parts.length < 2 || parts.length > MAX_DEPTH || !FOLDER_FILES.has(parts.at(-1) ?? '') || NOT_SERVERS.test(path)) continue;
    const folder = parts.slice(0, -1).join('/');
    // The entry's id has to hold it.
    if (folder.length <= 400) folders.add(folder);
  }
  const rank = (folder: string) => (paths.has(`${folder}/server.json`) ? 0 : 1);
  return [...folders].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function filesOf(folder: string, paths: ReadonlySet<string>): string[] {
  return [...FOLDER_FILES, 'README.md'].map((name) => `${folder}/${name}`).filter((path) => paths.has(path));
}

function filesIn(folder: string, texts: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map<string, string>();
  for (const [path, text] of texts) {
    const name = path.slice(folder.length + 1);
    if (path.startsWith(`${folder}/`) && !name.includes('/')) files.set(name, text);
  }
  return files;
}

const NodeAnswer = z.object({
  data: z.object({ node: z.record(z.string(), z.unknown()).nullish() }),
  errors: z.array(GraphqlError).optional(),
});

async function readFiles(api: GithubApi, nodeId: string, paths: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let start = 0; start < paths.length; start += FILES_AT_ONCE) {
    const batch = paths.slice(start, start + FILES_AT_ONCE);
    const variables = { id: nodeId, ...Object.fromEntries(batch.map((path, n) => [`p${n}`, `HEAD:${path}`])) };
    const { data: answer } = await api.request('graphql', 'POST /graphql', { query: queryFor(batch.length), variables }, NodeAnswer);
    // Half of the files would be taken for the servers being gone.
    if (answer.errors?.[0]) throw new FaultError(unreadFolders(nodeId, answer.errors[0].message));
    for (const [n, path] of batch.entries()) {
      const blob = Blob.safeParse(answer.data.node?.[`f${n}`]).data;
      if (typeof blob?.text === 'string' && !blob.isTruncated) texts.set(path, blob.text);
    }
  }
  return texts;
}

function unreadFolders(subject: string, details: string): Fault {
  return {
    code: 'repository-unreadable',
    subject,
    message: 'Files in its folders could not be read.',
    retryable: true,
    details: details.slice(0, 500),
  };
}

/** Paths go in as variables: whatever is in them, they stay values. */
function queryFor(count: number): string {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const parameters = numbers.map((n) => `$p${n}: String!`).join(', ');
  const files = numbers.map((n) => `f${n}: object(expression: $p${n}) { ... on Blob { text isTruncated } }`).join('\n');
  return `query ($id: ID!, ${parameters}) {\n  node(id: $id) {\n    ... on Repository {\n${files}\n    }\n  }\n}`;
}
