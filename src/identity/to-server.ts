import { sortableInstant } from '../model/instant.ts';
import type { Package, Remote } from '../model/registry-entry.ts';
import { placeKey, repositoryPlace } from '../model/repository-place.ts';
import type { Server, ServerPackage } from '../model/server.ts';
import { compare, sortedUnique } from './code-unit-order.ts';
import { isFork } from './confirm-claims.ts';
import type { Entry } from './entry.ts';
import type { Findings } from './findings.ts';
import { packageKey } from './package-key.ts';
import { type Profile, standingOf } from './profile.ts';
import { remoteKey } from './remote-key.ts';

/** A set of entries on its way to a server. */
export interface Members {
  readonly set: number;
  /** Whose word counts first, first. */
  readonly profiles: readonly Profile[];
  /** The strongest first; the first is the id. */
  readonly keys: readonly string[];
  /** Its names that no other server has. */
  readonly names: readonly string[];
}

/**
 * Who is entitled to something comes before who only lists it, whatever the source; then the order of sources; of one source, what is not given up,
 * then what was published last.
 */
export function byPrecedence(precedence: readonly string[]): (a: Profile, b: Profile) => number {
  const rankOf = ({ source }: Entry) => (precedence.includes(source) ? precedence.indexOf(source) : precedence.length);
  return (a, b) =>
    Number(isEntitled(b)) - Number(isEntitled(a)) ||
    rankOf(a.entry) - rankOf(b.entry) ||
    compare(a.entry.source, b.entry.source) ||
    Number(isDeprecated(a.entry)) - Number(isDeprecated(b.entry)) ||
    compare(publishedAt(b.entry), publishedAt(a.entry)) ||
    compare(a.entry.id, b.entry.id);
}

function isEntitled(profile: Profile): boolean {
  return profile.owned.size > 0 || ['owner', 'namesake'].includes(standingOf(profile));
}

function isDeprecated({ release }: Entry): boolean {
  return release?.status === 'deprecated';
}

function publishedAt({ release }: Entry): string {
  return sortableInstant(release?.publishedAt ?? '') ?? '';
}

export function toServer(findings: Findings, { set, profiles, keys, names }: Members): Server {
  const [id] = keys;
  const entries = profiles.map(({ entry }) => entry);
  const [first] = entries;
  if (!first || id === undefined) throw new Error('a set is never empty, and every entry has a key');
  const hasArtefact = artefactTest(findings, set);
  const known = new Set(keys);
  return {
    id,
    name: first.name,
    ...described(entries),
    ...located(profiles),
    packages: packagesOf(findings, profiles, hasArtefact),
    remotes: unique({ profiles, itemsOf: ({ remotes }) => remotes, keyOf: ({ url }) => remoteKey(url), formOf: remoteForm }, hasArtefact),
    sources: sortedUnique(entries.map(({ source }) => source)),
    aliases: sortedUnique([...keys, ...profiles.flatMap((profile) => formsOf(profile, known)), ...names]),
    related: [],
  };
}

