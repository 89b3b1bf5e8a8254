import type { ServerContext } from '../src/model/server.ts';
import { identifierWords } from './words.ts';

/** Names looked at. */
const MAX_NAMES = 1000;

// Pure memo: the same context gives the same words, and a server's tools share one context object.
const known = new WeakMap<ServerContext, ReadonlyMap<string, readonly string[]>>();

/** The first names of a server's tools, in words. */
export function siblingNames(context: ServerContext): ReadonlyMap<string, readonly string[]> {
  const found = known.get(context);
  if (found) return found;
  const names = new Map<string, readonly string[]>();
  for (const name of context.toolNames.slice(0, MAX_NAMES)) names.set(name, identifierWords(name));
  known.set(context, names);
  return names;
}
