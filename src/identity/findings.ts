import type { DisjointSets } from './disjoint-sets.ts';
import { type Profile, type Standing, standingOf } from './profile.ts';
import type { Locate } from './repositories.ts';

/** Two entries that were found to be one server, by index. */
interface Join {
  readonly a: number;
  readonly b: number;
  readonly key: string;
  readonly reason: string;
}

/** What an entry says of itself that nobody confirmed, and the entry that would have had to. */
export interface Claim {
  readonly by: number;
  readonly key: string;
  readonly of?: number;
  readonly reason: string;
}

/** What is found out about the entries, step by step: each joins sets and notes why. Entries are known by their index in `profiles`. */
export interface Findings {
  readonly profiles: readonly Profile[];
  readonly sets: DisjointSets;
  /** Enough to connect each set. */
  readonly joins: Join[];
  readonly claims: Claim[];
  /** Keys of packages that hold several servers: they name none. */
  readonly shared: Set<string>;
  /** Entries that list the remotes of several servers, which name none of them. */
  readonly collections: Set<number>;
  /** Entries that are part of a server by another's word alone, see `noteGuests`: they say nothing of it, and bring nobody along. */
  readonly guests: Set<Profile>;
  /** For each key, the indexes of the entries entitled to it. */
  readonly ownersOf: ReadonlyMap<string, readonly number[]>;
  readonly locate: Locate;
}

/** Joins the sets of two entries and remembers why; nothing when they are one already. */
export function join({ sets, joins }: Findings, a: number, b: number, key: string, reason: string): void {
  if (sets.join(a, b)) joins.push({ a, b, key, reason });
}

/** Enough to look through; an entry can list as much of others' as it likes. */
const MOST_CLAIMS = 16;

/** @returns What notes claims, of each entry no more than enough. */
export function claimNotes({ claims }: Findings): (claim: Claim) => void {
  const counts = new Map<number, number>();
  return (claim) => {
    const count = (counts.get(claim.by) ?? 0) + 1;
    counts.set(claim.by, count);
    if (count <= MOST_CLAIMS) claims.push(claim);
  };
}

/** Whether a key that the entry lists names the entry's server: not when the key is several servers', nor when the entry is. */
export function canName({ shared, collections }: Findings, index: number, key: string): boolean {
  return !shared.has(key) && !(key.startsWith('url:') && collections.has(index));
}

/** A guest's repository is not that of the server it is part of. */
export function standingIn({ guests }: Findings, profile: Profile): Standing {
  return guests.has(profile) ? 'claim' : standingOf(profile);
}

export function nameKey(registryName: string): string {
  return `registry:${registryName}`;
}

/** The entry at an index that came from the findings themselves. */
export function profileAt({ profiles }: Pick<Findings, 'profiles'>, index: number): Profile {
  const profile = profiles[index];
  if (!profile) throw new Error(`no entry has the index ${index}`);
  return profile;
}

/** The entries of each set, in order. */
export function membersBySet({ profiles, sets }: Pick<Findings, 'profiles' | 'sets'>): Map<number, number[]> {
  return Map.groupBy(profiles.keys(), (index) => sets.find(index));
}

/** What each entry's set has, as it is now: later joins do not change the answer. */
export function artefactsBySet(
  findings: Findings,
  counts: (profile: Profile) => boolean = () => true,
): (index: number) => ReadonlySet<string> {
  const setOf = findings.profiles.map((_, index) => findings.sets.find(index));
  const bySet = new Map<number, Set<string>>();
  for (const [index, profile] of findings.profiles.entries()) {
    const set = setOf[index] ?? index;
    const known = bySet.get(set) ?? new Set();
    if (counts(profile)) for (const key of profile.artefacts) known.add(key);
    bySet.set(set, known);
  }
  return (index) => bySet.get(setOf[index] ?? index) ?? new Set();
}

export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
