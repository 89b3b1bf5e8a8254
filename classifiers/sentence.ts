import { phrases } from './phrases.ts';
import { verbOf } from './vocabulary.ts';
import { readSentence, type Word } from './words.ts';

/** Sentences and lines of a text, taken apart as they are asked for: what a tool does mostly stands in the first. */
export function* sentencesIn(text: string, from: number): Generator<readonly Word[]> {
  for (let at = from; at < text.length; ) {
    const words: Word[] = [];
    at = readSentence(text, at, words);
    if (words.length > 0) yield words;
  }
}

/** What a sentence says before it says what is done: `Use this tool to …`, `Allows you to …`, `Permanently …`. */
const PREAMBLE: ReadonlySet<string> = new Set(
  `this the a an tool tools function endpoint method api mcp server command operation operations utility helper action skill use used uses using it to
  for that which can will is be are allows allow lets let helps help enables enable you your user users agent agents client llm please when want wants
  need needs permanently quickly safely securely directly simply just automatically optionally immediately asynchronously synchronously recursively
  programmatically efficiently explicitly manually easily only first also dangerous destructive warning important note deprecated admin beta write
  experimental by : & ( ) / , new purpose description summary one or more following select and primary main assistant assistants powerful esta este
  herramienta ferramenta outil cet permite permet de para pour questo strumento consente dieses werkzeug ermöglicht einen eine ein um`.split(
    /\s+/,
  ),
);
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
  for (const [index, { text }] of sentence.entries()) {
    const next = sentence[index + 1]?.text ?? '';
    if (isAdverb(text)) continue;
    if (!PREAMBLE.has(text) || (NEEDS_ADDRESSEE.has(text) && !ADDRESSEES.has(next) && !isEnabling(sentence, index))) return index;
  }
  return 0;
}

/** `seamlessly`: says how, not what. */
export function isAdverb(word: string): boolean {
  return word.length > 4 && word.endsWith('ly') && verbOf(word) === undefined;
}

/** Words that open advice on when and how to call the tool. */
const ADVISING = phrases(`
  when, whenever, if, before, after, do, don't, never, always, see, avoid, must, please, requires, required, prerequisite, prerequisites, because, tip`);
/** Those that do only before one of the others here, or as the heading of a paragraph. */
const HEADINGS = phrases(`
  returns, return, args, arguments, parameters, params, example, examples, output, input, inputs, usage, notes, note, important, prerequisites, use`);
const ADVISING_USE = phrases('when, if, only, whenever, after, before, cases');
const PUFFERY = phrases(`
  powerful, seamless, seamlessly, effortless, effortlessly, friendly, awesome, amazing, revolutionary, fun, delightful, magical, supercharge, ultimate`);

/** Whether a sentence tells when and how to call the tool, or what it answers, and not what it does. */
export function isAside(sentence: readonly Word[]): boolean {
  const first = sentence[0]?.text ?? '';
  if (ADVISING.has(first)) return true;
  if (first !== 'only' && !HEADINGS.has(first)) return false;
  const [, second = '', third = '', fourth = ''] = sentence.slice(0, 4).map(({ text }) => text);
  if (HEADINGS.has(first) && second === ':') return true;
  if (first === 'only') return ADVISING_USE.has(second) || second === 'omit' || second === 'use' || second === 'call';
  return first === 'use' && (ADVISING_USE.has(second) || (second === 'this' && (ADVISING_USE.has(third) || ADVISING_USE.has(fourth))));
}

/** Whether a sentence praises the tool: `This powerful tool seamlessly …`. */
export function isPraise(sentence: readonly Word[]): boolean {
  return verbOf(sentence[0]?.text ?? '') === undefined && sentence.some(({ text }) => PUFFERY.has(text));
}

const SUBORDINATING = phrases(
  'which, that, when, if, before, after, so, because, but, while, whether, unless, not, without, instead, than, since, as, where, who, whose, except, rather, never',
);

/** Whether from this word on a sentence no longer says what is done, or denies it. */
export function isSubordinating(word: string): boolean {
  return SUBORDINATING.has(word);
}

const JOINTS: ReadonlySet<string> = new Set([
  'and',
  'or',
  ',',
  '/',
  '&',
  '(',
  'then',
  'also',
  'optionally',
  'permanently',
  'y',
  'e',
  'et',
  'und',
  'и',
  'o',
  'ou',
  'oder',
]);

/** Whether a word joins two verbs or two objects. */
export function isJoint(word: string | undefined): boolean {
  return word !== undefined && JOINTS.has(word);
}
