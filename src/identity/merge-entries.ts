import type { Server } from '../model/server.ts';
import { compare } from './code-unit-order.ts';
import type { Entry } from './entry.ts';
import { type Findings, membersBySet, nameKey, profileAt } from './findings.ts';
import { type IdentityOptions, identifyEntries } from './identify-entries.ts';
import { relateServers } from './relate-servers.ts';
import { sayIn } from './say.ts';
import { namesOf } from './server-aliases.ts';
import { byStrength, setByKey } from './server-keys.ts';
import { byPrecedence, type Members, toServer } from './to-server.ts';

/**
 * One server per real server.
 *
 * @param entries - What each source says of each of its servers now: one entry for every source and id.
 * @returns Sorted by id, which no two have in common. The same entries in another order give the same servers.
 */
export function mergeEntries(entries: readonly Entry[], options: IdentityOptions = {}): Server[] {
  return serversOf(identifyEntries(entries, options), options)
    .map(({ server }) => server)
    .sort((a, b) => compare(a.id, b.id));
}

/** A server and the set of entries it is made of. */
export interface IdentifiedServer extends Members {
  readonly server: Server;
}

export function serversOf(findings: Findings, { precedence = [] }: IdentityOptions): IdentifiedServer[] {
  const members = membersOf(findings, precedence);
  const identified = members.map((of) => ({ ...of, server: toServer(findings, of) }));
  const related = relateServers(findings, identified);
  return identified.map((of) => ({ ...of, server: { ...of.server, related: related(of.set) } }));
}

function membersOf(findings: Findings, precedence: readonly string[]): Members[] {
  const keysOf = keysBySet(findings);
  const namesBy = namesBySet(findings);
  return [...membersBySet(findings)].map(([set, indexes]) => {
    const keys = keysOf.get(set) ?? [];
    const profiles = indexes.map((index) => profileAt(findings, index)).sort(byPrecedence(precedence, sayIn(findings, keys)));
    const owned = new Set(profiles.flatMap((profile) => (profile.authority === 'curated' ? [] : [...profile.owned])));
    const strongest = byStrength(keys, (key) => owned.has(key));
    const own = profiles.slice(0, 1).map(({ entry }) => `${entry.source}:${entry.id}`);
    return { set, profiles, keys: strongest.length > 0 ? strongest : own, names: namesBy.get(set) ?? [] };
  });
}

function keysBySet(findings: Findings): Map<number, string[]> {
  const named = [...setByKey(findings)];
  return new Map([...Map.groupBy(named, ([, set]) => set)].map(([set, of]) => [set, of.map(([key]) => key)]));
}

/**
 * Names that lead to one server: a proven registry name to its owner's, another only where no two servers have it. A copy that calls itself what its
 * original is called would lead people to itself otherwise.
 */
function namesBySet(findings: Findings): Map<number, string[]> {
  const found = new Map<string, number | undefined>();
  for (const [index, profile] of findings.profiles.entries()) {
    const set = findings.sets.find(index);
    for (const name of namesOf(profile)) found.set(name, !found.has(name) || found.get(name) === set ? set : undefined);
  }
  for (const name of found.keys()) {
    const [owner] = findings.ownersOf.get(nameKey(name.toLowerCase())) ?? [];
    if (owner !== undefined) found.set(name, findings.sets.find(owner));
  }
  const unique = [...found].filter((pair): pair is [string, number] => pair[1] !== undefined);
  return new Map([...Map.groupBy(unique, ([, set]) => set)].map(([set, of]) => [set, of.map(([name]) => name)]));
}
