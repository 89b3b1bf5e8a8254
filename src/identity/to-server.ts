import type { Server } from '../model/server.ts';
import { compare, sortedUnique } from './code-unit-order.ts';
import type { Entry } from './entry.ts';
import { type Findings, standingIn } from './findings.ts';
import { byFirstPublished, publishedAt } from './note-guests.ts';
import type { Profile } from './profile.ts';
import { type Say, sayIn } from './say.ts';
import { aliasesOf } from './server-aliases.ts';
import { artefactsOf } from './server-artefacts.ts';

/** A set of entries on its way to a server. */
export interface Members {
  readonly set: number;
  /** Whose word counts first, first. */
  readonly profiles: readonly Profile[];
  /** The strongest first; the first is the id. */
  readonly keys: readonly string[];
  /** Its names that no other server has. */
  readonly names: readonly string[];
}

/**
 * Who has more say comes first, whatever the source; then the order of sources; of one source, what is not given up, then what was published last.
 * Among those who have none it is who came first: whoever comes later may be there for the name.
 */
export function byPrecedence(precedence: readonly string[], sayOf: (profile: Profile) => Say): (a: Profile, b: Profile) => number {
  const rankOf = ({ source }: Entry) => (precedence.includes(source) ? precedence.indexOf(source) : precedence.length);
  const bySource = (a: Entry, b: Entry) => rankOf(a) - rankOf(b) || compare(a.source, b.source);
  const byWorth = (a: Profile, b: Profile) =>
    Number(isDeprecated(a.entry)) - Number(isDeprecated(b.entry)) || compare(publishedAt(b), publishedAt(a));
  return (a, b) =>
    sayOf(a) - sayOf(b) ||
    bySource(a.entry, b.entry) ||
    (sayOf(a) === 2 ? byFirstPublished(a, b) : byWorth(a, b)) ||
    compare(a.entry.id, b.entry.id);
}

function isDeprecated({ release, deprecated }: Entry): boolean {
  return release?.status === 'deprecated' || deprecated !== undefined;
}

export function toServer(findings: Findings, members: Members): Server {
  const { profiles, keys } = members;
  const [id] = keys;
  const [first] = profiles;
  if (!first || id === undefined) throw new Error('a set is never empty, and every entry has a key');
  return {
    id,
    name: first.entry.name,
    ...described(voicesOf(findings, members)),
    ...located(findings, members),
    ...artefactsOf(findings, members),
    sources: sortedUnique(profiles.map(({ entry }) => entry.source)),
    aliases: aliasesOf(members),
    related: [],
  };
}

/** Whose word on the server is taken: of those who have the most say on anything, and of everybody but guests on what they leave out. */
interface Voices {
  readonly leading: readonly Entry[];
  readonly all: readonly Entry[];
}

function voicesOf(findings: Findings, { profiles, keys }: Members): Voices {
  const sayOf = sayIn(findings, keys);
  const [first] = profiles;
  const leading = profiles.filter((profile) => first && sayOf(profile) === sayOf(first));
  const all = profiles.filter((profile) => !findings.guests.has(profile));
  return { leading: leading.map(({ entry }) => entry), all: all.map(({ entry }) => entry) };
}

/** A version and a website are followed, words only read: the latter anybody may add where there are none. */
function described({ leading, all }: Voices): Partial<Server> {
  const fields = {
    title: all.find(({ title }) => title)?.title,
    description: all.find(({ description }) => description)?.description,
    version: leading.find(({ version }) => version)?.version,
    websiteUrl: leading.find(({ websiteUrl }) => websiteUrl)?.websiteUrl,
    deprecated: deprecationOf(leading),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** When all say so who could. A source that keeps one version could where it says so of another entry. */
function deprecationOf(entries: readonly Entry[]): Server['deprecated'] {
  const saying = new Set(entries.filter(({ deprecated }) => deprecated !== undefined).map(({ source }) => source));
  const able = entries.filter(({ release, source }) => release || saying.has(source));
  if (able.length === 0 || !able.every(isDeprecated)) return undefined;
  const message = able.map(({ release, deprecated }) => release?.statusMessage || deprecated).find(Boolean);
  return message === undefined ? {} : { message };
}

/** The repository of who may speak for it, else the one that is only claimed, by anybody but a guest. */
function located(findings: Findings, { profiles }: Members): Partial<Server> {
  const listed = profiles.filter((profile) => profile.entry.repository && !findings.guests.has(profile));
  const profile = listed.find((candidate) => candidate.place && standingIn(findings, candidate) !== 'claim') ?? listed[0];
  if (!profile?.entry.repository) return {};
  const { url } = profile.entry.repository;
  const folder = profile.entry.repository.subfolder ?? profile.place?.folder;
  return { repositoryUrl: readableUrl(url), ...(folder && { repositorySubfolder: folder }) };
}

function readableUrl(url: string): string {
  return url.replace(/^git\+(?=https?:)/, '').replace(/\.git$/, '');
}
