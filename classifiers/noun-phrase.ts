import { phrases } from './phrases.ts';
import { isJoint } from './sentence.ts';
import { singular, type Word } from './words.ts';

const MAX_REACH = 30;
const ENDS: ReadonlySet<string> = new Set(
  `with using by from in into on for to via at as that which when if through within under inside between against without before after based so
  ( : ; .`.split(/\s+/),
);
const UNSPOKEN = phrases(
  'a, an, the, one, or, more, all, any, some, new, existing, specific, given, single, multiple, your, this, these, its, their, current, specified, certain, every, each, another, you',
);

/** What a verb is done to: the noun phrases that follow it, in singular, without articles. */
export function objectsAfter(sentence: readonly Word[], from: number): string[][] {
  const objects: string[][] = [[]];
  for (const { text } of sentence.slice(from, from + MAX_REACH)) {
    if (ENDS.has(text)) break;
    if (isJoint(text) || text === 'of') objects.push([]);
    else if (!UNSPOKEN.has(text)) objects.at(-1)?.push(singular(text));
  }
  return objects.filter((words) => words.length > 0);
}

/** What the thing is taken from or put to: `issue` in `Removes a label from an issue`; empty where nothing is. */
export function placeAfter(sentence: readonly Word[], verbAt: number, preposition: 'from' | 'to'): string {
  const rest = sentence.slice(verbAt, verbAt + MAX_REACH);
  const at = rest.findIndex(({ text }) => text === preposition);
  return at < 0 ? '' : (objectsAfter(rest, at + 1)[0]?.at(-1) ?? '');
}
