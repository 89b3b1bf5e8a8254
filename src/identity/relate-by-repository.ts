import { type RepositoryPlace, repositoryPlace } from '../model/repository-place.ts';
import { isFork } from './confirm-claims.ts';
import { append, type Findings } from './findings.ts';
import { type Profile, type Standing, standingOf } from './profile.ts';
import { namespaceOf, registrantOf } from './registry-namespace.ts';
import type { Relate } from './relation.ts';
import { hostOfRemoteKey } from './remote-key.ts';

interface Placement {
  readonly set: number;
  readonly profile: Profile;
  readonly place: RepositoryPlace;
  readonly standing: Standing;
}

/** How many servers of one repository are compared with one another: what is shown is fewer, and one repository may hold thousands. */
const MOST = 24;

/**
 * Forks, deployments by other operators, and servers that share the root of one repository. Two folders of it are two servers, and so are two who each
 * bring something of their own: they say no more.
 */
export function relateByRepository(findings: Findings, relate: Relate): void {
  const byRepository = placementsByRepository(findings);
  const surenessOf = surenessOfSiblings(gatewayHosts(findings), establishedSets(findings));
  for (const placements of byRepository.values()) relatePlacements(distinct(placements), surenessOf, relate);
  for (const placements of byRepository.values()) {
    for (const placement of placements) if (isFork(placement.profile)) relateFork(placement, byRepository, findings, relate);
  }
}

function placementsByRepository({ profiles, sets }: Findings): Map<string, Placement[]> {
  const byRepository = new Map<string, Placement[]>();
  for (const [index, profile] of profiles.entries()) {
    const { place } = profile;
    if (place) append(byRepository, place.repository, { set: sets.find(index), profile, place, standing: standingOf(profile) });
  }
  return byRepository;
}

/** One placement for each set, the one that says most about it; bounded. */
function distinct(placements: readonly Placement[]): Placement[] {
  const bySet = new Map<number, Placement>();
  for (const placement of placements) {
    const before = bySet.get(placement.set);
    if (!before || (before.standing === 'claim' && placement.standing !== 'claim')) bySet.set(placement.set, placement);
  }
  return [...bySet.values()].slice(0, MOST);
}

/** Those that bring a package or remote of their own, or one under a proven name. What two of them have in common holds several servers. */
function establishedSets({ profiles, sets }: Findings): Set<number> {
  const isEstablished = ({ owned, authority, artefacts }: Profile) => owned.size > 0 || (authority === 'publisher' && artefacts.size > 0);
  return new Set([...profiles.entries()].filter(([, profile]) => isEstablished(profile)).map(([index]) => sets.find(index)));
}

/** Nothing for two that are known to be two. */
type SurenessOf = (a: Placement, b: Placement) => { readonly confidence: number; readonly reason: string } | undefined;

function relatePlacements(placements: readonly Placement[], surenessOf: SurenessOf, relate: Relate): void {
  for (const [index, a] of placements.entries()) {
    for (const b of placements.slice(index + 1)) {
      const areFolders = a.place.folder !== '' && b.place.folder !== '' && a.place.folder !== b.place.folder;
      const sureness = areFolders ? undefined : surenessOf(a, b);
      if (sureness) relate({ a: a.set, b: b.set, relation: 'maybe-same', ...sureness });
    }
  }
}

function surenessOfSiblings(gateways: ReadonlySet<string>, established: ReadonlySet<number>): SurenessOf {
  return (a, b) => {
    const where = a.place.repository;
    const gateway = gatewayOf(a, gateways) ?? gatewayOf(b, gateways);
    if (gateway !== undefined)
      return { confidence: 0.6, reason: `a deployment at ${gateway}, which runs many publishers' servers, says it is made from ${where}` };
    if (a.standing === 'claim' || b.standing === 'claim')
      return { confidence: 0.4, reason: `says it is made from ${where}, which does not say so` };
    if (established.has(a.set) && established.has(b.set)) return undefined;
    return { confidence: 0.2, reason: `in the same repository ${where}, which holds several servers` };
  };
}

function gatewayOf({ profile, standing }: Placement, gateways: ReadonlySet<string>): string | undefined {
  if (standing !== 'claim') return undefined;
  const hosts = [...profile.artefacts].filter((key) => key.startsWith('url:')).map(hostOfRemoteKey);
  return hosts.find((host) => gateways.has(siteOf(host)));
}

/** Below this many repository owners a site is a company with a few partners. */
const OWNERS_OF_GATEWAY = 5;

/** Sites that answer for the code of many different repository owners, none of whom they are: they run what others wrote. */
function gatewayHosts({ profiles }: Findings): Set<string> {
  const ownersBySite = new Map<string, Set<string>>();
  for (const profile of profiles) {
    if (!profile.place || standingOf(profile) !== 'claim') continue;
    for (const key of profile.artefacts) {
      if (!key.startsWith('url:')) continue;
      const site = siteOf(hostOfRemoteKey(key));
      ownersBySite.set(site, (ownersBySite.get(site) ?? new Set()).add(profile.place.owner));
    }
  }
  return new Set([...ownersBySite].filter(([, owners]) => owners.size >= OWNERS_OF_GATEWAY).map(([site]) => site));
}

function siteOf(host: string): string {
  return registrantOf(namespaceOf(`${host.split('.').reverse().join('.')}/`));
}

function relateFork(fork: Placement, byRepository: ReadonlyMap<string, readonly Placement[]>, { locate }: Findings, relate: Relate): void {
  const parent = locateParent(fork, locate);
  if (!parent) return;
  const candidates = distinct((byRepository.get(parent.repository) ?? []).filter(({ standing }) => standing !== 'claim'));
  const sameFolder = candidates.filter(({ place }) => place.folder === fork.place.folder);
  const of = sameFolder.length > 0 ? sameFolder : candidates;
  for (const { set } of of) {
    relate({
      a: fork.set,
      b: set,
      relation: 'fork-of',
      confidence: of.length === 1 ? 1 : 0.7,
      reason: `${fork.place.repository} is a fork of ${parent.repository}`,
    });
  }
}

function locateParent({ profile }: Placement, locate: Findings['locate']): RepositoryPlace | undefined {
  const url = profile.entry.repository?.forkOf ?? '';
  return repositoryPlace({ url }) && locate({ url });
}
