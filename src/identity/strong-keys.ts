import type { RegistryEntry } from '../model/registry-entry.ts';

/**
 * The keys that settle identity: whoever has one of them is the same server. A package and a remote URL each belong to one server;
 * a repository does not (up to 49 servers share one).
 *
 * @returns The strongest first; an entry that says neither is known by its source's own id.
 */
export function strongKeysOf(entry: RegistryEntry): string[] {
  const keys = [
    ...entry.packages.map(({ registryType, identifier }) => `${registryType}:${identifier}`).sort(),
    ...entry.remotes.map(({ url }) => `url:${url}`).sort(),
  ];
  return keys.length > 0 ? keys : [`${entry.source}:${entry.id}`];
}
