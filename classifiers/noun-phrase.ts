import { ROLE } from './sentence-words.ts';
import { singular } from './singular.ts';
import type { Word } from './words.ts';

const MAX_REACH = 30;

/** What a verb is done to: the noun phrases that follow it, in singular, without articles. */
export function objectsAfter(sentence: readonly Word[], from: number): string[][] {
  const objects: string[][] = [];
  let words: string[] = [];
  const end = Math.min(sentence.length, from + MAX_REACH);
  for (let at = from; at < end; at++) {
    const { text, roles } = sentence[at] as Word;
    if ((roles & ROLE.endsPhrase) !== 0) break;
    if ((roles & ROLE.joint) !== 0 || text === 'of') words = [];
    else if ((roles & ROLE.unspoken) === 0 && words.push(singular(text)) === 1) objects.push(words);
  }
  return objects;
}

/** What a verb at the end of its sentence is done to: the words before it. */
export function objectsBefore(sentence: readonly Word[], verbAt: number): string[][] {
  const words = sentence.slice(Math.max(0, verbAt - MAX_BEFORE), verbAt).filter(({ roles }) => (roles & OUTSIDE) === 0);
  return words.length > 0 ? [words.map(({ text }) => singular(text))] : [];
}

const OUTSIDE = ROLE.unspoken | ROLE.endsPhrase;
const MAX_BEFORE = 6;

/** What the thing is taken from or put to: `issue` in `Removes a label from an issue`; empty where nothing is. */
export function placeAfter(sentence: readonly Word[], verbAt: number, preposition: 'from' | 'to'): string {
  const role = preposition === 'from' ? ROLE.from : ROLE.to;
  const end = Math.min(sentence.length, verbAt + MAX_REACH);
  for (let at = verbAt; at < end; at++) {
    if (((sentence[at] as Word).roles & role) !== 0) return objectsAfter(sentence, at + 1)[0]?.at(-1) ?? '';
  }
  return '';
}
