import type { Act } from './act.ts';
import { excerptOf } from './excerpt.ts';
import { nominalVerb } from './nominal-acts.ts';
import { phrases } from './phrases.ts';
import { singular } from './singular.ts';
import { baseVerb, inflectionOf, type Verb, verbOf } from './vocabulary.ts';

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

/** What a tool's name says it does. `words` is the name without the product's; the first `thing` of them name what it is done to. */
export function namedActs(words: readonly string[], name: string, thing = 0): Act[] {
  const at = '/name';
  const source = placeIn(words, 'from');
  const target = placeIn(words, 'to');
  return actsIn(words, thing).map(([verb, index, strength]) => ({
    ...actFrom(verb, index === thing && thing > 0 ? [words.slice(0, thing)] : objectIn(words, index), strength, 'name', at, name),
    source,
    target,
  }));
}

function placeIn(words: readonly string[], preposition: string): string {
  const at = words.indexOf(preposition);
  if (at < 0) return '';
  const end = phraseEnd(words, at + 1);
  return singular(end > at + 1 ? (words[end - 1] ?? '') : '');
}

/** Where the phrase that begins here ends: before a preposition. */
function phraseEnd(words: readonly string[], start: number): number {
  let end = start;
  while (end < words.length && !PREPOSITIONS.has(words[end] ?? '')) end++;
  return end;
}

function actsIn(words: readonly string[], thing: number): (readonly [Verb, number, number])[] {
  const last = words.length - 1;
  const done = thing > 0 ? baseVerb(words[thing] ?? '') : undefined;
  if (done && !ASKS.has(words[last] ?? '')) return [[done, thing, LEADING]];
  const first = baseVerb(words[0] ?? '') ?? (last > 0 ? NAME_VERBS.get(words[0] ?? '') : undefined);
  const trailing = baseVerb(words[last] ?? '');
  const nominal = nominalVerb(words[last] ?? '');
  if (last > 0 && ASKS.has(words[last] ?? '')) return [[LOOK, last, LEADING]];
  if (last > 0 && nominal && (!first || first.noun || first.vague)) return [[nominal, last, TRAILING]];
  if (last > 0 && LOOKED_AT.has(words[last] ?? '') && (!first || first.noun)) return [[LOOK, last, NOMINAL]];
  if (last > 0 && trailing && !trailing.noun && (!first || first.noun)) return [[trailing, last, TRAILING]];
  const second = first?.vague ? baseVerb(words[1] ?? '') : undefined;
  if (first && second && !second.noun) return [[second, 1, LEADING], ...joinedActs(words)];
  if (first) return [[first, 0, LEADING], ...joinedActs(words)];
  const index = words.findIndex((word) => baseVerb(word)?.noun === false);
  const inside = baseVerb(words[index] ?? '');
  if (inside) return [[inside, index, INSIDE]];
  if (trailing) return [[trailing, last, NOMINAL]];
  if (LOOKED_AT.has(words[last] ?? '')) return [[LOOK, last, NOMINAL]];
  const looked = words.findIndex((word) => LOOKING.has(word));
  if (looked > 0) return [[LOOK, looked, NOMINAL]];
  const gerund = inflectionOf(words[last] ?? '') === 'gerund' ? verbOf(words[last] ?? '') : undefined;
  return gerund ? [[gerund, last, NOMINAL]] : [];
}

/** Words that are verbs only where a name begins with them. */
const NAME_VERBS: ReadonlyMap<string, Verb> = new Map([['new', { base: 'create', sense: 'write', noun: false, vague: false }]]);
/** Nouns that make a name one of looking, wherever they stand: `web_search_advanced`. */
const LOOKING: ReadonlySet<string> = phrases(
  'search, lookup, query, finder, explorer, viewer, checker, calculator, validator, analyzer, analyser, scraper, reader',
);
/** Last words of a name that only shows what another call would do. */
const ASKS: ReadonlySet<string> = phrases('preview, dryrun, simulation, estimate');

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
  const start = index + 1;
  return [start < words.length ? words.slice(start, phraseEnd(words, start)) : words.slice(0, index)];
}

/** In singular, without numbers and versions. */
function thingIn(words: readonly string[]): string[] {
  const thing: string[] = [];
  for (const word of words) if (!isVersion(word)) thing.push(singular(word));
  return thing;
}

function isVersion(word: string): boolean {
  const last = word.charCodeAt(word.length - 1);
  return last >= 48 && last <= 57 && VERSION.test(word);
}

const VERSION = /^v?\d+$/;
const PREPOSITIONS: ReadonlySet<string> = phrases('from, to, in, on, by, for, with, of, as, at, via, and, or, into');

function actFrom(verb: Verb, objects: string[][], strength: number, from: Act['from'], at: string, text: string): Act {
  return {
    verb: verb.base,
    sense: verb.sense,
    vague: verb.vague,
    objects: objects.map(thingIn),
    source: '',
    target: '',
    from,
    at,
    excerpt: excerptOf(text),
    strength: verb.vague ? strength / 2 : strength,
  };
}
