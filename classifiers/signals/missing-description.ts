import type { Evidence } from '../../src/model/classification.ts';
import { excerptOf } from '../excerpt.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { serverWords } from '../server-words.ts';
import { atMentions, type Signal } from '../signal.ts';
import { singular } from '../singular.ts';
import { verbOf } from '../vocabulary.ts';
import { identifierWords } from '../words.ts';

/** A longer text says something. */
const SHORT = 160;
/** More words than any name has: some of them are news. */
const MOST_WORDS = 14;
const FEWEST_WORDS = 3;
/** A verb and an object that the name does not have. */
const TOLD = 2;
const UNINFORMATIVE: ReadonlySet<string> = phrases(`
  a, an, the, this, that, of, to, for, in, on, by, from, with, and, or, is, it, its, at, as, via, tool, function, method, endpoint, mcp,
  server, api, operation, command, call, use, used, using, one, all, any, some, new, existing, specific, single, given, your, you,
  which, can, allows, lets, get, let, s`);
const PLACEHOLDER =
  /^[\W_]{0,5}(?:todo|tbd|fixme|n\/?a|none|null|undefined|description|no description(?: (?:available|provided))?|placeholder|lorem ipsum|test|tool|string|xxx+|insert description|add description|your description)\b[\W_]{0,5}(?:here|goes here)?[\W_]{0,5}$/i;
/** Scripts that put no space between words: two signs are about one word. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;

export const missingDescription: Signal = {
  id: 'missing-description',
  finds: 'a tool without a description, or with one that says no more than its name',
  why: 'Neither a person nor a model can know what the call does beyond its name.',
  weight: 0.08,
  label: ([place]) => (place?.at === '/description' ? 'No useful description' : 'No description'),
  detect(parsed): Evidence[] {
    const text = parsed.description.trim();
    if (text === '') return atMentions(missingDescription.id, [{ at: '/name', excerpt: excerptOf(parsed.tool.name) }]);
    return isUseless(text, parsed) ? atMentions(missingDescription.id, [{ at: '/description', excerpt: excerptOf(text) }]) : [];
  },
};

function isUseless(text: string, parsed: ParsedTool): boolean {
  if (text.length > SHORT || hasManyWords(text)) return false;
  if (PLACEHOLDER.test(text)) return true;
  return !saysMoreThanName(text, parsed) && (text.match(UNSPACED)?.length ?? 0) < 2 * FEWEST_WORDS;
}

function hasManyWords(text: string): boolean {
  let space = -1;
  for (let words = 1; words <= MOST_WORDS; words++) {
    space = text.indexOf(' ', space + 1);
    if (space < 0) return false;
  }
  return true;
}

function saysMoreThanName(text: string, { words, context }: ParsedTool): boolean {
  const known = new Set([...words, ...serverWords(context).all].map(stem));
  const told = new Set<string>();
  let news = 0;
  for (const written of identifierWords(text)) {
    const word = stem(written);
    if (UNINFORMATIVE.has(word) || told.has(word) || /^\d+$/.test(word)) continue;
    told.add(word);
    if (!known.has(word)) news++;
    if (news >= TOLD || (news > 0 && told.size >= FEWEST_WORDS)) return true;
  }
  return false;
}

/** `Deletes labels` says `delete label`. */
function stem(word: string): string {
  return singular(verbOf(word)?.base ?? word);
}
