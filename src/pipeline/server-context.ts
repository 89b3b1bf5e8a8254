import type { Server, ServerContext } from '../model/server.ts';

/** Longest text of a server that a classification may depend on, characters: a server that sends megabytes must not slow every tool down. */
const MAX_TEXT = 16_384;

/** Exactly what a classification may read of the server; stored under its hash beside every classification. */
export function serverContextOf(
  server: Pick<Server, 'name' | 'title' | 'description'>,
  instructions: string | undefined,
  toolNames: readonly string[],
): ServerContext {
  return {
    name: server.name,
    title: server.title,
    description: server.description?.slice(0, MAX_TEXT),
    instructions: instructions?.slice(0, MAX_TEXT),
    toolNames: [...toolNames].sort(),
  };
}
