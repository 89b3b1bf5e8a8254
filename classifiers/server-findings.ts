import type { Finding } from '../src/model/classification.ts';
import type { ServerContext } from '../src/model/server.ts';
import type { JudgedTool } from './judged-tool.ts';
import { poisoningInInstructions } from './poisoning/poisoning-in-instructions.ts';
import { similarNames } from './server/similar-names.ts';
import { splitPayload } from './server/split-payload.ts';
import { toxicCombinations } from './server/toxic-combination.ts';

/**
 * What is wrong with a server beyond any one of its tools: its own texts, tools that are harmful together, names made to be mistaken for each other.
 *
 * @param tools - All tools of the server, in any order: the answer does not depend on it.
 * @returns Evidence within a tool names it in `tool`; that in the server's own texts has none, and its `at` points into the context.
 */
export function serverFindings(tools: readonly JudgedTool[], context: ServerContext): Finding[] {
  const sorted = [...tools].sort(({ definition: a }, { definition: b }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return [...poisoningInInstructions(context), ...splitPayload(sorted, context), ...similarNames(sorted), ...toxicCombinations(sorted)];
}
