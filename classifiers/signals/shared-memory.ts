import type { Act } from '../act.ts';
import type { Mention } from '../excerpt.ts';
import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';
import { speaksOf } from '../speaks-of.ts';

const MEMORIES: ReadonlySet<string> = phrases(`
  memory, memories, knowledge graph, long term memory, agent memory, shared memory, agent note`);
const LASTS: ReadonlySet<string> = phrases('memory, graph, note');
/** Memory of a machine. */
const OF_MACHINES: ReadonlySet<string> = phrases(`
  usage, limit, ram, gpu, take, size, address, read, write, object, profile, cpu, heap, profiler, snapshot, leak, allocation, dump, managed, process, stat, statistic, total`);
const OF_MACHINE =
  /\b(?:memory\/cpu|cpu\/memory)\b|\b(?:cpu|ram|heap|gpu|profil\w{1,4}|garbage|allocat\w{1,4}|out of|in-|process|cgroup|megabytes|mb|gb|kb|bytes|usage|leaks?) ?(?:and |\/ ?|, )?memory\b|\bmemory (?:usage|limits?|allocation|leaks?|consumption|footprint|pressure|profil\w{1,4}|snapshot|in (?:mb|gb|bytes)|size|requests?|pool|map)\b/i;
/** One of these stands in everything below. */
const speaksOfMemory = speaksOf('memory, memories, knowledge, session, conversation, agent, agents, chat, chats');
const STATED =
  /\b(?:persist\w{0,4}|remember\w{0,3}|retain\w{0,3}|stor\w{1,3}|sav\w{1,3}|recall\w{0,3}|available|carr\w{1,4}|kept|shared?)\b[^.\n]{0,60}\b(?:across|between|in (?:later|future)|for (?:later|future)) (?:\w{1,15} )?(?:conversations?|sessions?|chats?|agents?)\b|\b(?:long[- ]term|persistent|shared|agent|semantic|episodic) memor(?:y|ies)\b(?! (?:limit|usage))|\bknowledge graph\b|\b(?:stored|past|saved|relevant) memories\b|\bfuture (?:conversations|sessions|chats)\b|\bshared (?:scratchpad|blackboard|notes?) (?:for|between|with) (?:\w{1,15} )?agents\b|\bnotes? (?:for|to) (?:other|future) agents?\b/i;
/** What the tool does; further down stands when to use it. */
const OPENING = 400;
/** The session of one connection is no later conversation. */
const OTHER_SESSIONS = /\b(?:login|auth\w{0,10}|browser|http|ssh|mcp) sessions?\b/i;
const OTHER_GRAPH = /\b(?:company|google|entity|datahub|metadata|citation|enterprise|product|business) knowledge graph\b/i;

export const sharedMemory: Signal = {
  id: 'shared-memory',
  finds: 'a memory that outlives the conversation: what is stored comes back in later conversations or to other agents',
  why: 'An instruction that gets into it once is followed again and again.',
  weight: 0.15,
  label: () => 'Memory shared between conversations',
  detect: (parsed) => atMentions(sharedMemory.id, [parsed.acts.find((act) => isOnMemory(act, parsed)) ?? stated(parsed)]),
};

function isOnMemory({ objects, verb }: Act, { description, words: name }: ParsedTool): boolean {
  const named = verb === 'remember' || objects.some((words) => isMemory(words) && !words.some((word) => OF_MACHINES.has(word)));
  return named && !name.some((word) => PROFILING.has(word)) && !OF_MACHINE.test(description.slice(0, OPENING));
}

const PROFILING: ReadonlySet<string> = phrases(
  'profiler, profile, profiling, heap, process, debugger, debug, gdb, emulator, vm, container, pod',
);

function isMemory(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return words[0] === 'memory' || MEMORIES.has(last) || (words.length > 1 && LASTS.has(last) && MEMORIES.has(words.slice(-2).join(' ')));
}

function stated(parsed: ParsedTool): Mention | undefined {
  if (!speaksOfMemory(parsed)) return undefined;
  const opening = parsed.description.slice(0, OPENING);
  const found = mentionOf(parsed, STATED, OPENING);
  return found && !OF_MACHINE.test(opening) && !OTHER_SESSIONS.test(opening) && !OTHER_GRAPH.test(opening) ? found : undefined;
}
