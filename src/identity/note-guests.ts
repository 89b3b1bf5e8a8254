import { sortableInstant } from '../model/instant.ts';
import { compare } from './code-unit-order.ts';
import { canName, type Findings, membersBySet, profileAt } from './findings.ts';
import { type Profile, standingOf } from './profile.ts';
import { namespaceOf } from './registry-namespace.ts';

/**
 * Whoever lists another's package or remote, and nothing else, is part of that server: often it is its publisher under another name, and as often
 * nobody can tell. Such an entry is a guest, unless it is of one account with who is at home there, or owns the repository that they name.
 */
export function noteGuests(findings: Findings): void {
  for (const indexes of membersBySet(findings).values()) {
    const publishers = indexes.map((index) => profileAt(findings, index)).filter(({ authority }) => authority === 'publisher');
    const atHome = homeTest(hostsOf(findings, indexes, publishers));
    for (const profile of publishers) if (!atHome(profile)) findings.guests.add(profile);
  }
}

/** Who is entitled to a key of the server; where nobody is, the publisher who came first. */
function hostsOf(findings: Findings, indexes: readonly number[], publishers: readonly Profile[]): readonly Profile[] {
  const isEntitled = (index: number) => [...profileAt(findings, index).owned].some((key) => canName(findings, index, key));
  const entitled = indexes.filter(isEntitled);
  if (entitled.length > 0) return entitled.map((index) => profileAt(findings, index));
  return [...publishers].sort(byFirstPublished).slice(0, 1);
}

function homeTest(hosts: readonly Profile[]): (profile: Profile) => boolean {
  const members = new Set(hosts);
  const namespaces = new Set(
    hosts.flatMap(({ registryName, authority }) => (authority === 'publisher' ? namespaceOf(registryName ?? '') : [])),
  );
  const repositories = new Set(hosts.flatMap(({ place }) => place?.repository ?? []));
  return (profile) =>
    members.has(profile) ||
    namespaces.has(namespaceOf(profile.registryName ?? '')) ||
    (standingOf(profile) === 'owner' && repositories.has(profile.place?.repository ?? ''));
}

/** An unknown date is later than any. */
export function byFirstPublished(a: Profile, b: Profile): number {
  return compare(firstPublishedAt(a) || LAST, firstPublishedAt(b) || LAST);
}

const LAST = '~';

/** Empty where it is not known. */
function firstPublishedAt({ entry }: Profile): string {
  return sortableInstant(entry.firstPublishedAt ?? entry.release?.publishedAt ?? '') ?? '';
}

export function publishedAt({ entry }: Profile): string {
  return sortableInstant(entry.release?.publishedAt ?? '') ?? '';
}
