import { hashWith, type KnownWord, knownWordIn, letterOf, wordKnownAs } from './known-words.ts';
import { isUnspaced, unspacedWords } from './translations.ts';
import { COMPOUNDS } from './vocabulary.ts';

/** One word or one punctuation mark of a text, lower-case, with its place. */
export interface Word extends Omit<KnownWord, 'endsCompound'> {
  readonly start: number;
}

/** Chinese and Japanese marks, as the sentences here know them. */
const MARKS: ReadonlyMap<string, string> = new Map(
  [...'。.！!？?、,，,；;：:（(）)'].flatMap((mark, at, all) => (at % 2 ? [] : [[mark, all[at + 1] ?? '']])),
);
const ASCII_MARKS = new Set('.,;:!?()/&\n');
const ENDS: ReadonlySet<string> = new Set(['.', '!', '?', '\n']);
/** What each of the first 128 characters is: 1 part of a word, 2 a mark. Every character of every description is asked for. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /\w/.test(character) ? 1 : ASCII_MARKS.has(character) ? 2 : 0;
});
const FIRST_UNSPACED = 0x3040;

function isPartOfWord(code: number): boolean {
  if (code < 128) return KINDS[code] === 1;
  return (code >= 0xc0 && code <= 0x1fff) || (code >= FIRST_UNSPACED && code <= 0xd7ff);
}

/**
 * Words and punctuation of one sentence or line in order, two words that name one action as one; a full stop inside a word or a version ends none.
 *
 * @param words - The words are added to it.
 * @returns Where the next sentence begins.
 */
export function readSentence(text: string, from: number, words: Word[]): number {
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (isPartOfWord(code)) {
      at = readWord(text, at, words);
      continue;
    }
    const mark = code < 128 ? (KINDS[code] === 2 ? text.charAt(at) : undefined) : MARKS.get(text.charAt(at));
    if (mark !== undefined && ENDS.has(mark) && (mark !== '.' || at + 1 === text.length || isSpace(text.charCodeAt(at + 1)))) return at + 1;
    if (mark !== undefined) words.push(wordAt(at, MARK_WORDS.get(mark) ?? wordKnownAs(mark)));
    at++;
  }
  return text.length;
}

const MARK_WORDS: ReadonlyMap<string, KnownWord> = new Map([...ASCII_MARKS].map((mark) => [mark, wordKnownAs(mark)]));

function wordAt(start: number, { text, verb, inflection, roles }: KnownWord): Word {
  return { text, verb, inflection, roles, start };
}

/** Letters and digits, with `'s` or `.5` behind them. */
function readWord(text: string, start: number, words: Word[]): number {
  let hash = 0;
  let end = start;
  for (; end < text.length; end++) {
    const letter = letterOf(text.charCodeAt(end));
    if (letter === 0) break;
    hash = hashWith(hash, letter);
  }
  const plain = end;
  while (end < text.length && isPartOfWord(text.charCodeAt(end))) end++;
  end += tailLength(text, end);
  if (end > plain) addWritten(words, text.slice(start, end), start);
  else addWord(words, knownWordIn(text, start, end, hash) ?? unknownWord(text.slice(start, end).toLowerCase()), start);
  return end;
}

function unknownWord(text: string): KnownWord {
  return { text, verb: undefined, inflection: undefined, roles: 0, endsCompound: false };
}

function tailLength(text: string, end: number): number {
  if (end + 1 >= text.length) return 0;
  const code = text.charCodeAt(end);
  if (code !== FULL_STOP && code !== APOSTROPHE && code !== RIGHT_QUOTE) return 0;
  if (code === FULL_STOP && !isDigit(text.charCodeAt(end + 1))) return 0;
  TAIL.lastIndex = end;
  return TAIL.test(text) ? TAIL.lastIndex - end : 0;
}

const TAIL = /['’][A-Za-z]+|\.\d{1,4}/y;
const FULL_STOP = 46;
const APOSTROPHE = 39;
const RIGHT_QUOTE = 0x2019;

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000;
}

function addWritten(words: Word[], written: string, start: number): void {
  if (!isUnspaced(written)) addWord(words, wordKnownAs(withoutPossessive(written.toLowerCase())), start);
  else for (const { text, offset } of unspacedWords(written)) words.push(wordAt(start + offset, wordKnownAs(text)));
}

function addWord(words: Word[], word: KnownWord, start: number): void {
  const previous = word.endsCompound ? words[words.length - 1] : undefined;
  const joined = previous && COMPOUNDS.get(`${previous.text} ${word.text}`);
  if (previous && joined) words[words.length - 1] = wordAt(previous.start, wordKnownAs(joined));
  else words.push(wordAt(start, word));
}

/** The words of an identifier: `getHTTPResponse`, `kv_get`, `policies.update` and `D1 Query` all split where a reader would. */
export function identifierWords(identifier: string): string[] {
  const words: string[] = [];
  const length = Math.min(identifier.length, MAX_IDENTIFIER);
  let start = 0;
  let hash = 0;
  for (let at = 0; at < length; at++) {
    const code = identifier.charCodeAt(at);
    const inside = isPartOfWord(code) && code !== UNDERSCORE;
    if (!inside || (at > start && isCapital(code) && beginsHump(identifier, at))) {
      if (at > start) addPart(words, identifier, start, at, hash);
      start = inside ? at : at + 1;
      hash = 0;
    }
    if (inside) hash = hashWith(hash, letterOf(code));
  }
  if (length > start) addPart(words, identifier, start, length, hash);
  return words;
}

const UNDERSCORE = 95;

/** `getHTTP|Response`, `get|HTTP`, `D1|Query` */
function beginsHump(identifier: string, at: number): boolean {
  const before = identifier.charCodeAt(at - 1);
  if (isSmall(before) || isDigit(before)) return true;
  return isCapital(before) && at + 1 < identifier.length && isSmall(identifier.charCodeAt(at + 1));
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isSmall(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function addPart(words: string[], identifier: string, start: number, end: number, hash: number): void {
  const known = knownWordIn(identifier, start, end, hash);
  const joined = known?.endsCompound ? COMPOUNDS.get(`${words[words.length - 1]} ${known.text}`) : undefined;
  if (joined) words[words.length - 1] = joined;
  else if (known) words.push(known.text);
  else addUnknownPart(words, identifier.slice(start, end).toLowerCase());
}

function addUnknownPart(words: string[], part: string): void {
  if (!isUnspaced(part)) words.push(part);
  else for (const { text } of unspacedWords(part)) words.push(text);
}

/** No tool is named in more. */
const MAX_IDENTIFIER = 512;

function withoutPossessive(word: string): string {
  if (word.length <= 2 || !word.endsWith('s')) return word;
  const mark = word.charAt(word.length - 2);
  return mark === "'" || mark === '’' ? word.slice(0, -2) : word;
}
