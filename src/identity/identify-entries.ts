import type { RepositoryPlace } from '../model/repository-place.ts';
import { compare } from './code-unit-order.ts';
import { confirmClaims } from './confirm-claims.ts';
import { DisjointSets } from './disjoint-sets.ts';
import type { Entry } from './entry.ts';
import { append, type Findings, nameKey } from './findings.ts';
import { joinByArtefacts } from './join-by-artefacts.ts';
import { joinByRepository } from './join-by-repository.ts';
import { noteGuests } from './note-guests.ts';
import { type Authorities, type Profile, profileOf } from './profile.ts';
import { githubOwner, namespaceOf } from './registry-namespace.ts';
import { type Locate, repositoryLocator } from './repositories.ts';

export interface IdentityOptions {
  /** Source ids: of what several say of one server, the earlier counts. Sources that are not in it come after, by id. */
  readonly precedence?: readonly string[];
  /** What each source is; the word of a mere listing has to be confirmed by others. Default: all are. */
  readonly authorities?: Authorities;
}

/**
 * Finds out which entries are one server: strong keys, then claims that are confirmed, then the repository; each step may rely on what the one before
 * has joined. The same entries in another order give the same sets.
 */
export function identifyEntries(entries: readonly Entry[], { authorities = {} }: IdentityOptions): Findings {
  const sorted = [...entries].sort(byStableOrder);
  const locate = repositoryLocator(sorted, authorities);
  const profiles = sorted.map((entry) => profileOf(entry, placeOf(entry, locate), authorities));
  const sets = new DisjointSets(profiles.length);
  const findings: Findings = {
    ...{ profiles, sets, locate, joins: [], claims: [], shared: new Set(), collections: new Set(), guests: new Set() },
    ownersOf: indexOwners(profiles),
  };
  joinByArtefacts(findings);
  noteGuests(findings);
  confirmClaims(findings);
  joinByRepository(findings);
  const claims = findings.claims.filter(({ by, of }) => of === undefined || sets.find(by) !== sets.find(of));
  return { ...findings, claims };
}

/**
 * Where the entry says that its code is. A publisher who proved a GitHub account and names no repository means the account's repository of that name,
 * if there is one: no other entry's word is needed for it, and nothing is joined where there is none.
 */
function placeOf({ repository, registryName }: Entry, locate: Locate): RepositoryPlace | undefined {
  if (repository) return locate(repository);
  const owner = registryName?.proven ? githubOwner(namespaceOf(registryName.name)) : undefined;
  return owner === undefined ? undefined : locate({ url: `https://github.com/${owner}/${registryName?.name.split('/')[1]}` });
}

function byStableOrder(a: Entry, b: Entry): number {
  return compare(a.source, b.source) || compare(a.id, b.id);
}

function indexOwners(profiles: readonly Profile[]): Map<string, number[]> {
  const owners = new Map<string, number[]>();
  for (const [index, { owned, authority, registryName }] of profiles.entries()) {
    for (const key of owned) append(owners, key, index);
    if (authority === 'publisher' && registryName) append(owners, nameKey(registryName), index);
  }
  return owners;
}
