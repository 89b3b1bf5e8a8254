import type { ServerContext } from '../src/model/server.ts';
import { siblingNames } from './sibling-names.ts';
import { baseVerb, verbOf } from './vocabulary.ts';
import { identifierWords } from './words.ts';

/** Fewer names than this share their first word by chance. */
const MIN_NAMES = 4;
/** Names looked at to find what they share. */
const MAX_NAMES = 1000;
const SHARED_BY = 0.6;

/**
 * The words of a tool's name without the product's name in front, which says what the server is and not what the tool does:
 * `git_push` of a Git server is `push`. A verb stays, even one that all tools begin with.
 */
export function toolNameWords(name: string, context: ServerContext): readonly string[] {
  const words = siblingNames(context).get(name) ?? identifierWords(name);
  const products = productWords(context);
  let first = 0;
  while (first < words.length - 1 && products.has(words[first] ?? '')) first++;
  return first === 0 ? words : words.slice(first);
}

// Pure memo: the same context gives the same words, and a server's tools share one context object.
const known = new WeakMap<ServerContext, ReadonlySet<string>>();

function productWords(context: ServerContext): ReadonlySet<string> {
  const found = known.get(context) ?? findProductWords(context);
  known.set(context, found);
  return found;
}

function findProductWords(context: ServerContext): ReadonlySet<string> {
  const ownName = [...identifierWords(context.name), ...identifierWords(context.title ?? '')];
  const words = [...ownName, ...sharedFirstWord(context)];
  return new Set(words.filter((word) => verbOf(word) === undefined));
}

function sharedFirstWord(context: ServerContext): string[] {
  const names = context.toolNames.slice(0, MAX_NAMES);
  if (names.length < MIN_NAMES) return [];
  const siblings = siblingNames(context);
  const counts = new Map<string, number>();
  for (const name of names) {
    const first = siblings.get(name)?.[0];
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= names.length * SHARED_BY).map(([word]) => word);
}

/**
 * How many of the first words name a thing that this server has several tools for: `deploy_key` beside `deploy_key_get` and
 * `deploy_key_update`, however much `deploy` looks like a verb. 0 where the siblings say nothing.
 */
export function thingLength(ownWords: readonly string[], context: ServerContext): number {
  if (baseVerb(ownWords[0] ?? '') === undefined) return 0;
  const things = knownThings.get(context) ?? findThings(context);
  knownThings.set(context, things);
  for (let length = Math.min(MAX_THING, ownWords.length - 1); length > 0; length--) {
    if (isVerbAt(ownWords, length) && (things.get(ownWords.slice(0, length).join(' '))?.size ?? 0) >= MIN_VERBS) return length;
  }
  return 0;
}

/** Words that a thing is named in, and different verbs that follow them before it is believed to be one. */
const MAX_THING = 3;
const MIN_VERBS = 2;
// Pure memo, as above.
const knownThings = new WeakMap<ServerContext, ReadonlyMap<string, ReadonlySet<string>>>();

function findThings(context: ServerContext): Map<string, Set<string>> {
  const things = new Map<string, Set<string>>();
  for (const name of context.toolNames.slice(0, MAX_NAMES)) {
    const words = toolNameWords(name, context);
    for (let length = 1; length <= Math.min(MAX_THING, words.length - 1); length++) {
      if (!isVerbAt(words, length) || (length === 1 && !baseVerb(words[0] ?? '')?.noun)) continue;
      const thing = words.slice(0, length).join(' ');
      things.set(thing, (things.get(thing) ?? new Set()).add(words[length] ?? ''));
    }
  }
  return things;
}

/** A verb that is no noun as well, or ends the name: `update` of `deploy_key_update`, `list` of `order_list`. */
function isVerbAt(words: readonly string[], index: number): boolean {
  const verb = baseVerb(words[index] ?? '');
  return verb !== undefined && (!verb.noun || index === words.length - 1);
}
