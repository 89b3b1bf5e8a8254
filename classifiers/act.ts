import { phrases } from './phrases.ts';
import { ASSOCIATIONS, CONTAINERS, CREDENTIALS } from './things.ts';
import type { Sense, Verb } from './vocabulary.ts';

/** One thing a tool is said to do: a verb, what it is done to, and where that stands. */
export interface Act {
  readonly verb: string;
  readonly sense: Sense;
  /** Says little alone. */
  readonly vague: boolean;
  /** What the thing is taken from or out of, in singular; empty where the text does not say. */
  readonly source: string;
  /** What the thing is put to, in singular; empty where the text does not say. */
  readonly target: string;
  /** What it is done to, in singular, the head of each noun phrase last: `[["virtual", "key"], ["limit"]]`. */
  readonly objects: readonly (readonly string[])[];
  /** `lead` opens the description, `further` is joined to it or stands in a later sentence, `choice` is a value of an action parameter. */
  readonly from: 'name' | 'lead' | 'further' | 'choice';
  readonly at: string;
  readonly excerpt: string;
  /** Log-odds that the tool does this. */
  readonly strength: number;
}

const READING: ReadonlySet<Sense> = new Set(['read', 'inspect', 'preview', 'generate', 'download']);

/** Whether an act of this sense leaves everything as it was. */
export function isReading({ sense }: Pick<Verb, 'sense'>): boolean {
  return READING.has(sense);
}

/** The nouns an act is done to: the last word of each of its objects. */
export function headsOf({ objects }: Act): string[] {
  return objects.map((words) => words.at(-1) ?? '').filter((head) => head !== '');
}

/** Whether one of the objects is one of these things, written as its last words: `key`, `rate limit`. */
export function isDoneTo(act: Act, things: ReadonlySet<string>): boolean {
  return act.objects.some((words) => things.has(words.at(-1) ?? '') || things.has(words.slice(-2).join(' ')));
}

const MAKING: ReadonlySet<string> = phrases('create, generate, add, mint, issue, make, register, produce');

/** Whether the act makes a new key, token or other credential. */
export function mintsKey(act: Act): boolean {
  return MAKING.has(act.verb) && isDoneTo(act, CREDENTIALS);
}

/** Whether a removal only ends an association: a label comes off, an issue leaves its project. */
export function isTakingOff(act: Act): boolean {
  return isDoneTo(act, ASSOCIATIONS) || CONTAINERS.has(act.source);
}
