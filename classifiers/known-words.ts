import { ROLES } from './sentence-words.ts';
import { NOUN_FORMS } from './translations.ts';
import { COMPOUNDS, FORMS, type Inflection, type Verb } from './vocabulary.ts';

/** What the vocabulary says of one lower-case word or mark. */
export interface KnownWord {
  readonly text: string;
  /** The verb that it is a form of. */
  readonly verb: Verb | undefined;
  readonly inflection: Inflection | undefined;
  /** Bits of `ROLE`. */
  readonly roles: number;
  /** Whether some word before it makes one verb with it: `log in`. */
  readonly endsCompound: boolean;
}

const SECOND_WORDS: ReadonlySet<string> = new Set([...COMPOUNDS.keys()].map((pair) => pair.split(' ')[1] ?? ''));

/** Any word, of the vocabulary or not. */
export function wordKnownAs(text: string): KnownWord {
  const form = FORMS.get(text);
  return {
    text,
    verb: form?.verb,
    inflection: form?.inflection,
    roles: ROLES.get(text) ?? 0,
    endsCompound: SECOND_WORDS.has(text),
  };
}

/** Each word of the vocabulary at the slot of its hash, or at the next one that is free. */
const words: (KnownWord | undefined)[] = new Array<KnownWord | undefined>(1 << 14).fill(undefined);
/** The hash of the word at each slot, 0 where there is none: nearly every other word stops here. */
const hashes = new Int32Array(words.length);
const LAST_SLOT = words.length - 1;

const LETTERS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /\w/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/** The code in lower case of a letter, a digit or `_` of ASCII; 0 of any other character. */
export function letterOf(code: number): number {
  return code < 128 ? (LETTERS[code] as number) : 0;
}

/** The hash of a word with one more letter, as {@link letterOf} gives it; of no letters it is 0. */
export function hashWith(hash: number, letter: number): number {
  return (Math.imul(hash, 31) + letter) | 0;
}

/**
 * The word of the vocabulary that stands in a text, in whichever case; found without making a string of it.
 *
 * @param hash - Of its letters in order, by {@link hashWith}. A word with another character than those of {@link letterOf} is never found.
 */
export function knownWordIn(text: string, start: number, end: number, hash: number): KnownWord | undefined {
  for (let slot = slotOf(hash); hashes[slot] !== 0; slot = (slot + 1) & LAST_SLOT) {
    if (hashes[slot] !== hash) continue;
    const word = words[slot];
    if (word && isWrittenAt(word.text, text, start, end)) return word;
  }
  return undefined;
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 14)) & LAST_SLOT;
}

function isWrittenAt(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = start; at < end; at++) if (word.charCodeAt(at - start) !== LETTERS[text.charCodeAt(at)]) return false;
  return true;
}

for (const text of new Set([
  ...FORMS.keys(),
  ...ROLES.keys(),
  ...SECOND_WORDS,
  ...COMPOUNDS.values(),
  ...NOUN_FORMS.keys(),
  ...NOUN_FORMS.values(),
]))
  if (/^\w+$/.test(text)) addToTable(text);

function addToTable(text: string): void {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = hashWith(hash, letterOf(text.charCodeAt(at)));
  let slot = slotOf(hash);
  while (hashes[slot] !== 0) slot = (slot + 1) & LAST_SLOT;
  words[slot] = wordKnownAs(text);
  hashes[slot] = hash;
}
