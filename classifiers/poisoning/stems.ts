import { Concept, ENGLISH_CONCEPTS, THINGS } from './lexicon/concepts.ts';
import { OTHER_CONCEPTS } from './lexicon/concepts-in-other-languages.ts';
import { STEMS, Stem } from './lexicon/stems.ts';
import { mixed, SEED, SHORT_STEM, STEM_LETTERS, WORD_LETTERS, WordTable } from './word-table.ts';

const KINDS = new WordTable(STEMS, STEM_LETTERS);
const CONCEPTS = new WordTable([...ENGLISH_CONCEPTS, ...OTHER_CONCEPTS.map(stemmed)], WORD_LETTERS);

/** Most languages have more endings than can be listed. */
function stemmed([bits, words]: readonly [bits: number, words: string]): [number, string] {
  return [bits, words.replace(/(?<=[\p{L}\p{M}]{8,40})(?![\p{L}\p{M}*])/gu, '**')];
}

/** Longest run of letters and digits that is a word. */
const MAX_WORD = 23;
/** White space that may push text out of sight. */
const FAR = 24;
/** Single letters, or small numbers, in a row that may be a word spelt out. */
const SPELT = 9;

/** Longest stretch that is read as one sentence; rules look for things that belong together, so none is longer. */
const MAX_SENTENCE = 600;

/** A text read once: the kinds of words in all of it and in each of its sentences. */
export interface Scan {
  readonly stems: number;
  /** Where each sentence ends, and the next begins. */
  readonly ends: readonly number[];
  /** Kinds of words by sentence. */
  readonly kinds: readonly number[];
  /** Concepts by sentence. */
  readonly concepts: readonly number[];
}

/** Reads a text in one pass. Characters that are no words but matter to a technique count as kinds too. */
export function scan(text: string): Scan {
  const ends: number[] = [];
  const kinds: number[] = [];
  const concepts: number[] = [];
  let stems = 0;
  let bits = 0;
  let about = 0;
  let start = 0;
  let hash = SEED;
  let short = 0;
  let whole = SEED;
  let before = SEED;
  let letters = 0;
  let run = 0;
  let digits = 0;
  let blanks = 0;
  let single = 0;
  let numerals = 0;
  let pair = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // Most characters of most texts
    if (isLower(code)) {
      if (letters < WORD_LETTERS) {
        before = whole;
        whole = mixed(whole, code);
        if (letters < STEM_LETTERS) hash = whole;
      }
      if (++letters === SHORT_STEM) short = hash;
      digits = 0;
      if (++run > MAX_WORD) bits |= Stem.encoded;
      blanks = 0;
      continue;
    }
    const isUpper = code >= 65 && code <= 90;
    const isDigit = code >= 48 && code <= 57;
    const isAscii = isUpper || isDigit;
    const isForeign = code > 0xbf && isLetterOfOtherScript(code);
    if (isForeign) bits |= Stem.foreign | Stem.control;
    if (isAscii || (isForeign && !isWrittenWithoutSpaces(code))) {
      if (isUpper && letters > 0 && isLower(text.charCodeAt(index - 1))) {
        bits |= KINDS.kindsOf(hash);
        about |= conceptsOf(whole, before, hash, short, letters, text.charCodeAt(index - 1)) & ~THINGS;
        hash = SEED;
        whole = SEED;
        letters = 0;
      }
      const letter = isUpper ? code + 32 : code;
      if (letters < WORD_LETTERS) {
        before = whole;
        whole = mixed(whole, letter);
        if (letters < STEM_LETTERS) hash = whole;
      }
      if (++letters === SHORT_STEM) short = hash;
      digits = isDigit ? digits + 1 : 0;
      if (isAscii && (++run > MAX_WORD || digits > 6)) bits |= Stem.encoded;
      blanks = 0;
      continue;
    }
    if (letters > 0) {
      bits |= KINDS.kindsOf(hash);
      const speaksOf = conceptsOf(whole, before, hash, short, letters, text.charCodeAt(index - 1));
      about |= (speaksOf & THINGS) === 0 || !isNamed(text, index - letters, index) ? speaksOf : speaksOf & ~THINGS;
      single = run === 1 ? single + 1 : run < 4 ? single : 0;
      numerals = digits === run && run < 4 ? numerals + 1 : 0;
      if (single > SPELT || numerals > SPELT) bits |= Stem.encoded;
      hash = SEED;
      whole = SEED;
      letters = 0;
      digits = 0;
    }
    run = 0;
    if (isForeign) {
      if (pair !== 0) about |= CONCEPTS.kindsOf(mixed(mixed(SEED, pair), code));
      pair = code;
      continue;
    }
    pair = 0;
    blanks = code === 32 || code === 10 || code === 9 || code === BRAILLE_BLANK ? blanks + 1 : 0;
    if (code !== 32) {
      bits |= markOf(code, text, index);
      if (isAssignment(code, text, index)) about |= Concept.carry;
    }
    if (blanks > FAR) bits |= Stem.form;
    if (index - start >= MAX_SENTENCE || endsAt(code, text, index)) {
      ends.push(index + 1);
      kinds.push(bits);
      concepts.push(about);
      stems |= bits;
      bits = 0;
      about = 0;
      start = index + 1;
    }
  }
  if (letters > 0) {
    bits |= KINDS.kindsOf(hash);
    about |= conceptsOf(whole, before, hash, short, letters, text.charCodeAt(text.length - 1));
  }
  if (start < text.length) {
    ends.push(text.length);
    kinds.push(bits);
    concepts.push(about);
  }
  return { stems: stems | bits, ends, kinds, concepts };
}

