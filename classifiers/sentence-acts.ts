import { type Act, isReading } from './act.ts';
import { DETERMINERS, endsWith, hasObject, isAlias, isDoneByOthers, isForWhat, opensActionList } from './clause.ts';
import { excerptAround } from './excerpt.ts';
import { nominalAct, nominalVerb } from './nominal-acts.ts';
import { objectsAfter, objectsBefore, placeAfter } from './noun-phrase.ts';
import { phrases } from './phrases.ts';
import { isAdverb, isJoint, isSubordinating, preambleLength } from './sentence.ts';
import { singular } from './singular.ts';
import { type Verb, verbOf } from './vocabulary.ts';
import type { Word } from './words.ts';

const MAX_REACH = 30;
const JOINED = 2.2;
const PURPOSE = 2;

/** What one sentence says is done: its leading verb with those joined to it, a noun made of a verb, or its purpose (`… to delete …`). */
export function actsIn(sentence: readonly Word[], text: string, strength: number): Act[] {
  const start = preambleLength(sentence);
  const lead = sentence[start]?.verb;
  if (lead && !isAdvice(sentence, start) && !isNoun(lead, sentence, start)) return actsLedBy(lead, sentence, start, text, strength);
  const nominal = nominalLead(sentence, start, text, strength);
  if (nominal) return [nominal];
  const purpose = purposeIn(sentence, start, text, Math.min(strength, PURPOSE));
  if (purpose.length > 0) return purpose;
  return (
    explainedActs(sentence, start, text, strength) ?? headlineActs(sentence, start, text) ?? foreignIn(sentence, start, text, strength)
  );
}

function actsLedBy(lead: Verb, sentence: readonly Word[], start: number, text: string, strength: number): Act[] {
  const requested = requestedAct(lead, sentence, start, text, strength);
  if (requested.length > 0) return requested;
  const act = actAt(sentence, start, lead, text, strength, 'lead');
  const joined = joinedActs(sentence, start, text);
  const acts = [act, ...joined];
  for (const carrier of [act, ...joined]) {
    const nominal = nominalAct(carrier.verb, carrier.objects);
    if (nominal)
      acts.push({ ...carrier, ...senseOf(nominal.verb), objects: nominal.objects, vague: false, from: 'lead', strength: PURPOSE });
  }
  return acts;
}

function senseOf(verb: Verb): Pick<Act, 'verb' | 'sense'> {
  return { verb: verb.base, sense: verb.sense };
}

/** `Make a request to read …`: what is asked for is what is done. */
function requestedAct(lead: Verb, sentence: readonly Word[], start: number, text: string, strength: number): Act[] {
  if (!ASKING.has(lead.base)) return [];
  const to = sentence.slice(start, start + MAX_REQUEST).findIndex(({ text: word }) => word === 'to');
  const verb = to > 0 && REQUESTS.has(sentence[start + to - 1]?.text ?? '') ? sentence[start + to + 1]?.verb : undefined;
  return verb && sentence[start + to + 1]?.inflection === 'base' ? actsLedBy(verb, sentence, start + to + 1, text, strength) : [];
}

const ASKING = phrases('make, send, issue, perform, submit');
const REQUESTS = phrases('request, call, query, requests, calls');
const MAX_REQUEST = 8;

/** `A comment in …`, and `Opens, clicks and bounces …`, where not each of them is a verb. */
function isNoun(lead: Verb, sentence: readonly Word[], start: number): boolean {
  return (lead.noun && ARTICLES.has(sentence[start - 1]?.text ?? '')) || isListOfNouns(sentence, start);
}

const ARTICLES = phrases('a, an, the');

/** `Opens, clicks and bounces per day`: not each of them is a verb. */
function isListOfNouns(sentence: readonly Word[], start: number): boolean {
  const lead = sentence[start]?.verb;
  if (sentence[start]?.inflection !== 'third' || !(lead?.noun || lead?.vague)) return false;
  let at = start;
  while (isJoint(sentence[at + 1]) && sentence[at + 2]) {
    at += isJoint(sentence[at + 2]) ? 3 : 2;
    if (sentence[at]?.verb === undefined) return true;
  }
  return false;
}

/** `Deletion of a user`, `Bulk removal of records`. */
function nominalLead(sentence: readonly Word[], start: number, text: string, strength: number): Act | undefined {
  for (let index = start; index < Math.min(sentence.length, start + 3); index++) {
    const verb = nominalVerb(sentence[index]?.text ?? '');
    if (verb && sentence[index + 1]?.text === 'of') return actAt(sentence, index + 1, verb, text, strength, 'lead');
  }
  return undefined;
}

/** `Web browser for retrieval: searches …`: what the thing does stands behind the colon. */
function explainedActs(sentence: readonly Word[], start: number, text: string, strength: number): Act[] | undefined {
  const colon = sentence.slice(start, start + MAX_REACH / 2).findIndex((word) => word.text === ':');
  const at = start + colon + 1;
  const verb = colon > 0 && sentence[at]?.inflection === 'third' ? sentence[at]?.verb : undefined;
  return verb && !isListOfNouns(sentence, at) ? actsLedBy(verb, sentence, at, text, Math.min(strength, PURPOSE)) : undefined;
}

