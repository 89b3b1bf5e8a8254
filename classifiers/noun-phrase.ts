import { phrases } from './phrases.ts';
import { isJoint } from './sentence.ts';
import { singular, type Word } from './words.ts';

const MAX_REACH = 30;
const ENDS: ReadonlySet<string> = new Set(
  `with using by from in into on for to via at as that which when if through within under inside between against without before after based
  over across during until per while where whose including like such whether so now previously already currently recently immediately permanently
  de del da dans vom von der в из для на с em
  を に から ( : ; .`.split(/\s+/),
);
const UNSPOKEN = phrases(
  'el, la, los, las, un, una, uno, le, les, des, une, il, lo, gli, uma, um, os, ein, eine, einen, den, die, das, a, an, the, one, or, more, all, any, some, new, existing, specific, given, single, multiple, your, this, these, its, their, current, specified, certain, every, each, another, you',
);

/** What a verb is done to: the noun phrases that follow it, in singular, without articles. */
export function objectsAfter(sentence: readonly Word[], from: number): string[][] {
  const objects: string[][] = [];
  let words: string[] = [];
  for (let at = from; at < Math.min(sentence.length, from + MAX_REACH); at++) {
    const text = sentence[at]?.text ?? '';
    if (ENDS.has(text)) break;
    if (isJoint(text) || text === 'of') words = [];
    else if (!UNSPOKEN.has(text) && words.push(singular(text)) === 1) objects.push(words);
  }
  return objects;
}

/** What a verb at the end of its sentence is done to: the words before it. */
export function objectsBefore(sentence: readonly Word[], verbAt: number): string[][] {
  const words = sentence.slice(Math.max(0, verbAt - MAX_BEFORE), verbAt).filter(({ text }) => !UNSPOKEN.has(text) && !ENDS.has(text));
  return words.length > 0 ? [words.map(({ text }) => singular(text))] : [];
}

const MAX_BEFORE = 6;
const FROM: ReadonlySet<string> = new Set(['from']);
const TO: ReadonlySet<string> = new Set(['to', 'into', 'onto']);

/** What the thing is taken from or put to: `issue` in `Removes a label from an issue`; empty where nothing is. */
export function placeAfter(sentence: readonly Word[], verbAt: number, preposition: 'from' | 'to'): string {
  const meant = preposition === 'from' ? FROM : TO;
  for (let at = verbAt; at < Math.min(sentence.length, verbAt + MAX_REACH); at++) {
    if (meant.has(sentence[at]?.text ?? '')) return objectsAfter(sentence, at + 1)[0]?.at(-1) ?? '';
  }
  return '';
}
