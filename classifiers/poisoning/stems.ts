import {
  BRAILLE_BLANK,
  classOf,
  DIGIT,
  endsAt,
  isAssignment,
  isLetterOfOtherScript,
  isLower,
  isSpelledLetter,
  LOWER,
  markOf,
  OTHER,
  QUIET,
  UPPER,
} from './characters.ts';
import { Concept, ENGLISH_CONCEPTS, THINGS } from './lexicon/concepts.ts';
import { OTHER_CONCEPTS } from './lexicon/concepts-in-other-languages.ts';
import { CUES, Cue } from './lexicon/cues.ts';
import { STEMS, Stem } from './lexicon/stems.ts';
import { mixed, SEED, SHORT_STEM, STEM_LETTERS, starred, WORD_LETTERS, WordTable } from './word-table.ts';

const WORDS = new WordTable(STEMS, CUES, [...ENGLISH_CONCEPTS, ...OTHER_CONCEPTS.map(stemmed)]);

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
/** Longest row of digits that is a number. */
const MAX_DIGITS = 6;

/** Longest stretch that is read as one sentence; rules look for things that belong together, so none is longer. */
const MAX_SENTENCE = 600;

/** What is known of a sentence before it is read. */
export interface Marks {
  /** Where it ends, and the next begins. */
  readonly end: number;
  /** Kinds of words in it. */
  readonly kinds: number;
  /** What its words are about. */
  readonly concepts: number;
  /** What it holds that some pattern cannot do without. */
  readonly cues: number;
}

/** A text read once: the kinds of words in all of it, and what each of its sentences holds. */
export interface Scan {
  readonly stems: number;
  readonly sentences: readonly Marks[];
}

/** Reads a text in one pass. Characters that are no words but matter to a technique count as kinds too. */
export function scan(text: string): Scan {
  return new Reading(text).whole();
}

/** Hashes of the word that is read, by how many of its letters they take in; words follow one another, so one list serves all. */
const PREFIXES = new Int32Array(WORD_LETTERS + 1).fill(SEED);

