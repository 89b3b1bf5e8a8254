import { type Concealment, concealmentIn } from './lexicon/concealment.ts';
import { Stem } from './lexicon/stems.ts';
import { plainText } from './plain-text.ts';
import { type Marks, type Scan, scan } from './stems.ts';
import { mayBeAdverse, maySilence } from './suspicion.ts';
import type { Text, TextRole } from './texts.ts';

type Writing = Omit<Text, 'place'>;

/** One text of a definition, ready for the techniques. Nothing of it is worked out before a technique asks for it: most texts are only looked at by one or two. */
export class Passage {
  /** As the server sent it. */
  readonly raw: string;
  readonly role: TextRole;
  /** Name of the nearest property it stands in. */
  readonly parameter: string;
  readonly isSwitch: boolean;
  /** Key of the definition that it stands below; empty for the server's own texts. */
  readonly section: string;
  readonly isAside: boolean;
  /** Kinds of words in it. */
  readonly stems: number;
  readonly #plain: string;
  readonly #read: Scan;
  #sentences: readonly Sentence[] | undefined;
  #isPlainlyPut: boolean | undefined;

  constructor(writing: Writing, read: Scan, plain: string, plainRead: Scan) {
    this.raw = writing.text;
    this.role = writing.role;
    this.parameter = writing.parameter;
    this.isSwitch = writing.isSwitch;
    this.section = writing.section;
    this.isAside = writing.isAside;
    this.stems = read.stems | plainRead.stems;
    this.#plain = plain;
    this.#read = plainRead;
  }

  /** Whether what its sentences are about may add up to something adverse. */
  get mayBeAdverse(): boolean {
    return mayBeAdverse(this.#read, this.isAside);
  }

  /** Whether every character of it is one that is shown as itself. */
  get isPlainlyPut(): boolean {
    this.#isPlainlyPut ??= !NOT_SHOWN.test(this.raw);
    return this.#isPlainlyPut;
  }

  get sentences(): readonly Sentence[] {
    this.#sentences ??= this.#split();
    return this.#sentences;
  }

  #split(): Sentence[] {
    let start = 0;
    return this.#read.sentences.map((marks) => {
      const sentence = new Sentence(this, this.#plain, start, marks);
      start = marks.end;
      return sentence;
    });
  }
}

/** Controls, characters without width or of private use, what turns the direction of writing, selectors, and the halves that spell such characters. */
const NOT_SHOWN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\udb40-\udbff\ue000-\uf8ff\ufeff\uffa0]|[\ufe00-\ufe0f]/;

/** One sentence of a passage. */
export class Sentence {
  readonly role: TextRole;
  readonly parameter: string;
  readonly isSwitch: boolean;
  readonly isAside: boolean;
  /** The opening sentence of a tool's description: what the tool is for, said of itself. */
  readonly opens: boolean;
  /** Kinds of words in it. */
  readonly stems: number;
  /** What its words are about. */
  readonly concepts: number;
  /** What it holds that some pattern cannot do without. */
  readonly cues: number;
  readonly #plain: string;
  readonly #start: number;
  readonly #end: number;
  #text: string | undefined;
  #concealment: Concealment | 'none' | undefined;

  constructor({ role, parameter, isSwitch, isAside }: Passage, plain: string, start: number, { end, kinds, concepts, cues }: Marks) {
    this.role = role;
    this.parameter = parameter;
    this.isSwitch = isSwitch;
    this.isAside = isAside;
    this.opens = role === 'description' && start === 0;
    this.stems = kinds;
    this.concepts = concepts;
    this.cues = cues;
    this.#plain = plain;
    this.#start = start;
    this.#end = end;
  }

  /** How it keeps something from the person, if it does. */
  get concealment(): Concealment | undefined {
    this.#concealment ??= maySilence(this.concepts) ? (concealmentIn(this.text) ?? 'none') : 'none';
    return this.#concealment === 'none' ? undefined : this.#concealment;
  }

  /** As a model reads it, in lower case on one line. */
  get text(): string {
    this.#text ??= oneLine(this.#plain.slice(this.#start, this.#end)).toLowerCase();
    return this.#text;
  }
}

/** @param read - The text as it stands, scanned; where something of it is not shown or only looks like a letter, it is read again as a model reads it. */
export function passageOf(writing: Writing, read: Scan = scan(writing.text)): Passage {
  const { text } = writing;
  const isPlain = (read.stems & Stem.control) === 0 && (text.includes(' ') || !IDENTIFIER.test(text));
  if (isPlain) return new Passage(writing, read, text, read);
  const plain = plainText(spelledOut(text));
  return new Passage(writing, read, plain, plain === text ? read : scan(plain));
}

/** An instruction may be written as one identifier. */
const IDENTIFIER = /^[\w.@:;-]+$/;

function spelledOut(text: string): string {
  return IDENTIFIER.test(text) ? text.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ') : text;
}

function oneLine(text: string): string {
  const line = text.trim();
  return DOUBLE_SPACE.test(line) ? line.replace(/\s+/g, ' ') : line;
}

const DOUBLE_SPACE = /\s\s|[^\S ]/;
