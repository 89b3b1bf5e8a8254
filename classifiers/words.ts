import { COMPOUNDS } from './vocabulary.ts';

/** One word or one punctuation mark of a text, lower-case, with its place. */
export interface Word {
  readonly text: string;
  readonly start: number;
}

const WORD_OR_MARK = /[A-Za-z0-9_\u00c0-\u1fff\u3040-\ud7ff]+(?:['’][A-Za-z]+)?|[-.,;:!?()/&\n]/g;

/** Words and punctuation in order; two words that name one action become one. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD_OR_MARK)) {
    const word = withoutPossessive(match[0].toLowerCase());
    const previous = words.at(-1);
    const joined = previous && joinedVerb(previous.text, word);
    if (previous && joined) words[words.length - 1] = { text: joined, start: previous.start };
    else if (match[0] !== '-') words.push({ text: word, start: match.index });
  }
  return words;
}

/** The words of an identifier: `getHTTPResponse`, `kv_get`, `policies.update` and `D1 Query` all split where a reader would. */
export function identifierWords(identifier: string): string[] {
  if (ONE_WORD.test(identifier)) return [identifier];
  const spaced = identifier
    .slice(0, MAX_IDENTIFIER)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  const words: string[] = [];
  for (const part of spaced.toLowerCase().split(/[^a-z0-9\u00c0-\u1fff\u3040-\ud7ff]+/)) {
    if (part === '') continue;
    const joined = joinedVerb(words.at(-1) ?? '', part);
    if (joined) words[words.length - 1] = joined;
    else words.push(part);
  }
  return words;
}

const SECOND_WORDS: ReadonlySet<string> = new Set([...COMPOUNDS.keys()].map((pair) => pair.split(' ')[1] ?? ''));

function joinedVerb(first: string, second: string): string | undefined {
  return SECOND_WORDS.has(second) ? COMPOUNDS.get(`${first} ${second}`) : undefined;
}

/** `policies` → `policy`, `boxes` → `box`: enough to look a noun up, not a dictionary. */
export function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:x|sh|ch|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !/(?:ss|us|is)$/.test(word) && word.length > 2 ? word.slice(0, -1) : word;
}

/** Most parameter names: nothing to split. */
const ONE_WORD = /^[a-z0-9]{1,40}$/;

/** No tool is named in more. */
const MAX_IDENTIFIER = 512;

function withoutPossessive(word: string): string {
  return /['’]s$/.test(word) ? word.slice(0, -2) : word;
}
