import { isJsonObject, type JsonObject, type JsonValue } from '../../src/model/json.ts';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';
import type { Manifest } from './manifest.ts';
import { repositoryOf } from './repository.ts';

/** What is kept of a manifest. People's names and addresses are not. */
const KEPT = [
  'name',
  'version',
  'description',
  'mcpName',
  'keywords',
  'license',
  'homepage',
  'repository',
  'bin',
  'engines',
  'dependencies',
  'peerDependencies',
  'deprecated',
  'hasInstallScript',
];
const KEPT_OF_DIST = ['integrity', 'shasum', 'fileCount', 'unpackedSize'];
/** Characters of JSON of one field: dependencies of the largest servers are below a tenth of it. */
const MAX_FIELD_LENGTH = 32_768;
const MAX_URL_LENGTH = 2_000;
const MAX_MESSAGE_LENGTH = 4_000;

/** A server's manifest as a registry entry. */
export function toEntry(source: string, manifest: Manifest): RegistryEntry {
  const { name, version, description, mcpName, deprecated } = manifest;
  const repository = repositoryOf(manifest.repository);
  const websiteUrl = webPage(manifest.homepage);
  return {
    source,
    id: name,
    name,
    // The publisher's own word: anyone may write anyone's name there.
    ...(mcpName && { registryName: { name: mcpName, proven: false } }),
    ...(description && { description }),
    version,
    // `npm deprecate <package> ""` takes it back, and leaves the empty text.
    ...(deprecated && { deprecated: deprecated === true ? '' : deprecated.slice(0, MAX_MESSAGE_LENGTH) }),
    ...(websiteUrl && { websiteUrl }),
    ...(repository && { repository }),
    packages: [{ registryType: 'npm', identifier: name, version }],
    remotes: [],
    raw: rawOf(manifest),
  };
}

function webPage(homepage: string | undefined): string | undefined {
  const url = homepage?.trim() ?? '';
  return /^https?:\/\//i.test(url) && url.length <= MAX_URL_LENGTH && URL.canParse(url) ? url : undefined;
}

function rawOf({ document }: Manifest): JsonObject {
  const dist = document['dist'];
  return { ...kept(document, KEPT), ...(isJsonObject(dist) && { dist: { ...kept(dist, KEPT_OF_DIST), ...tarball(dist['tarball']) } }) };
}

function kept(document: JsonObject, fields: readonly string[]): Record<string, JsonValue> {
  const some: Record<string, JsonValue> = {};
  for (const field of fields) {
    const value = document[field];
    if (value !== undefined && JSON.stringify(value).length <= MAX_FIELD_LENGTH) some[field] = value;
  }
  return some;
}

/** Its path: the host is the registry's, which differs from machine to machine while the archive is the same. */
function tarball(url: JsonValue | undefined): { tarball?: string } {
  if (typeof url !== 'string' || url.length > MAX_URL_LENGTH || !URL.canParse(url)) return {};
  return { tarball: new URL(url).pathname };
}