/** `Advanced web search with filters`, `Multi-page extraction for sites`: the noun that the sentence is about. */
function headlineActs(sentence: readonly Word[], start: number, text: string): Act[] | undefined {
  const phrase = objectsAfter(sentence, start)[0] ?? [];
  const head = phrase.at(-1) ?? '';
  const verb = nominalVerb(head) ?? verbOf(head);
  if (!verb || (verb.vague && nominalVerb(head) === undefined) || !(nominalVerb(head) || (verb.noun && isReading(verb)))) return undefined;
  const at = sentence.findIndex((word, index) => index >= start && singular(word.text) === head);
  return at < 0
    ? undefined
    : [{ ...actAt(sentence, at, verb, text, PURPOSE, 'lead'), objects: [phrase.slice(0, -1)].filter(({ length }) => length > 0) }];
}

/** Other languages put what is done behind it: `Einen Benutzer löschen`, `ユーザーを削除します`. */
function foreignIn(sentence: readonly Word[], start: number, text: string, strength: number): Act[] {
  for (let index = start; index < Math.min(sentence.length, start + MAX_REACH); index++) {
    const word = sentence[index];
    const verb = word?.inflection === 'foreign' ? word.verb : undefined;
    if (!verb) continue;
    const act = actAt(sentence, index, verb, text, Math.min(strength, FOREIGN), 'lead');
    return [{ ...act, objects: [...objectsBefore(sentence, index), ...act.objects] }];
  }
  return [];
}

const FOREIGN = 2.5;

/** `Call this first`, `Run when …`: how to use the tool, not what it does. */
function isAdvice(sentence: readonly Word[], start: number): boolean {
  return ADVISED.has(sentence[start]?.text ?? '') && ADVICE.has(sentence[start + 1]?.text ?? '');
}

const ADVISED: ReadonlySet<string> = phrases('call, run, invoke, prefer, execute');
const ADVICE: ReadonlySet<string> = phrases('this, it, when, exactly, before, after, only, first, once, these, if, whenever');

/** Further verbs of the sentence: `Creates or updates …`, `List boards and delete a board`. */
function joinedActs(sentence: readonly Word[], start: number, text: string): Act[] {
  const acts: Act[] = [];
  let form = sentence[start]?.inflection;
  let adjacent = true;
  for (let index = start + 1; index < Math.min(sentence.length, start + MAX_REACH); index++) {
    const word = sentence[index] as Word;
    if (opensActionList(sentence, index)) {
      form = word.inflection;
      adjacent = true;
      if (word.verb) acts.push(actAt(sentence, index, word.verb, text, JOINED, 'further'));
      continue;
    }
    if (isSubordinating(word) || (word.text === '(' && !isAlias(sentence, index, start))) break;
    const before = sentence[index - 1];
    const joined = (isJoint(before) && word.inflection === form) || (before?.text === ';' && word.inflection === 'third');
    const verb = joined ? word.verb : undefined;
    if (verb && (adjacent || actsHere(verb, sentence, index))) acts.push(actAt(sentence, index, verb, text, JOINED, 'further'));
    adjacent &&= isJoint(word) || isJoint(sentence[index + 1]) || verb !== undefined;
  }
  return acts;
}

/** Whether a word that stands alone in the list acts, however much it may be a noun: `and save it`. */
function actsHere({ noun }: Verb, sentence: readonly Word[], index: number): boolean {
  if (noun && !DETERMINERS.has(sentence[index + 1]?.text ?? '')) return false;
  return hasObject(sentence, index) || endsWith(sentence, index);
}

/** `Generic function to get …`, `Tool for deleting …`. */
function purposeIn(sentence: readonly Word[], start: number, text: string, strength: number): Act[] {
  for (let index = start + 1; index < Math.min(sentence.length, start + MAX_REACH / 2); index++) {
    const before = sentence[index - 1];
    if (isSubordinating(before)) break;
    const isAfterTo = before?.text === 'to';
    if (isAfterTo && isDoneByOthers(sentence, index)) continue;
    const at = isAfterTo ? afterAdverbs(sentence, index) : index;
    const { verb, inflection } = sentence[at] ?? NO_WORD;
    if (!verb) continue;
    const meant = isAfterTo ? inflection === 'base' : before?.text === 'for' && inflection === 'gerund';
    if (meant || (isReading(verb) && inflection === 'gerund' && isForWhat(sentence, index)))
      return actsLedBy(verb, sentence, at, text, strength);
  }
  return [];
}

const NO_WORD: Partial<Word> = {};

/** `to seamlessly and securely remove` */
function afterAdverbs(sentence: readonly Word[], index: number): number {
  let at = index;
  while (isAdverb(sentence[at]) || (at > index && isJoint(sentence[at]))) at++;
  return at;
}

/** The act that the verb at this place of a sentence stands for. */
export function actAt(sentence: readonly Word[], index: number, verb: Verb, text: string, strength: number, from: Act['from']): Act {
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
    strength: MANAGING.has(verb.base) ? strength * MANAGED : verb.vague ? strength / 2 : strength,
  };
}

/** What is managed is changed, though it is left open how. */
const MANAGING = phrases('manage');
const MANAGED = 0.7;