/** One pass over a text. */
class Reading {
  readonly #text: string;
  /** Most texts are one sentence: a list of one is made for it, rather than one that grows. */
  #sentences: Marks[] | undefined;
  #stems = 0;
  /** Kinds and concepts of the sentence so far, and where it begins. */
  #bits = 0;
  #about = 0;
  #cued = 0;
  #start = 0;
  /** White space in a row. */
  #blanks = 0;
  /** Words in a row of one letter, and of digits only. */
  #single = 0;
  #numerals = 0;
  /** The character before, where words are written without spaces. */
  #pair = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Scan {
    const text = this.#text;
    let index = 0;
    while (index < text.length) {
      const code = text.charCodeAt(index);
      const kind = classOf(code);
      if (kind === LOWER || kind === UPPER || kind === DIGIT || isSpelledLetter(code)) index = this.#word(index);
      else {
        if (code > 0xbf && isLetterOfOtherScript(code)) this.#character(code);
        else this.#mark(code, kind, index);
        index++;
      }
    }
    if (this.#start < text.length) this.#endSentence(text.length);
    return { stems: this.#stems, sentences: this.#sentences ?? [] };
  }

  /** Reads letters and digits in a row, in which an upper case letter after a lower case one begins another word. @returns where they end. */
  #word(from: number): number {
    const text = this.#text;
    let letters = 0;
    let hash = SEED;
    let run = 0;
    let digits = 0;
    let before = OTHER;
    let index = from;
    // Most words are lower case from end to end.
    for (; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code < 97 || code > 122) break;
      if (letters < WORD_LETTERS) {
        hash = mixed(hash, code);
        PREFIXES[letters + 1] = hash;
      }
      letters++;
    }
    if (letters > 0) {
      run = letters;
      before = LOWER;
    }
    for (; index < text.length; index++) {
      let code = text.charCodeAt(index);
      const kind = classOf(code);
      if (kind === LOWER) digits = 0;
      else if (kind === UPPER) {
        digits = 0;
        if (before === LOWER) {
          this.#about |= this.#lookUp(letters, text.charCodeAt(index - 1)) & ~THINGS;
          letters = 0;
          hash = SEED;
        }
        code += 32;
      } else if (kind === DIGIT) {
        this.#cued |= Cue.digit;
        if (++digits > MAX_DIGITS) this.#bits |= Stem.encoded;
      } else if (isSpelledLetter(code)) {
        this.#bits |= Stem.foreign | Stem.control;
        digits = 0;
        run--;
      } else break;
      run++;
      before = kind;
      if (letters < WORD_LETTERS) {
        hash = mixed(hash, code);
        PREFIXES[letters + 1] = hash;
      }
      letters++;
    }
    if (run > MAX_WORD) this.#bits |= Stem.encoded;
    this.#blanks = 0;
    this.#endWord(index, letters, run, digits);
    return index;
  }

  #endWord(end: number, letters: number, run: number, digits: number): void {
    const text = this.#text;
    const about = this.#lookUp(letters, text.charCodeAt(end - 1));
    this.#about |= (about & THINGS) === 0 || end === text.length || !isNamed(text, end - letters, end) ? about : about & ~THINGS;
    if (end === text.length) return;
    this.#single = run === 1 ? this.#single + 1 : run < 4 ? this.#single : 0;
    this.#numerals = digits === run && run < 4 ? this.#numerals + 1 : 0;
    if (this.#single > SPELT || this.#numerals > SPELT) this.#bits |= Stem.encoded;
  }

  /** Takes in the kinds of the word last read. @returns its concepts: as it stands, without the ending of a plural, and by its stems. */
  #lookUp(letters: number, last: number): number {
    const stem = PREFIXES[letters < STEM_LETTERS ? letters : STEM_LETTERS] ?? 0;
    const slot = WORDS.slotOf(stem);
    this.#bits |= WORDS.kindsAt(slot);
    this.#cued |= WORDS.cuesAt(slot);
    let about =
      letters <= STEM_LETTERS ? WORDS.conceptsAt(slot) : conceptsOf(PREFIXES[letters < WORD_LETTERS ? letters : WORD_LETTERS] ?? 0);
    if (last === 115 && letters > 3 && letters <= WORD_LETTERS) about |= conceptsOf(PREFIXES[letters - 1] ?? 0);
    if (letters >= SHORT_STEM) about |= conceptsOf(starred(PREFIXES[SHORT_STEM] ?? 0));
    if (letters > STEM_LETTERS) about |= conceptsOf(starred(stem));
    return about;
  }

  /** A character of a script without spaces: with the one before it, it may be a word. */
  #character(code: number): void {
    this.#bits |= Stem.foreign | Stem.control;
    if (this.#pair !== 0) this.#about |= conceptsOf(mixed(mixed(SEED, this.#pair), code));
    this.#pair = code;
  }

  /** What stands between words. */
  #mark(code: number, kind: number, index: number): void {
    const text = this.#text;
    this.#pair = 0;
    if (code === 32) this.#blanks++;
    else {
      this.#blanks = code === 10 || code === 9 || code === BRAILLE_BLANK ? this.#blanks + 1 : 0;
      if (code === 44 || code === 45) this.#cued |= Cue.comma;
      if (kind !== QUIET) {
        if (code === 58 || code === 93 || code === 0x2013 || code === 0x2014) this.#cued |= Cue.colon;
        this.#bits |= markOf(code, text, index);
        if (isAssignment(code, text, index)) this.#about |= Concept.carry;
      }
    }
    if (this.#blanks > FAR) this.#bits |= Stem.form;
    if (index - this.#start >= MAX_SENTENCE || (kind !== QUIET && endsAt(code, text, index))) this.#endSentence(index + 1);
  }

  #endSentence(end: number): void {
    const marks = { end, kinds: this.#bits, concepts: this.#about, cues: this.#cued };
    if (this.#sentences) this.#sentences.push(marks);
    else this.#sentences = [marks];
    this.#stems |= this.#bits;
    this.#bits = 0;
    this.#about = 0;
    this.#cued = 0;
    this.#start = end;
  }
}

/** A part of an identifier, or a word in quotation marks, names a thing and says nothing of it. */
function isNamed(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if ((before === 95 || after === 95) && isLower(text.charCodeAt(start))) return true;
  return before === after && (before === 96 || before === 34);
}

function conceptsOf(hash: number): number {
  return WORDS.conceptsAt(WORDS.slotOf(hash));
}

/** What a technique needs: any of these, each with all of its kinds. */
export type Needs = readonly number[];

export function meets(bits: number, needs: Needs): boolean {
  for (const need of needs) if ((bits & need) === need) return true;
  return false;
}
