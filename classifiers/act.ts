import { Phrases, phrases } from './phrases.ts';
import { ASSOCIATIONS, CONTAINERS, CREDENTIALS, GRANTS, OWNED, STORAGE } from './things.ts';
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

const LONGEST_THING = 3;

/** Whether one of the objects is one of these things, written as its last words: `key`, `rate limit`. */
export function isDoneTo({ objects }: Pick<Act, 'objects'>, things: ReadonlySet<string>): boolean {
  const last = things instanceof Phrases ? things.lastWords : undefined;
  for (const words of objects) if ((last?.has(words[words.length - 1] ?? '') ?? true) && isOneOf(words, things)) return true;
  return false;
}

/** Built up from the last word. */
function isOneOf(words: readonly string[], things: ReadonlySet<string>): boolean {
  let phrase = '';
  for (let length = 1; length <= Math.min(words.length, LONGEST_THING); length++) {
    const word = words[words.length - length] ?? '';
    phrase = length === 1 ? word : `${word} ${phrase}`;
    if (things.has(phrase)) return true;
  }
  return false;
}

const MAKING: ReadonlySet<string> = phrases('create, generate, add, mint, issue, make, register, produce');

/** Whether the act makes a new key, token or other credential. */
export function mintsKey(act: Act): boolean {
  return MAKING.has(act.verb) && isDoneTo(act, CREDENTIALS);
}

/** Whether a removal only ends an association: a label comes off, an issue leaves its project. */
export function isTakingOff(act: Act): boolean {
  return isDoneTo(act, ASSOCIATIONS) || (CONTAINERS.has(act.source) && !isDoneTo(act, OWNED));
}

/** Whether what is done is done to what somebody may do: a permission, a membership, a share link. */
export function isGrant(act: Act): boolean {
  const first = act.objects[0] ?? [];
  return isOneOf(first, GRANTS) && !STORAGE.has(first.at(-2) ?? '');
}

/** Dropped, one of these is put somewhere. */
const PUT_DOWN: ReadonlySet<string> = phrases('pin, marker, item, shadow, anchor, bomb, waypoint, file');
/** Where a thing is dropped. */
const DROPPED_ON: ReadonlySet<string> = phrases(
  'element, another, target, page, zone, area, drop zone, canvas, folder, ground, location, position, editor, timeline',
);

/** Whether a thing is dropped somewhere: `Drop files onto an element`, `drag and drop`. */
export function isPutDown(act: Act): boolean {
  return (
    act.verb === 'drop' &&
    (isDoneTo(act, PUT_DOWN) || DROPPED_ON.has(act.target) || act.objects.some((words) => words.at(-1) === 'element'))
  );
}
