import { phrases } from './phrases.ts';
import type { Word } from './words.ts';

const ENDS: ReadonlySet<string> = new Set(['.', '!', '?', '\n']);

/** Sentences and lines of a text; a full stop inside a word or a version ends none. */
export function sentencesOf(words: readonly Word[], text: string): (readonly Word[])[] {
  const sentences: (readonly Word[])[] = [];
  let from = 0;
  for (const [index, word] of words.entries()) {
    const ends = ENDS.has(word.text) && (word.text !== '.' || /\s/.test(text[word.start + 1] ?? ' '));
    if (!ends) continue;
    if (index > from) sentences.push(words.slice(from, index));
    from = index + 1;
  }
  if (from < words.length) sentences.push(words.slice(from));
  return sentences;
}

/** What a sentence says before it says what is done: `Use this tool to …`, `Allows you to …`, `Permanently …`. */
const PREAMBLE: ReadonlySet<string> = new Set(
  `this the a an tool tools function endpoint method api mcp server command operation operations utility helper action skill use used uses using it to
  for that which can will is be are allows allow lets let helps help enables enable you your user users agent agents client llm please when want wants
  need needs permanently quickly safely securely directly simply just automatically optionally immediately asynchronously synchronously recursively
  programmatically efficiently explicitly manually easily only first also dangerous destructive warning important note deprecated admin beta write
  experimental by : & ( ) / , new purpose description summary one or more following select and primary main`.split(/\s+/),
);
/** Words that are preamble only before an addressee: `Enables you to`, but `Enables a rule`. */
const NEEDS_ADDRESSEE = phrases('enables, enable, allow, allows, write, select, use, uses, using');
const ADDRESSEES: ReadonlySet<string> = new Set(
  'you your the users user this it to agents when one and operation operations : )'.split(' '),
);

/** Where a sentence begins to say what is done. */
export function preambleLength(sentence: readonly Word[]): number {
  for (const [index, { text }] of sentence.entries()) {
    const next = sentence[index + 1]?.text ?? '';
    if (!PREAMBLE.has(text) || (NEEDS_ADDRESSEE.has(text) && !ADDRESSEES.has(next))) return index;
  }
  return 0;
}

const SUBORDINATING = phrases(
  'which, that, when, if, before, after, so, because, but, while, whether, unless, not, without, instead, than, since, as, where, who, whose, except, rather, never',
);

/** Whether from this word on a sentence no longer says what is done, or denies it. */
export function isSubordinating(word: string): boolean {
  return SUBORDINATING.has(word);
}

const JOINTS: ReadonlySet<string> = new Set(['and', 'or', ',', '/', '&', '(', 'then', 'also', 'optionally', 'permanently']);

/** Whether a word joins two verbs or two objects. */
export function isJoint(word: string | undefined): boolean {
  return word !== undefined && JOINTS.has(word);
}
