import type { ServerContext } from '../src/model/server.ts';
import { identifierWords } from './words.ts';

/** A server's name in words: all of it, and without whose it is: `server github` of `somebody/server-github`. */
export interface ServerWords {
  readonly all: readonly string[];
  readonly own: readonly string[];
}

const MAX_NAME = 200;
// Pure memo: the same context gives the same words, and a server's tools share one context object.
const known = new WeakMap<ServerContext, ServerWords>();

export function serverWords(context: ServerContext): ServerWords {
  const before = known.get(context);
  if (before) return before;
  const name = context.name.slice(0, MAX_NAME);
  const words = { all: identifierWords(name), own: identifierWords(name.split('/').at(-1) ?? '') };
  known.set(context, words);
  return words;
}
