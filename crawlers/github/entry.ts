import type { Fault } from '../../src/model/fault.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Package, RegistryEntry, Remote, Repository } from '../../src/model/registry-entry.ts';
import { readServerJson, type ServerJson } from '../../src/model/server-json.ts';
import { isRegistryName, type Manifests, readManifests } from './manifests.ts';
import { ownStarts, pypiKey } from './own-starts.ts';
import { mcpNameIn } from './readme.ts';
import type { FolderFiles, RepositoryDocuments } from './repository-documents.ts';
import { activityOf, type RepositoryFacts } from './repository-facts.ts';
import { isServer } from './signs.ts';

const MAX_RAW_MANIFEST = 64 * 1024;
const MAX_STARTS = 20;

/** A folder that may be a server. */
export interface Folder {
  /** From the repository's root, `/` between; absent for the root itself. */
  readonly path?: string;
  readonly files: FolderFiles;
}

/** What an entry's origin is beside the folder. */
export interface EntryOrigin {
  /** The crawler's id. */
  readonly source: string;
  readonly documents: RepositoryDocuments;
  readonly revision: string;
}

export interface EntryReading {
  /** Absent when the folder is no server. */
  readonly entry?: RegistryEntry;
  readonly faults: readonly Fault[];
}

/** A folder of a repository as a registry entry, if it is a server. */
export function readEntry(origin: EntryOrigin, folder: Folder): EntryReading {
  const { facts } = origin.documents;
  const manifests = readManifests(folder.files);
  const starts = folder.path === undefined ? ownStarts(facts.fullName, manifests) : [];
  const name = folder.path?.split('/').at(-1) ?? facts.fullName.split('/').at(-1) ?? '';
  const isWhole = folder.path === undefined;
  const described = { description: isWhole ? facts.description : '', topics: isWhole ? facts.topics : [] };
  if (!isServer({ name, ...described, manifests, showsItself: starts.length > 0 })) return { faults: [] };
  const place = folder.path === undefined ? facts.fullName : `${facts.fullName}/${folder.path}`;
  const { server, faults } = readServerJson(manifests.serverJson ?? {}, place);
  const shown = {
    packages: starts.flatMap((start) => ('package' in start ? [start.package] : [])),
    remotes: starts.flatMap((start) => ('remote' in start ? [start.remote] : [])),
  };
  return { entry: entryOf(origin, folder, manifests, server, shown), faults };
}

type Shown = Pick<RegistryEntry, 'packages' | 'remotes'>;

function entryOf(origin: EntryOrigin, folder: Folder, manifests: Manifests, server: ServerJson, shown: Shown): RegistryEntry {
  const { facts } = origin.documents;
  const { path } = folder;
  const version = server.version ?? manifests.packageJson?.version ?? manifests.python?.version;
  const description = server.description ?? (facts.description || undefined);
  return {
    source: origin.source,
    id: path === undefined ? facts.id : `${facts.id}#${path}`,
    name: path === undefined ? facts.fullName : (server.name ?? `${facts.fullName}/${path}`).slice(0, 300),
    ...registryNameOf(manifests, server),
    ...(server.title !== undefined && { title: server.title }),
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    ...(server.websiteUrl !== undefined && { websiteUrl: server.websiteUrl }),
    ...(server.icons && { icons: server.icons }),
    repository: repositoryOf(origin, path),
    ...startsOf(manifests, server, shown),
    activity: activityOf(facts),
    revision: origin.revision,
    raw: rawOf(facts, folder.files),
  };
}

function registryNameOf({ packageJson, readme, imageName }: Manifests, server: ServerJson): Pick<RegistryEntry, 'registryName'> {
  const name = [server.name, packageJson?.mcpName, mcpNameIn(readme), imageName].find(isRegistryName);
  return name === undefined ? {} : { registryName: { name, proven: false } };
}

function repositoryOf({ documents }: EntryOrigin, subfolder: string | undefined): Repository {
  const { facts, forkOf } = documents;
  return {
    url: facts.url,
    source: 'github',
    id: facts.id,
    ...(subfolder !== undefined && { subfolder }),
    ...(forkOf !== undefined && { forkOf }),
    archived: facts.archived,
    ...(/^(|NOASSERTION)$/.test(facts.license) ? {} : { license: facts.license }),
  };
}

/** server.json says it all; without one, what the package manifests and the README say. */
function startsOf(manifests: Manifests, server: ServerJson, shown: Shown): Pick<RegistryEntry, 'packages' | 'remotes'> {
  if (server.packages.length + server.remotes.length > 0) return { packages: server.packages, remotes: server.remotes };
  // The README first: it has the arguments and variables that the manifests do not tell.
  const packages = [...shown.packages, ...manifestPackages(manifests)];
  return {
    packages: firstOfEach(packages, packageKey).slice(0, MAX_STARTS),
    remotes: firstOfEach(shown.remotes, ({ type, url }: Remote) => `${type} ${url}`).slice(0, MAX_STARTS),
  };
}

/** Without versions: what is checked in is often not what is published. */
function manifestPackages({ packageJson, python }: Manifests): Package[] {
  const packages: Package[] = [];
  if (packageJson?.name !== undefined && !packageJson.private && (packageJson.bin || packageJson.mcpName !== undefined)) {
    packages.push({ registryType: 'npm', identifier: packageJson.name });
  }
  if (python?.name !== undefined && python.hasScripts) packages.push({ registryType: 'pypi', identifier: python.name });
  return packages;
}

function packageKey({ registryType, identifier }: Package): string {
  return `${registryType}:${registryType === 'pypi' ? pypiKey(identifier) : identifier}`;
}

function firstOfEach<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const value of values) if (!seen.has(keyOf(value))) seen.set(keyOf(value), value);
  return [...seen.values()];
}

/** The repository's own fields without what drifts, and the manifests as they are. Not the README: it is prose, and long. */
function rawOf(facts: RepositoryFacts, files: FolderFiles): JsonObject {
  const { id, nodeId, fullName, url, description, archived, topics, license, createdAt } = facts;
  const manifests = [...files].filter(([name, text]) => name !== 'README.md' && text.length <= MAX_RAW_MANIFEST);
  return {
    repository: { id, nodeId, fullName, url, description, archived, topics, license, createdAt },
    manifests: Object.fromEntries(manifests),
  };
}
