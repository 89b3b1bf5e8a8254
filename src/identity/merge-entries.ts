import type { RegistryEntry } from '../model/registry-entry.ts';
import type { Server } from '../model/server.ts';
import { byStrength, strongKeysOf } from './strong-keys.ts';

/**
 * One server per real server: entries that share a strong key are the same server.
 *
 * @param entries - Of all sources, in any order.
 * @returns Sorted by id. The same entries in another order give the same servers.
 */
export function mergeEntries(entries: readonly RegistryEntry[]): Server[] {
  const groups = groupBySharedKey([...entries].sort(byStableOrder));
  return groups.map(toServer).sort((a, b) => compare(a.id, b.id));
}

/** Entries joined, transitively, by any key they share. */
function groupBySharedKey(entries: readonly RegistryEntry[]): RegistryEntry[][] {
  const groupOfKey = new Map<string, Set<RegistryEntry>>();
  for (const entry of entries) {
    let group = new Set([entry]);
    for (const key of strongKeysOf(entry)) {
      const other = groupOfKey.get(key);
      if (other && other !== group) group = absorb(groupOfKey, other, group);
      groupOfKey.set(key, group);
    }
  }
  return [...new Set(groupOfKey.values())].map((group) => [...group].sort(byStableOrder));
}

function absorb(groupOfKey: Map<string, Set<RegistryEntry>>, into: Set<RegistryEntry>, from: Set<RegistryEntry>): Set<RegistryEntry> {
  for (const entry of from) {
    into.add(entry);
    for (const key of strongKeysOf(entry)) if (groupOfKey.get(key) === from) groupOfKey.set(key, into);
  }
  return into;
}

function toServer(entries: readonly RegistryEntry[]): Server {
  const keys = byStrength(entries.flatMap(strongKeysOf));
  const [first] = entries;
  const [id] = keys;
  if (!first || !id) throw new Error('every entry has a key, and a group is never empty');
  return {
    id,
    name: first.name,
    title: entries.find(({ title }) => title)?.title,
    description: entries.find(({ description }) => description)?.description,
    repositoryUrl: entries.find(({ repository }) => repository)?.repository?.url,
    packages: uniqueBy(
      entries.flatMap(({ packages }) => packages),
      (item) => `${item.registryType}:${item.identifier}@${item.version ?? ''}`,
    ),
    remotes: uniqueBy(
      entries.flatMap(({ remotes }) => remotes),
      (item) => `${item.type} ${item.url}`,
    ),
    sources: sortedUnique(entries.map(({ source }) => source)),
    aliases: sortedUnique([...keys, ...entries.map(({ name }) => name)]),
  };
}

function byStableOrder(a: RegistryEntry, b: RegistryEntry): number {
  return compare(a.source, b.source) || compare(a.id, b.id);
}

/** By UTF-16 code unit: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sortedUnique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
