import type { Package, Remote } from '../../src/model/registry-entry.ts';
import type { Manifests } from './manifests.ts';
import { shownServers } from './readme.ts';
import { type ShownStart, startOf } from './shown-packages.ts';

/** Words in names that tell nothing about whose it is. */
const COMMON_WORDS =
  /(^|[^a-z0-9])(mcp|servers?|model|context|protocol|the|js|ts|py|python|node|typescript|official|remote)(?=$|[^a-z0-9])/gi;
const SHORTEST_WORD = 3;

/** How the README says that the repository's own server is started. Other servers, which it may show beside, are left out. */
export function ownStarts(fullName: string, manifests: Manifests): ShownStart[] {
  return shownServers(manifests.readme)
    .flatMap((server) => startOf(server) ?? [])
    .filter((start) => ('package' in start ? isOwnPackage(start.package, fullName, manifests) : isOwnRemote(start.remote, fullName)));
}

function isOwnPackage({ registryType, identifier }: Package, fullName: string, { packageJson, python }: Manifests): boolean {
  // Never published, whatever the README says: the name may be anybody's.
  if (registryType === 'npm' && packageJson?.private && packageJson.name === identifier) return false;
  if (registryType === 'npm' && packageJson?.name !== undefined)
    return packageJson.name === identifier || sharesWords(identifier, fullName);
  if (registryType === 'pypi' && python?.name !== undefined) return pypiKey(python.name) === pypiKey(identifier);
  return sharesWords(identifier, fullName);
}

/** Its namespace is the owner, or its name is the repository's, with or without the owner's, but for words that every server has. */
function sharesWords(identifier: string, fullName: string): boolean {
  const [owner = '', repository = ''] = fullName.toLowerCase().split('/');
  const parts = identifier
    .toLowerCase()
    .replace(/@sha256:.*|:[^:/]*$/, '')
    .split('/');
  const name = parts.at(-1) ?? '';
  if (name === repository) return true;
  if (parts.slice(0, -1).some((part) => part.replace(/^@/, '') === owner)) return true;
  return [telling(repository), telling(owner) + telling(repository)].some((own) => own.length >= SHORTEST_WORD && own === telling(name));
}

/** The URL's host has the owner's or the repository's name in it. */
function isOwnRemote({ url }: Remote, fullName: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  if (/^(localhost|127\.|\[)|(^|\.)example\.(com|org|net)$|\.(local|test|internal)$/.test(host)) return false;
  const labels = host.split(/[.-]/);
  return fullName.split('/').some((name) => telling(name).length >= SHORTEST_WORD && labels.includes(telling(name)));
}

function telling(name: string): string {
  return name
    .toLowerCase()
    .replace(COMMON_WORDS, '$1')
    .replace(/[^a-z0-9]/g, '');
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function pypiKey(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
