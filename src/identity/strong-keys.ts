import type { RegistryEntry } from '../model/registry-entry.ts';

/** Which kind of key names a server first: the one most servers have, and that one person publishes under. Others come after, in order. */
const STRENGTH = ['npm:', 'pypi:', 'oci:', 'mcpb:', 'nuget:', 'cargo:', 'url:'];

/**
 * The keys that settle identity: whoever has one of them is the same server. A package and a remote URL each belong to one server;
 * a repository does not (up to 49 servers share one). An entry that says neither is known by its source's own id.
 */
export function strongKeysOf(entry: RegistryEntry): string[] {
  const keys = [
    ...entry.packages.map(({ registryType, identifier }) => `${registryType}:${identifier}`),
    ...entry.remotes.map(({ url }) => `url:${url}`),
  ];
  return keys.length > 0 ? keys : [`${entry.source}:${entry.id}`];
}

/** Each key once, the strongest first; equally strong ones by UTF-16 code unit. */
export function byStrength(keys: readonly string[]): string[] {
  return [...new Set(keys)].sort().sort((a, b) => strengthOf(a) - strengthOf(b));
}

function strengthOf(key: string): number {
  const place = STRENGTH.findIndex((kind) => key.startsWith(kind));
  return place === -1 ? STRENGTH.length : place;
}
