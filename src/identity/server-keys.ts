import { placeKey } from '../model/repository-place.ts';
import { canName, type Findings, nameKey, profileAt, standingIn } from './findings.ts';
import { isSubstantial, type Profile } from './profile.ts';

/** Which kind of key names a server first: the one most servers have, and that one person publishes under. Others come after, in order. */
const STRENGTH = ['npm:', 'pypi:', 'oci:', 'mcpb:', 'nuget:', 'cargo:', 'url:', nameKey(''), 'repo:'];

/**
 * Each key once, the strongest first: that is the server's id. Of equally strong ones the publisher's own come before what others list, and then by
 * UTF-16 code unit, so that an id does not change when a further source lists the server. Packages and remotes come before registry names: they are
 * what people type, ids of that form were published first, and a list has them before a registry does. An id changes when a source brings a stronger
 * kind of key; the old one then is an alias. What a repository's files only claim is no id: anybody can put a name into a file.
 */
export function byStrength(keys: Iterable<string>, isOwned: (key: string) => boolean): string[] {
  const rank = (key: string) => 2 * strengthOf(key) + (isOwned(key) ? 0 : 1);
  return [...new Set(keys)].sort().sort((a, b) => rank(a) - rank(b));
}

function strengthOf(key: string): number {
  const place = STRENGTH.findIndex((kind) => key.startsWith(kind));
  return place === -1 ? STRENGTH.length : place;
}

/** Which set each key names: at most one, so that no two servers have one id. */
export function setByKey(findings: Findings): Map<string, number> {
  const named = new Map<string, number>();
  for (const [key, indexes] of findings.ownersOf) nameFirst(findings, named, key, indexes);
  const listed = [...findings.profiles.keys()].filter((index) => profileAt(findings, index).authority !== 'code-host');
  nameUncontested(findings, named, listed, ({ artefacts }) => [...artefacts]);
  for (const authority of ['code-host', 'curated', 'publisher', 'listing'] as const) {
    const of = [...findings.profiles.keys()].filter((index) => profileAt(findings, index).authority === authority);
    nameUncontested(findings, named, of, (profile) => repositoryKeys(findings, profile));
  }
  return named;
}

function nameFirst(findings: Findings, named: Map<string, number>, key: string, indexes: readonly number[]): void {
  const index = indexes.find((candidate) => canName(findings, candidate, key));
  if (index !== undefined) named.set(key, findings.sets.find(index));
}

/** Keys that nobody has yet go to the one set that lists them; where several do, to the one that most sources know, or else to none. */
function nameUncontested(
  findings: Findings,
  named: Map<string, number>,
  indexes: readonly number[],
  keysOf: (profile: Profile) => readonly string[],
): void {
  const found = new Map<string, Set<number>>();
  for (const index of indexes) {
    for (const key of keysOf(profileAt(findings, index))) {
      if (!named.has(key) && canName(findings, index, key)) found.set(key, (found.get(key) ?? new Set()).add(findings.sets.find(index)));
    }
  }
  const sourcesOf = sourceCounts(
    findings,
    [...found.values()].filter(({ size }) => size > 1).flatMap((sets) => [...sets]),
  );
  for (const [key, sets] of found) {
    const [best, next] = [...sets].sort((a, b) => sourcesOf(b) - sourcesOf(a));
    if (best !== undefined && (next === undefined || sourcesOf(best) > sourcesOf(next))) named.set(key, best);
  }
}

function sourceCounts({ profiles, sets }: Findings, wanted: readonly number[]): (set: number) => number {
  const sourcesBySet = new Map(wanted.map((set) => [set, new Set<string>()]));
  for (const [index, { entry }] of profiles.entries()) sourcesBySet.get(sets.find(index))?.add(entry.source);
  return (set) => sourcesBySet.get(set)?.size ?? 0;
}

function repositoryKeys(findings: Findings, profile: Profile): string[] {
  const { place, authority } = profile;
  if (!place || standingIn(findings, profile) === 'claim') return [];
  return authority === 'listing' && isSubstantial(profile) ? [] : [placeKey(place)];
}