/** A part of an identifier, or a word in quotation marks, names a thing and says nothing of it. */
function isNamed(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if ((before === 95 || after === 95) && isLower(text.charCodeAt(start))) return true;
  return before === after && (before === 96 || before === 34);
}

/** `=` between blanks, `:=`, an arrow. */
function isAssignment(code: number, text: string, index: number): boolean {
  if (code === 0x2192) return true;
  if (code !== 61 || text.charCodeAt(index + 1) !== 32) return false;
  const before = text.charCodeAt(index - 1);
  return before === 32 || before === 58;
}

/** Of a word as it stands, without the ending of a plural, and by its stems. */
function conceptsOf(word: number, before: number, stem: number, short: number, letters: number, last: number): number {
  let about = CONCEPTS.kindsOf(word);
  if (last === 115 && letters > 3 && letters <= WORD_LETTERS) about |= CONCEPTS.kindsOf(before);
  if (letters >= SHORT_STEM) about |= CONCEPTS.kindsOfStem(short);
  if (letters > STEM_LETTERS) about |= CONCEPTS.kindsOfStem(stem);
  return about;
}

/** A blank that is a character of its own. */
const BRAILLE_BLANK = 0x2800;

/** Chinese, Japanese, Korean: two characters in a row stand for a word. */
function isWrittenWithoutSpaces(code: number): boolean {
  return code >= 0x3040 && code < 0xd7b0;
}

/** At the end of a line, and at a full stop only before white space: `~/.ssh` goes on. */
function endsAt(code: number, text: string, index: number): boolean {
  if (code === 32) return false;
  if (code === 10 || code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 0x964 || code === 0x61f) return true;
  if (code !== 46 && code !== 33 && code !== 63) return false;
  // Not after `e.g.`
  if (text.charCodeAt(index - 2) === 46) return false;
  const next = text.charCodeAt(index + 1);
  const isQuote = next === 34 || next === 39 || next === 41 || next === 93;
  const after = isQuote ? text.charCodeAt(index + 2) : next;
  return Number.isNaN(after) || after === 32 || after === 10 || after === 9 || after === 13;
}

/** Not the dashes, arrows, quotes and emoji that English texts hold. */
function isLetterOfOtherScript(code: number): boolean {
  return (
    code !== 0xd7 &&
    code !== 0x60c &&
    code !== 0x61b &&
    code !== 0x61f &&
    code !== 0x964 &&
    (code < 0x2000 || (code >= 0x2c00 && code < 0x3000) || (code > 0x3002 && code < 0xd800) || (code >= 0xf900 && code < 0xfe00))
  );
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** Dashes, arrows and signs that stand for nothing else. */
const PUNCTUATION: ReadonlySet<number> = new Set([...'–—…•·→←↔⇒×≤≥≈≠°€£§✓✔✅❌⚠★'].map((sign) => sign.charCodeAt(0)));

const SCHEMES = /(?:javascript|vbscript|data)\s?$/i;

function markOf(code: number, text: string, index: number): number {
  switch (code) {
    case 58: // :
      if (text.charCodeAt(index + 1) === 47) return Stem.address;
      return SCHEMES.test(text.slice(Math.max(0, index - 10), index)) ? Stem.form : 0;
    case 64: // @
      return Stem.address;
    case 96: // `
      return Stem.quoted;
    case 60: // <
      return Stem.form | Stem.voice;
    case 33: // ![
      return text.charCodeAt(index + 1) === 91 ? Stem.form : 0;
    case 93: // ](
      return text.charCodeAt(index + 1) === 40 ? Stem.form : 0;
    case 37: // %41
      return isHex(text.charCodeAt(index + 1)) && isHex(text.charCodeAt(index + 2)) ? Stem.encoded : 0;
    case 92: // \u0041, \x41
      return text[index + 1] === 'u' || text[index + 1] === 'x' ? Stem.encoded : 0;
    case 38: // &#
      return text.charCodeAt(index + 1) === 35 ? Stem.encoded : 0;
    case 95: // _
      return Stem.identifier;
    default:
      if (code > 126) return PUNCTUATION.has(code) ? 0 : Stem.control;
      return code < 32 && code !== 10 && code !== 9 ? Stem.control : 0;
  }
}

/** What a technique needs: any of these, each with all of its kinds. */
export type Needs = readonly number[];

export function meets(bits: number, needs: Needs): boolean {
  for (const need of needs) if ((bits & need) === need) return true;
  return false;
}
