import type { Entry } from '../../src/identity/entry.ts';
import { explainIdentity as explain } from '../../src/identity/explain-identity.ts';
import type { IdentityOptions } from '../../src/identity/identify-entries.ts';
import { mergeEntries as merge } from '../../src/identity/merge-entries.ts';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';

/** What the sources of these tests are; `official` proves the names of its publishers. */
export const AUTHORITIES = { npm: 'package', github: 'code-host' } as const;

/** As the pipeline calls it. */
export function mergeEntries(entries: readonly Entry[], options: IdentityOptions = {}) {
  return merge(entries, { authorities: AUTHORITIES, ...options });
}

export function explainIdentity(entries: readonly RegistryEntry[], wanted: string, options: IdentityOptions = {}) {
  return explain(entries, wanted, { authorities: AUTHORITIES, ...options });
}

export function entry(source: string, id: string, rest: Partial<RegistryEntry> = {}): RegistryEntry {
  return { source, id, name: id, packages: [], remotes: [], raw: {}, ...rest };
}

/** An entry whose name its registry made the publisher prove. */
export function published(name: string, rest: Partial<RegistryEntry> = {}): RegistryEntry {
  return entry('official', name, { registryName: { name, proven: true }, ...rest });
}

/** A package registry's document. */
export function packageDocument(name: string, rest: Partial<RegistryEntry> = {}): RegistryEntry {
  return entry('npm', name, { packages: [npm(name)], ...rest });
}

/** A repository as its host knows it. */
export function hosted(id: string, fullName: string, rest: Partial<RegistryEntry> = {}): RegistryEntry {
  const { repository, ...others } = rest;
  const url = `https://github.com/${fullName}`;
  return entry('github', id, { name: fullName, ...others, repository: { url, source: 'github', id: id.split('#')[0], ...repository } });
}

export const github = (fullName: string, subfolder?: string) => ({
  url: `https://github.com/${fullName}`,
  ...(subfolder !== undefined && { subfolder }),
});
export const npm = (identifier: string, version = '1.0.0') => ({ registryType: 'npm' as const, identifier, version });
export const oci = (identifier: string) => ({ registryType: 'oci' as const, identifier });
export const remote = (url: string) => ({ type: 'streamable-http' as const, url });
