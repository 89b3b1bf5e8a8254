import type { RegistryEntry } from '../model/registry-entry.ts';

/** What identity reads of an entry: the source's own document is not in it. */
export type Entry = Omit<RegistryEntry, 'raw' | 'revision'>;
