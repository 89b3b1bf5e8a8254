import type { RegistryEntry } from '../model/registry-entry.ts';

/** What identity reads of an entry: the source's own document is not in it. */
export type Entry = Omit<RegistryEntry, 'raw' | 'revision'> & {
  /** RFC 3339: when the first of its releases was published. Without it an update would make an old server look new. */
  readonly firstPublishedAt?: string;
};