function described(entries: readonly Entry[]): Partial<Server> {
  const first = <K extends 'title' | 'description' | 'version' | 'websiteUrl'>(field: K) => entries.find((entry) => entry[field])?.[field];
  const released = entries.filter(({ release }) => release);
  const message = released.find(({ release }) => release?.statusMessage)?.release?.statusMessage;
  const deprecated = released.length > 0 && released.every(isDeprecated) ? { ...(message !== undefined && { message }) } : undefined;
  const fields = {
    title: first('title'),
    description: first('description'),
    version: first('version'),
    websiteUrl: first('websiteUrl'),
    deprecated,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The repository of who may speak for it, else the one that is only claimed. */
function located(profiles: readonly Profile[]): Partial<Server> {
  const listed = profiles.filter(({ entry }) => entry.repository);
  const profile = listed.find((candidate) => candidate.place && standingOf(candidate) !== 'claim') ?? listed[0];
  if (!profile?.entry.repository) return {};
  const { url } = profile.entry.repository;
  const folder = profile.entry.repository.subfolder ?? profile.place?.folder;
  return { repositoryUrl: readableUrl(url), ...(folder && { repositorySubfolder: folder }) };
}

function readableUrl(url: string): string {
  return url.replace(/^git\+(?=https?:)/, '').replace(/\.git$/, '');
}

/**
 * Whether an artefact an entry lists is the server's. What somebody else is entitled to is not, and what a copy or fork has in its files is the
 * original's.
 */
type HasArtefact = (profile: Profile, key: string | undefined) => boolean;

function artefactTest({ ownersOf, sets }: Findings, set: number): HasArtefact {
  return (profile, key) => {
    if (key === undefined || profile.owned.has(key)) return true;
    const owners = ownersOf.get(key) ?? [];
    return owners.length > 0 ? owners.some((index) => sets.find(index) === set) : !isFork(profile);
  };
}

/** Each artefact once, as who is entitled to it gives it, else the first; what differs in transport or arguments is kept beside it. */
function unique<T>({ profiles, itemsOf, keyOf, formOf }: Listing<T>, hasArtefact: HasArtefact): T[] {
  const found = new Map<string, { readonly item: T; readonly isOwned: boolean }>();
  for (const profile of profiles) {
    for (const item of itemsOf(profile.entry)) {
      const key = keyOf(item);
      const isOwned = key !== undefined && profile.owned.has(key);
      const before = found.get(formOf(item));
      if (hasArtefact(profile, key) && (!before || (isOwned && !before.isOwned))) found.set(formOf(item), { item, isOwned });
    }
  }
  return [...found.values()].map(({ item }) => item);
}

/** A package that nobody is entitled to, and that only files of a repository name, is marked. */
function packagesOf({ ownersOf }: Findings, profiles: readonly Profile[], hasArtefact: HasArtefact): ServerPackage[] {
  const packages = unique({ profiles, itemsOf: ({ packages }) => packages, keyOf: packageKey, formOf: packageForm }, hasArtefact);
  const spoken = profiles.filter(({ authority }) => authority !== 'code-host').flatMap(({ artefacts }) => [...artefacts]);
  const confirmed = new Set(spoken);
  return packages.map((item) => {
    const key = packageKey(item) ?? '';
    return confirmed.has(key) || ownersOf.has(key) ? item : { ...item, unconfirmed: true };
  });
}

interface Listing<T> {
  readonly profiles: readonly Profile[];
  readonly itemsOf: (entry: Entry) => readonly T[];
  readonly keyOf: (item: T) => string | undefined;
  readonly formOf: (item: T) => string;
}

function packageForm(item: Package): string {
  return [packageKey(item), item.transport?.type ?? 'stdio', JSON.stringify(item.packageArguments ?? [])].join(' ');
}

function remoteForm({ type, url }: Remote): string {
  return `${type} ${url.replace(/\/+$/, '')}`;
}

/** What the entry's source calls it, its artefacts as they were written, the repository's former addresses. */
function formsOf({ entry, authority, place }: Profile, keys: ReadonlySet<string>): string[] {
  const packages = entry.packages.filter((item) => packageKey(item).startsWith(`${item.registryType}:`) && keys.has(packageKey(item)));
  const remotes = entry.remotes.filter(({ url }) => keys.has(remoteKey(url) ?? ''));
  const former = authority === 'code-host' ? (entry.repository?.formerUrls ?? []) : [];
  return [
    `${entry.source}:${entry.id}`,
    ...packages.map(({ registryType, identifier }) => `${registryType}:${identifier}`),
    ...remotes.flatMap(({ url }) => [url, `url:${url}`]),
    ...former.flatMap((url) => formerKey(url, place?.folder)),
  ];
}

function formerKey(url: string, folder = ''): string[] {
  const place = repositoryPlace({ url });
  return place ? [placeKey({ ...place, folder })] : [];
}
