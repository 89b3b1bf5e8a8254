import { isBridge } from '../model/bridges.ts';
import type { Package } from '../model/registry-entry.ts';
import { remoteKey } from './remote-key.ts';

/**
 * What names a package whatever a source writes around it: npm as is, PyPI by PEP 503, NuGet without case, an image with its host and without tag
 * and digest, a bundle by its release page. The registry it comes from is left out: sources name the public one or do not. Of a
 * bridge that is started with a URL, the server is what answers at the URL.
 */
export function packageKey(item: Package): string {
  const bridged = bridgedUrl(item);
  return (bridged && remoteKey(bridged)) || identifierKey(item);
}

/** What names the package itself, whatever it is started with. */
export function identifierKey(item: Package): string {
  return `${item.registryType}:${normalisedIdentifier(item)}`;
}

function bridgedUrl(item: Package): string | undefined {
  if (!isBridge(item)) return undefined;
  return item.packageArguments?.find(({ type, value }) => type !== 'named' && /^https?:\/\//i.test(value ?? ''))?.value;
}

function normalisedIdentifier({ registryType, identifier, registryBaseUrl }: Package): string {
  const name = identifier.trim();
  if (registryType === 'pypi') return name.toLowerCase().replace(/[-_.]+/g, '-');
  if (registryType === 'cargo') return name.toLowerCase().replaceAll('_', '-');
  if (registryType === 'nuget') return name.toLowerCase();
  if (registryType === 'oci') return imageName(name, registryBaseUrl);
  return registryType === 'mcpb' ? bundleName(name) : name;
}

/** `mcp/time:1` → `docker.io/mcp/time`, `alpine@sha256:…` → `docker.io/library/alpine`. */
function imageName(image: string, registryBaseUrl = ''): string {
  const bare = image
    .replace(/^(docker|oci|https?):\/\//i, '')
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '');
  const [first = '', ...rest] = bare.toLowerCase().split('/');
  const isHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const host = isHost
    ? first
    : registryBaseUrl
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/\/.*$/, '') || DOCKER_HUB;
  const path = isHost ? rest : [first, ...rest];
  if (!DOCKER_HUB_HOSTS.has(host)) return [host, ...path].join('/');
  return [DOCKER_HUB, ...(path.length === 1 ? ['library'] : []), ...path].join('/');
}

const DOCKER_HUB = 'docker.io';
const DOCKER_HUB_HOSTS = new Set([DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com', 'hub.docker.com']);

const RELEASE =
  /^https?:\/\/(?:www\.)?(?<host>[^/]+)\/(?<repository>.+?)(?:\/-)?\/releases\/(?:download\/)?.*?(?<asset>[^/?#]+)(?:[?#].*)?$/i;

/** The release page's repository and the file's name without what changes from release to release and from machine to machine. */
function bundleName(url: string): string {
  const { host, repository, asset } = RELEASE.exec(url)?.groups ?? {};
  if (!host || !repository || !asset) return url.toLowerCase().replace(/^https?:\/\//, '');
  const words = asset
    .toLowerCase()
    .replace(EXTENSION, '')
    .replace(VERSION, '-')
    .split(/[^a-z0-9]+/);
  return [host, repository, words.filter((word) => word && !PLATFORM.has(word)).join('-')].join('/').toLowerCase();
}

const EXTENSION = /\.(mcpb|dxt|zip|tar\.gz|tgz)$/;
const VERSION = /(^|[-_.])v?\d+(\.\d+)+([-+.][0-9a-z]*\d[0-9a-z]*)*/g;
const PLATFORM = new Set([
  ...['darwin', 'macos', 'mac', 'osx', 'apple', 'linux', 'windows', 'win', 'win32', 'win64', 'pc', 'unknown', 'gnu', 'musl', 'msvc'],
  ...['amd64', 'x64', 'x86', '64', 'arm64', 'aarch64', 'arm', 'universal', 'all'],
]);
