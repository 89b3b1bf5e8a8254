import type { Server } from '../model/server.ts';
import { append } from './findings.ts';
import type { Relate } from './relation.ts';
import { coreName, nameWords, similarity } from './server-words.ts';
import type { Members } from './to-server.ts';

interface Described {
  readonly set: number;
  readonly owners: ReadonlySet<string>;
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

/** A name or text that more servers than this have in common says nothing about any two of them. */
const MOST_OF_NAME = 30;
const MOST_OF_TEXT = 6;

/** A shorter text may be any server's. */
const TELLING = 40;

/** Below this a suggestion is not worth a look. */
const LEAST = 0.3;

/** Servers with one name or one text. Never enough to be one server: names are free, and texts are copied first. */
export function relateByName(servers: readonly (Members & { readonly server: Server })[], relate: Relate): void {
  const byName = new Map<string, Described[]>();
  const byText = new Map<string, Described[]>();
  for (const { set, profiles, server } of servers) {
    const described = describe(set, profiles, server);
    const names = new Set(profiles.flatMap(({ entry }) => [coreName(entry.name), coreName(entry.title ?? '')]));
    for (const name of names) if (name.length > 1) append(byName, name, described);
    if (described.text.length >= TELLING) append(byText, described.text, described);
  }
  for (const [name, of] of byName) if (of.length <= MOST_OF_NAME) relateAll(of, relate, (a, b) => namesakes(name, a, b));
  for (const of of byText.values()) if (of.length <= MOST_OF_TEXT) relateAll(of, relate, sameText);
}

function describe(set: number, profiles: Members['profiles'], { description = '' }: Server): Described {
  const text = description.trim().toLowerCase();
  const owners = profiles.flatMap(({ place, registryName = '' }) => [place?.owner ?? '', registryName.split('/')[0] ?? '']);
  const words = nameWords(text).filter((word) => word.length > 3 && word !== 'server');
  return { set, owners: new Set(owners.map((owner) => owner.replace(/^io\.github\./, '')).filter(Boolean)), text, words: new Set(words) };
}

type Sureness = (a: Described, b: Described) => { readonly confidence: number; readonly reason: string };

function relateAll(described: readonly Described[], relate: Relate, sureness: Sureness): void {
  for (const [index, a] of described.entries()) {
    for (const b of described.slice(index + 1)) {
      const found = sureness(a, b);
      if (found.confidence >= LEAST) relate({ a: a.set, b: b.set, relation: 'maybe-same', ...found });
    }
  }
}

function namesakes(name: string, a: Described, b: Described): ReturnType<Sureness> {
  const owner = [...a.owners].find((one) => b.owners.has(one));
  const likeness = similarity(a.words, b.words);
  const confidence = Math.round(100 * (0.15 + (owner === undefined ? 0 : 0.25) + 0.3 * likeness)) / 100;
  const also = [owner && `the owner ${owner}`, likeness >= 0.3 && 'much of the description'].filter(Boolean);
  return { confidence, reason: [`both are called ${name}`, ...also.map((what) => `share ${what}`)].join(' and ') };
}

function sameText(): ReturnType<Sureness> {
  return { confidence: 0.45, reason: 'both have the same description' };
}
