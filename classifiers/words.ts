import { isUnspaced, NOUN_FORMS, unspacedWords } from './translations.ts';
import { COMPOUNDS } from './vocabulary.ts';

/** One word or one punctuation mark of a text, lower-case, with its place. */
export interface Word {
  readonly text: string;
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
      const end = endOfWord(text, at);
      addWord(words, text.slice(at, end), at);
      at = end;
      continue;
    }
    const mark = code < 128 ? (KINDS[code] === 2 ? text.charAt(at) : undefined) : MARKS.get(text.charAt(at));
    if (mark !== undefined && ENDS.has(mark) && (mark !== '.' || isSpace(text.charCodeAt(at + 1)))) return at + 1;
    if (mark !== undefined) words.push({ text: mark, start: at });
    at++;
  }
  return text.length;
}

/** Letters and digits, with `'s` or `.5` behind them. */
function endOfWord(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && isPartOfWord(text.charCodeAt(end))) end++;
  const next = text.charAt(end);
  if (next !== "'" && next !== '’' && next !== '.') return end;
  TAIL.lastIndex = end;
  return TAIL.test(text) ? TAIL.lastIndex : end;
}

const TAIL = /['’][A-Za-z]+|\.\d{1,4}/y;

function isSpace(code: number): boolean {
  return Number.isNaN(code) || code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000;
}

function addWord(words: Word[], written: string, start: number): void {
  if (!ASCII.test(written) && isUnspaced(written)) {
    for (const { text, offset } of unspacedWords(written)) words.push({ text, start: start + offset });
    return;
  }
  const lower = written.toLowerCase();
  const word = lower.length > 2 && lower.endsWith('s') ? withoutPossessive(lower) : lower;
  const previous = words.at(-1);
  const joined = previous && joinedVerb(previous.text, word);
  if (previous && joined) words[words.length - 1] = { text: joined, start: previous.start };
  else words.push({ text: word, start });
}

/** The words of an identifier: `getHTTPResponse`, `kv_get`, `policies.update` and `D1 Query` all split where a reader would. */
export function identifierWords(identifier: string): string[] {
  if (ONE_WORD.test(identifier)) return [identifier];
  const words: string[] = [];
  const length = Math.min(identifier.length, MAX_IDENTIFIER);
  let start = 0;
  for (let at = 0; at <= length; at++) {
    const inside = at < length && isPartOfIdentifier(identifier.charCodeAt(at));
    if (inside && !(at > start && beginsHump(identifier, at))) continue;
    if (at > start) addPart(words, identifier.slice(start, at).toLowerCase());
    start = inside ? at : at + 1;
  }
  return words;
}

function isPartOfIdentifier(code: number): boolean {
  return isPartOfWord(code) && code !== UNDERSCORE;
}

const UNDERSCORE = 95;
const ASCII = /^\w+$/;

/** `getHTTP|Response`, `get|HTTP`, `D1|Query` */
function beginsHump(identifier: string, at: number): boolean {
  if (!isCapital(identifier.charCodeAt(at))) return false;
  const before = identifier.charCodeAt(at - 1);
  return isSmall(before) || isDigit(before) || (isCapital(before) && isSmall(identifier.charCodeAt(at + 1)));
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

function addPart(words: string[], part: string): void {
  if (!ASCII.test(part) && isUnspaced(part)) {
    for (const { text } of unspacedWords(part)) words.push(text);
    return;
  }
  const joined = words.length > 0 ? joinedVerb(words[words.length - 1] ?? '', part) : undefined;
  if (joined) words[words.length - 1] = joined;
  else words.push(part);
}

const SECOND_WORDS: ReadonlySet<string> = new Set([...COMPOUNDS.keys()].map((pair) => pair.split(' ')[1] ?? ''));

const LONGEST_SECOND = Math.max(...[...SECOND_WORDS].map(({ length }) => length));

function joinedVerb(first: string, second: string): string | undefined {
  return second.length <= LONGEST_SECOND && SECOND_WORDS.has(second) ? COMPOUNDS.get(`${first} ${second}`) : undefined;
}

/** `policies` → `policy`, `boxes` → `box`, `usuarios` → `user`: enough to look a noun up, not a dictionary. */
export function singular(word: string): string {
  return NOUN_FORMS.get(word) ?? singularEnglish(word);
}

function singularEnglish(word: string): string {
  if (!word.endsWith('s') || NO_PLURALS.has(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:x|sh|ch|ss)es$/.test(word)) return word.slice(0, -2);
  return !/(?:ss|us|is)$/.test(word) && word.length > 2 ? word.slice(0, -1) : word;
}

/** Names and short forms that end like plurals. */
const NO_PLURALS: ReadonlySet<string> = new Set(
  'kubernetes aws dns sms cors tls css ios https sns sqs ecs eks rds gcs gps vps postgres jenkins series lens canvas alias atlas gas news windows'.split(
    ' ',
  ),
);

/** Most parameter names: nothing to split. */
const ONE_WORD = /^[a-z0-9]{1,40}$/;

/** No tool is named in more. */
const MAX_IDENTIFIER = 512;

function withoutPossessive(word: string): string {
  const mark = word.charAt(word.length - 2);
  return mark === "'" || mark === '’' ? word.slice(0, -2) : word;
}
