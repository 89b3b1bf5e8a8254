import type { Package, Remote } from '../model/registry-entry.ts';
import type { ServerPackage } from '../model/server.ts';
import { isFork } from './confirm-claims.ts';
import type { Findings } from './findings.ts';
import { packageKey } from './package-key.ts';
import { ownsPackage, type Profile } from './profile.ts';
import { remoteKey } from './remote-key.ts';
import { type Say, sayIn } from './say.ts';
import type { Members } from './to-server.ts';

/** Of each kind; a server that nobody is entitled to has whatever is listed with it. */
const MOST = 128;

/** What the server can be run from and called at. */
export function artefactsOf(findings: Findings, members: Members): { packages: ServerPackage[]; remotes: Remote[] } {
  const { profiles } = members;
  const has = artefactTest(findings, members);
  return {
    packages: marked(findings, profiles, unique({ profiles, has, itemsOf: ({ entry }) => entry.packages, ...PACKAGE, isOwn })),
    remotes: unique({ profiles, has, itemsOf: ({ entry }) => entry.remotes, ...REMOTE, isOwn: () => true }),
  };
}

/**
 * Whether an artefact an entry lists is the server's. What somebody else is entitled to is not, and what a copy or fork has in its files is the
 * original's. Whoever has less say than another who lists it adds no spelling, version or arguments of their own; what has no key may be anything,
 * so that it is for those with the most say.
 */
type HasArtefact = (profile: Profile, key: string | undefined) => boolean;

function artefactTest(findings: Findings, { set, profiles, keys }: Members): HasArtefact {
  const { ownersOf, sets } = findings;
  const sayOf = sayIn(findings, keys);
  const leastFor = leastSay(profiles, sayOf);
  const [first] = profiles;
  const least = first && sayOf(first);
  return (profile, key) => {
    if (sayOf(profile) > ((key === undefined ? least : leastFor.get(key)) ?? 2)) return false;
    if (key === undefined || profile.owned.has(key)) return true;
    const owners = ownersOf.get(key) ?? [];
    return owners.length > 0 ? owners.some((index) => sets.find(index) === set) : !isFork(profile);
  };
}

/** For what a publisher lists, or somebody is entitled to: the say of who has most. Files of a repository name what is another's as well. */
function leastSay(profiles: readonly Profile[], sayOf: (profile: Profile) => Say): ReadonlyMap<string, Say> {
  const least = new Map<string, Say>();
  for (const profile of profiles) {
    const say = sayOf(profile);
    const spoken = profile.authority === 'publisher' ? profile.artefacts : profile.owned;
    for (const key of spoken) if (say < (least.get(key) ?? 2)) least.set(key, say);
  }
  return least;
}

interface Listing<T> {
  readonly profiles: readonly Profile[];
  readonly has: HasArtefact;
  readonly itemsOf: (profile: Profile) => readonly T[];
  readonly keyOf: (item: T) => string | undefined;
  readonly formOf: (item: T) => string;
  readonly isOwn: (profile: Profile, item: T) => boolean;
}

/** Each artefact once, as who is entitled to it gives it, else the first; what differs in transport or arguments is kept beside it. */
function unique<T>({ profiles, has, itemsOf, keyOf, formOf, isOwn: isTheirs }: Listing<T>): T[] {
  const found = new Map<string, { readonly item: T; readonly isOwned: boolean }>();
  for (const profile of profiles) {
    for (const item of itemsOf(profile)) {
      const key = keyOf(item);
      if (!has(profile, key) || !isTheirs(profile, item)) continue;
      const isOwned = key !== undefined && profile.owned.has(key);
      const before = found.get(formOf(item));
      if (before ? isOwned && !before.isOwned : found.size < MOST) found.set(formOf(item), { item, isOwned });
    }
  }
  return [...found.values()].map(({ item }) => item);
}

/** A bridge is listed only by who is entitled to the bridge itself: what it is started with is code and arguments of somebody else's choice. */
function isOwn(profile: Profile, item: Package): boolean {
  return !packageKey(item).startsWith('url:') || ownsPackage(profile, item);
}

const PACKAGE = {
  keyOf: packageKey,
  formOf: (item: Package) => [packageKey(item), item.transport?.type ?? 'stdio', JSON.stringify(item.packageArguments ?? [])].join(' '),
};
const REMOTE = {
  keyOf: ({ url }: Remote) => remoteKey(url),
  formOf: ({ type, url }: Remote) => `${type} ${url.replace(/\/+$/, '')}`,
};

/** A package that nobody is entitled to, and that only files of a repository name, is marked. */
function marked({ ownersOf }: Findings, profiles: readonly Profile[], packages: readonly Package[]): ServerPackage[] {
  const confirmed = new Set(profiles.flatMap(({ authority, artefacts }) => (authority === 'code-host' ? [] : [...artefacts])));
  return packages.map((item) => {
    const key = packageKey(item);
    return confirmed.has(key) || ownersOf.has(key) ? item : { ...item, unconfirmed: true };
  });
}
