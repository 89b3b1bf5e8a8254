import type { ServerContext } from '../src/model/server.ts';
import { verbOf } from './vocabulary.ts';
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
export function toolNameWords(name: string, context: ServerContext): string[] {
  const words = identifierWords(name);
  const products = productWords(context);
  let first = 0;
  while (first < words.length - 1 && products.has(words[first] ?? '')) first++;
  return words.slice(first);
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
  const words = [...ownName, ...sharedFirstWord(context.toolNames.slice(0, MAX_NAMES))];
  return new Set(words.filter((word) => verbOf(word) === undefined));
}

function sharedFirstWord(names: readonly string[]): string[] {
  if (names.length < MIN_NAMES) return [];
  const counts = new Map<string, number>();
  for (const name of names) {
    const first = identifierWords(name)[0];
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= names.length * SHARED_BY).map(([word]) => word);
}
