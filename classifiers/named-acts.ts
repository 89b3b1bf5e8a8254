import type { Act } from './act.ts';
import { excerptOf } from './excerpt.ts';
import { phrases } from './phrases.ts';
import { baseVerb, type Verb } from './vocabulary.ts';
import { identifierWords, singular } from './words.ts';

/** Last words that make a name a thing to look at, even after a verb that is also a noun: `run_status`, `db_info`. */
const LOOKED_AT: ReadonlySet<string> = phrases(`
  status, info, information, details, detail, history, logs, log, stats, statistics, metrics, schema, list, summary, overview,
  report, count, docs, documentation, guide, guides, usage, version, versions, health, results, result, metadata, readme, templates,
  examples, reference, help, search, lookup, preview, dryrun, state, properties, exists, current, available, trends, prices, price,
  quote, balance, feed, news, weather, forecast, analysis`);
const JOINING: ReadonlySet<string> = phrases('and, or, then');

const LEADING = 2;
const TRAILING = 1.8;
const INSIDE = 1.6;
const NOMINAL = 1.5;

/** What a tool's name says it does. `words` is the name without the product's. */
export function namedActs(words: readonly string[], name: string): Act[] {
  const at = '/name';
  const source = placeIn(words, 'from');
  const target = placeIn(words, 'to');
  return actsIn(words).map(([verb, index, strength]) => ({
    ...actFrom(verb, objectIn(words, index), strength, 'name', at, name),
    source,
    target,
  }));
}

function placeIn(words: readonly string[], preposition: string): string {
  const at = words.indexOf(preposition);
  return at < 0 ? '' : singular(words[at + 1] === 'a' ? (words[at + 2] ?? '') : (words[at + 1] ?? ''));
}

/** What the values of an action parameter say it can do; a value that is no action gives nothing. */
export function choiceActs(choices: readonly string[], at: string): Act[] {
  const acts: Act[] = [];
  for (const choice of choices) {
    const words = identifierWords(choice);
    const leading = baseVerb(words[0] ?? '');
    const trailing = baseVerb(words.at(-1) ?? '');
    const verb = leading ?? (trailing?.noun ? undefined : trailing);
    if (verb && !words.some(isPast))
      acts.push(actFrom(verb, [words.slice(leading ? 1 : 0, leading ? undefined : -1)], LEADING, 'choice', at, choice));
  }
  return acts;
}

/** `build_failed` is a state to filter by, not an action. */
function isPast(word: string): boolean {
  return word.length > 4 && word.endsWith('ed') && word !== 'embed';
}

function actsIn(words: readonly string[]): (readonly [Verb, number, number])[] {
  const last = words.length - 1;
  const first = baseVerb(words[0] ?? '');
  const trailing = baseVerb(words[last] ?? '');
  if (last > 0 && LOOKED_AT.has(words[last] ?? '') && (!first || first.noun)) return [[LOOK, last, NOMINAL]];
  if (last > 0 && trailing && !trailing.noun && (!first || first.noun)) return [[trailing, last, TRAILING]];
  if (first) return [[first, 0, LEADING], ...joinedActs(words)];
  const index = words.findIndex((word) => baseVerb(word)?.noun === false);
  const inside = baseVerb(words[index] ?? '');
  if (inside) return [[inside, index, INSIDE]];
  return trailing ? [[trailing, last, NOMINAL]] : [];
}

const LOOK: Verb = { base: 'look', sense: 'read', noun: false, vague: false };

function joinedActs(words: readonly string[]): (readonly [Verb, number, number])[] {
  const acts: (readonly [Verb, number, number])[] = [];
  for (const [index, word] of words.entries()) {
    const verb = JOINING.has(words[index - 1] ?? '') ? baseVerb(word) : undefined;
    if (verb) acts.push([verb, index, TRAILING]);
  }
  return acts;
}

function objectIn(words: readonly string[], index: number): string[][] {
  const after = words.slice(index + 1);
  const end = after.findIndex((word) => PREPOSITIONS.has(word));
  return [after.length > 0 ? after.slice(0, end < 0 ? undefined : end) : words.slice(0, index)];
}

const PREPOSITIONS: ReadonlySet<string> = phrases('from, to, in, on, by, for, with, of, as, at, via, and, or, into');

function actFrom(verb: Verb, objects: string[][], strength: number, from: Act['from'], at: string, text: string): Act {
  return {
    verb: verb.base,
    sense: verb.sense,
    vague: verb.vague,
    objects: objects.map((words) => words.filter((word) => !/^v?\d+$/.test(word)).map(singular)),
    source: '',
    target: '',
    from,
    at,
    excerpt: excerptOf(text),
    strength: verb.vague ? strength / 2 : strength,
  };
}
