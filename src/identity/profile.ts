import type { Package } from '../model/registry-entry.ts';
import type { RepositoryPlace } from '../model/repository-place.ts';
import type { Entry } from './entry.ts';
import { identifierKey, packageKey } from './package-key.ts';
import { bearsNameOf, comparableName, githubOwner, namespaceOf, ownsHost } from './registry-namespace.ts';
import { hostOfRemoteKey, remoteKey } from './remote-key.ts';

/**
 * Whose word an entry is. `publisher`: a registry made them prove the name. `package`: the package registry's own document. `code-host`: the
 * repository as its host knows it. `curated`: a catalogue whose keepers review what they list. `listing`: anybody.
 */
export type Authority = 'publisher' | SourceAuthority | 'listing';

/** What a source itself is. A publisher's authority is in the single entry: the name that was proven. */
type SourceAuthority = 'package' | 'code-host' | 'curated';

/** By source id; a source that is not in it is a listing. Configured, never read from entries: they say what their writers like. */
export type Authorities = Readonly<Record<string, SourceAuthority>>;

/** How many packages, and how many remotes, of one entry are looked at; real ones have up to 9 and 30. */
const MOST_ARTEFACTS = 64;

/** An entry with what it can be known by. Everything in it that is not `owned` is only claimed. */
export interface Profile {
  readonly entry: Entry;
  readonly authority: Authority;
  /** Its name as registries compare it, in their namespaces. */
  readonly registryName?: string;
  /** Keys of its packages and remotes. */
  readonly artefacts: ReadonlySet<string>;
  /** Those of them that the entry is entitled to. */
  readonly owned: ReadonlySet<string>;
  readonly place?: RepositoryPlace;
}

/** How much an entry's word about the repository it names is worth; a `mention` brings nothing that could run, so it needs no proof. */
export type Standing = 'owner' | 'namesake' | 'mention' | 'claim';

export function profileOf(given: Entry, place: RepositoryPlace | undefined, authorities: Authorities): Profile {
  const entry = { ...given, packages: given.packages.slice(0, MOST_ARTEFACTS), remotes: given.remotes.slice(0, MOST_ARTEFACTS) };
  const authority = authorityOf(entry, authorities);
  const registryName = entry.registryName && comparableName(entry.registryName.name);
  const artefacts = artefactKeys(entry);
  const owned = artefacts.filter((key) => owns(key, { authority, registryName, place }));
  return { entry, authority, registryName, artefacts: new Set(artefacts), owned: new Set(owned), place };
}

export function authorityOf({ source, registryName }: Entry, authorities: Authorities): Authority {
  if (registryName?.proven) return 'publisher';
  return (Object.hasOwn(authorities, source) && authorities[source]) || 'listing';
}

function artefactKeys({ packages, remotes }: Entry): string[] {
  return [...packages.map(packageKey), ...remotes.map(({ url }) => remoteKey(url))].filter((key) => key !== undefined);
}

/**
 * Registries have a package point back at the name before they take it. They do not for a bundle, which is a URL, nor for a remote: those are the
 * publisher's where host or repository are.
 */
function owns(key: string, { authority, registryName = '', place }: Pick<Profile, 'authority' | 'registryName' | 'place'>): boolean {
  if (authority === 'curated' || authority === 'package') return true;
  if (authority !== 'publisher') return false;
  const namespace = namespaceOf(registryName);
  if (key.startsWith('url:')) return ownsHost(namespace, hostOfRemoteKey(key));
  if (!key.startsWith('mcpb:')) return true;
  return place !== undefined && key.startsWith(`mcpb:${place.repository}/`) && repositoryStanding(namespace, place) !== 'claim';
}

/** Whether the entry is entitled to the package itself, which for a bridge is another thing than the server behind it. */
export function ownsPackage(profile: Profile, item: Package): boolean {
  return owns(identifierKey(item), profile);
}

export function standingOf({ authority, registryName = '', artefacts, place }: Profile): Standing {
  if (authority === 'code-host' || authority === 'curated') return 'owner';
  if (authority === 'publisher' && place) return repositoryStanding(namespaceOf(registryName), place);
  return authority === 'listing' && artefacts.size === 0 ? 'mention' : 'claim';
}

function repositoryStanding(namespace: string, place: RepositoryPlace): Standing {
  const isGithub = place.repository.startsWith('github.com/');
  if (isGithub && githubOwner(namespace) === place.owner) return 'owner';
  return bearsNameOf(namespace, place) ? 'namesake' : 'claim';
}

/** Something that can be run or called, or a name that was proven: more than a mention of a repository. */
export function isSubstantial({ authority, artefacts }: Profile): boolean {
  return authority === 'publisher' || artefacts.size > 0;
}
