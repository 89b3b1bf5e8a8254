import { phrases } from './phrases.ts';
import { ROLE } from './sentence-words.ts';
import { readSentence, type Word } from './words.ts';

/** Sentences and lines of a text, taken apart as they are asked for: what a tool does mostly stands in the first. */
export function* sentencesIn(text: string, from: number): Generator<readonly Word[]> {
  for (let at = from; at < text.length; ) {
    const words: Word[] = [];
    at = readSentence(text, at, words);
    if (words.length > 0) yield words;
  }
}

/** Words that are preamble only before an addressee: `Enables you to`, but `Enables a rule`. */
const NEEDS_ADDRESSEE = phrases('enables, enable, allow, allows, write, select, use, uses, using');
const ADDRESSEES: ReadonlySet<string> = new Set(
  'you your the users user this it to agents when one and operation operations : ) ai llm llms client clients assistant assistants models'.split(
    ' ',
  ),
);

const ENABLING = phrases('allows, enables');

/** `The tool allows developers to …`: what stands behind `to` is what is done. */
function isEnabling(sentence: readonly Word[], index: number): boolean {
  return index > 0 && ENABLING.has(sentence[index]?.text ?? '') && sentence.slice(index + 2, index + 6).some(({ text }) => text === 'to');
}

/** Where a sentence begins to say what is done. */
export function preambleLength(sentence: readonly Word[]): number {
  for (let index = 0; index < sentence.length; index++) {
    const word = sentence[index] as Word;
    if (isAdverb(word)) continue;
    if ((word.roles & ROLE.preamble) === 0) return index;
    const alone = NEEDS_ADDRESSEE.has(word.text) && !ADDRESSEES.has(sentence[index + 1]?.text ?? '');
    if (alone && !isEnabling(sentence, index)) return index;
  }
  return 0;
}

/** `seamlessly`: says how, not what. */
export function isAdverb(word: Word | undefined): boolean {
  return word !== undefined && word.verb === undefined && word.text.length > 4 && word.text.endsWith('ly');
}

/** Words that open advice only before one of the others here, or as the heading of a paragraph. */
const HEADINGS = phrases(`
  returns, return, args, arguments, parameters, params, example, examples, output, input, inputs, usage, notes, note, important, prerequisites, use`);
const ADVISING_USE = phrases('when, if, only, whenever, after, before, cases');

/** Whether a sentence tells when and how to call the tool, or what it answers, and not what it does. */
export function isAside(sentence: readonly Word[]): boolean {
  if (hasRole(sentence[0], ROLE.advising)) return true;
  const first = sentence[0]?.text ?? '';
  if (first !== 'only' && !HEADINGS.has(first)) return false;
  const [, second = '', third = '', fourth = ''] = sentence.slice(0, 4).map(({ text }) => text);
  if (HEADINGS.has(first) && second === ':') return true;
  if (first === 'only') return ADVISING_USE.has(second) || second === 'omit' || second === 'use' || second === 'call';
  return first === 'use' && (ADVISING_USE.has(second) || (second === 'this' && (ADVISING_USE.has(third) || ADVISING_USE.has(fourth))));
}

/** Whether a sentence praises the tool: `This powerful tool seamlessly …`. */
export function isPraise(sentence: readonly Word[]): boolean {
  if (sentence[0]?.verb !== undefined) return false;
  for (const word of sentence) if (hasRole(word, ROLE.puffery)) return true;
  return false;
}

/** Whether from this word on a sentence no longer says what is done, or denies it. */
export function isSubordinating(word: Word | undefined): boolean {
  return hasRole(word, ROLE.subordinating);
}

/** Whether a word joins two verbs or two objects. */
export function isJoint(word: Word | undefined): boolean {
  return hasRole(word, ROLE.joint);
}

function hasRole(word: Word | undefined, role: number): boolean {
  return word !== undefined && (word.roles & role) !== 0;
}
