import { placeKey, repositoryPlace } from '../model/repository-place.ts';
import { packageKey } from './package-key.ts';
import type { Profile } from './profile.ts';
import { remoteKey } from './remote-key.ts';
import type { Members } from './to-server.ts';

/** Anybody can list a server under as many names as they like. */
const MOST_ALIASES = 1_000;

/** Its keys, then what its entries call it, those first whose word counts first; sorted. */
export function aliasesOf({ profiles, keys, names }: Members): string[] {
  const [known, own] = [new Set(keys), new Set(names)];
  const aliases = new Set(keys.slice(0, MOST_ALIASES));
  for (const profile of profiles) {
    if (aliases.size >= MOST_ALIASES) break;
    for (const alias of [...formsOf(profile, known), ...namesOf(profile).filter((name) => own.has(name))]) aliases.add(alias);
  }
  return [...aliases].slice(0, MOST_ALIASES).sort();
}

/** What an entry calls its server. */
export function namesOf({ entry, registryName }: Profile): string[] {
  return [entry.name, entry.registryName?.name, registryName].filter((name) => name !== undefined);
}

/** What the entry's source calls it, its artefacts as they were written, the repository's former addresses. */
function formsOf({ entry, authority, place }: Profile, keys: ReadonlySet<string>): string[] {
  const packages = entry.packages.filter((item) => packageKey(item).startsWith(`${item.registryType}:`) && keys.has(packageKey(item)));
  const remotes = entry.remotes.filter(({ url }) => keys.has(remoteKey(url) ?? ''));
  const former = authority === 'code-host' ? (entry.repository?.formerUrls ?? []) : [];
  return [
    `${entry.source}:${entry.id}`,
    ...packages.map(({ registryType, identifier }) => `${registryType}:${identifier}`),
    ...remotes.flatMap(({ url }) => [url, `url:${url}`]),
    ...former.flatMap((url) => formerKey(url, place?.folder)),
  ];
}

function formerKey(url: string, folder = ''): string[] {
  const place = repositoryPlace({ url });
  return place ? [placeKey({ ...place, folder })] : [];
}
