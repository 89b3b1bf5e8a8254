import type { Act } from './act.ts';
import { excerptAround } from './excerpt.ts';
import { objectsAfter, placeAfter } from './noun-phrase.ts';
import { phrases } from './phrases.ts';
import { isJoint, isSubordinating, preambleLength, sentencesOf } from './sentence.ts';
import { inflectionOf, type Verb, verbOf } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/** What a tool does stands at the beginning; further down it is told when to use which other tool. */
const MAX_CHARS = 2000;
const MAX_SENTENCES = 8;
const MAX_REACH = 30;

const LEAD = 3;
const LATER_SENTENCE = 2;
/** A later sentence where the name already says what is done: it is more often advice than news. */
const AFTERTHOUGHT = 1.2;
const JOINED = 2.2;
const PURPOSE = 2;

/** What a description says the tool does: its leading verb, the verbs joined to that, or failing those its purpose (`… to delete …`). */
export function describedActs(description: string, isNamed: boolean): Act[] {
  const text = description.slice(0, MAX_CHARS);
  const all = sentencesOf(wordsOf(text), text);
  let found: Act[] = [];
  let sentences = 0;
  for (const sentence of all) {
    if (sentences++ >= MAX_SENTENCES || found.some((act) => act.from === 'lead' && !act.vague)) break;
    found = [...found, ...actsIn(sentence, text, sentences === 1 ? LEAD : isNamed ? AFTERTHOUGHT : LATER_SENTENCE)];
  }
  return [...found, ...all.slice(1).flatMap((sentence) => listedAct(sentence, text))];
}

/** `"cancel": "https://…"` in an example answer is a member, not an action. */
const JSON_VALUE = /^"\s?:\s{0,4}["{[\d]/;

/** `- delete: Delete a board`: actions listed in the text, one a line, in lower case as they are given. */
function listedAct(sentence: readonly Word[], text: string): Act[] {
  const word = sentence[0]?.text ?? '';
  const verb = verbOf(word);
  const start = sentence[0]?.start ?? 0;
  const after = start + word.length;
  const asWritten = text.startsWith(word, start) && !JSON_VALUE.test(text.slice(after, after + 8));
  const listed = asWritten && sentence[1]?.text === ':' && verb?.base === word && (!verb.noun || LISTED_NOUNS.has(word));
  return listed ? [actAt(sentence, 0, verb, text, PURPOSE, 'choice')] : [];
}

const LISTED_NOUNS: ReadonlySet<string> = phrases('list, search');

function actsIn(sentence: readonly Word[], text: string, strength: number): Act[] {
  const request = requestIn(sentence, text);
  if (request) return [request];
  const start = preambleLength(sentence);
  const lead = verbOf(sentence[start]?.text ?? '');
  if (lead && !isAdvice(sentence, start))
    return [actAt(sentence, start, lead, text, strength, 'lead'), ...joinedActs(sentence, start, text)];
  return purposeIn(sentence, start, text, Math.min(strength, PURPOSE));
}

/** `Call this first`, `Run when …`: how to use the tool, not what it does. */
function isAdvice(sentence: readonly Word[], start: number): boolean {
  return ADVISED.has(sentence[start]?.text ?? '') && ADVICE.has(sentence[start + 1]?.text ?? '');
}

const ADVISED: ReadonlySet<string> = phrases('call, run, invoke, prefer, execute');
const ADVICE: ReadonlySet<string> = phrases('this, it, when, exactly, before, after, only, first, once, these, if, whenever');

/** `POST /application.create`: descriptions made from an API's own listing. */
function requestIn(sentence: readonly Word[], text: string): Act | undefined {
  const start = sentence[0]?.start ?? 0;
  const method = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE)(?= \/)/.exec(text.slice(start, start + 8))?.[0];
  const verb = method && verbOf(HTTP_VERBS.get(method) ?? '');
  return verb
    ? { ...actAt(sentence, 0, verb, text, method === 'POST' ? PURPOSE : LEAD, 'lead'), objects: [], source: '', target: '' }
    : undefined;
}

/** What an HTTP method says: POST is used for everything, so it says least. */
export const HTTP_VERBS: ReadonlyMap<string, string> = new Map([
  ['GET', 'get'],
  ['HEAD', 'get'],
  ['POST', 'submit'],
  ['PUT', 'update'],
  ['PATCH', 'update'],
  ['DELETE', 'delete'],
]);

/** Further verbs of the sentence: `Creates or updates …`, `List boards and delete a board`. */
function joinedActs(sentence: readonly Word[], start: number, text: string): Act[] {
  const acts: Act[] = [];
  const form = inflectionOf(sentence[start]?.text ?? '');
  let adjacent = true;
  for (let index = start + 1; index < Math.min(sentence.length, start + MAX_REACH); index++) {
    const word = sentence[index]?.text ?? '';
    if (isSubordinating(word) || (word === '(' && !isAlias(sentence, index, start))) break;
    const joined = isJoint(sentence[index - 1]?.text) && inflectionOf(word) === form;
    const verb = joined ? verbOf(word) : undefined;
    if (verb && (adjacent || (!verb.noun && hasObject(sentence, index)))) acts.push(actAt(sentence, index, verb, text, JOINED, 'further'));
    adjacent &&= isJoint(word) || isJoint(sentence[index + 1]?.text) || verb !== undefined;
  }
  return acts;
}

/** `…, update the page` does something; `… for issues, update, or content` lists nouns. */
function hasObject(sentence: readonly Word[], index: number): boolean {
  const next = sentence[index + 1]?.text;
  return next !== undefined && !isJoint(next) && next !== ')';
}

/** `Move (share) …`, `Create (or update) …`. */
function isAlias(sentence: readonly Word[], index: number, start: number): boolean {
  return index === start + 1 || sentence[index + 1]?.text === 'or';
}

/** `Generic function to get …`, `Tool for deleting …`. */
function purposeIn(sentence: readonly Word[], start: number, text: string, strength: number): Act[] {
  for (let index = start + 1; index < Math.min(sentence.length, start + MAX_REACH / 2); index++) {
    const before = sentence[index - 1]?.text;
    if (isSubordinating(before ?? '')) break;
    const word = sentence[index]?.text ?? '';
    const verb = verbOf(word);
    const meant = before === 'to' ? inflectionOf(word) === 'base' : before === 'for' && inflectionOf(word) === 'gerund';
    if (verb && meant) return [actAt(sentence, index, verb, text, strength, 'lead'), ...joinedActs(sentence, index, text)];
  }
  return [];
}

function actAt(sentence: readonly Word[], index: number, verb: Verb, text: string, strength: number, from: Act['from']): Act {
  const start = sentence[index]?.start ?? 0;
  return {
    verb: verb.base,
    sense: verb.sense,
    vague: verb.vague,
    objects: objectsAfter(sentence, index + 1),
    source: placeAfter(sentence, index, 'from'),
    target: placeAfter(sentence, index, 'to'),
    from,
    at: '/description',
    excerpt: excerptAround(text, start, start + verb.base.length),
    strength: verb.vague ? strength / 2 : strength,
  };
}
