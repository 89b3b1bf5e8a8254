import { type Act, isReading } from './act.ts';
import { oncePerTool } from './once-per-tool.ts';
import { mainAct, type ParsedTool } from './parsed-tool.ts';
import { phrases } from './phrases.ts';
import { singular } from './singular.ts';
import { identifierWords } from './words.ts';

/** One thing that the answer of a call carries: what a reading act is done to. */
export interface CarriedThing {
  /** The noun, in singular. */
  readonly head: string;
  /** The noun with the word before it: `bank account`; the noun alone where nothing stands before it. */
  readonly pair: string;
  /** The whole noun phrase. */
  readonly words: readonly string[];
  /** Where it is said. */
  readonly act: Act;
}

/** Reading that answers with a number or a yes instead of the thing. */
const UNSEEN: ReadonlySet<string> = phrases(`
  count, check, test, wait, think, sleep, ping, probe, ensure, tell, recommend, suggest, detect, identify, diagnose, resolve, request,
  perform, take, report, rerank, rank, match, compare, filter`);
/** `issue details` is the issue, `the contents of a file` the file. */
const TAILS: ReadonlySet<string> = phrases(`
  detail, information, info, content, text, list, data, record, entry, body, item, object, result, page, batch, set, all, by, one,
  search, get, full, made, given, sent, and, available, complete`);
/** Something about a thing instead of the thing: the status of an issue, the schema of a record. */
const MEASURES: ReadonlySet<string> = phrases(`
  status, statu, state, count, number, statistic, stat, metric, usage, quota, schema, type, field, template, permission, size, name, id,
  url, link, limit, setting, configuration, config, preference, option, format, policy, rule, role, tag, label, category, schedule,
  structure, header, definition, consumption, analytic, total, trend, version, health, progress, capability, scope, key, mapping,
  column, property, setup, method, level, hash, path, location, index, indice, icon, emoji, reaction, group, queue, bucket, topic,
  endpoint, namespace, provider, subscription, token, queries, query, plan, estimate, cost, price, history, conflict, permission set,
  thumbnail, preview, event type, access, restriction, approval, exclusion, allowlist, guide, tool, command, documentation, doc, sdk,
  attribute, metadata, summary statistic, class, function, layout`);

/** What the answer of a tool consists of, as its name, description and action parameters say; of `the status of an issue`, nothing. */
export const carriedThings: (parsed: ParsedTool) => readonly CarriedThing[] = oncePerTool(findCarriedThings);

function findCarriedThings(parsed: ParsedTool): CarriedThing[] {
  const main = mainAct(parsed);
  const reads = main !== undefined && isReading(main);
  const things: CarriedThing[] = [];
  for (const act of parsed.acts) {
    if ((act.sense !== 'read' && act.sense !== 'download') || act.from === 'further' || UNSEEN.has(act.verb)) continue;
    if ((!reads && act.from !== 'choice' && act !== main) || isLookAtMeasure(act)) continue;
    const says = act.objects.some((words) => words.length > 0);
    if (!says && act.from === 'choice') addThings(things, act, [nounsOfName(parsed)]);
    // A name's further objects are the description's, and stand there too.
    else addThings(things, act, act.from === 'name' ? act.objects.slice(0, 1) : act.objects);
  }
  return things;
}

/** `list`, of a tool named `notion_comments`. */
function nounsOfName({ ownWords }: ParsedTool): readonly string[] {
  return ownWords.slice(-2).map(singular);
}

/** `email_metrics`: the name's last word is what is looked at, and is not among the objects. */
function isLookAtMeasure({ verb, excerpt }: Act): boolean {
  return verb === 'look' && MEASURES.has(singular(identifierWords(excerpt).at(-1) ?? ''));
}

function addThings(things: CarriedThing[], act: Act, objects: readonly (readonly string[])[]): void {
  let before: readonly string[] | undefined;
  for (const object of objects) {
    const owned = before;
    before = object;
    if (owned && isOwner(object, owned, act)) continue;
    if (isAboutMeasure(object) || isKindOfList(object, act)) return;
    const length = lengthWithoutTails(object);
    if (MEASURES.has(object[length - 1] ?? '')) return;
    // With and without its tail: `work item` is one thing, of `customer details` the customer is.
    if (length < object.length) things.push(thingOf(act, object, object.length));
    if (length > 0) things.push(thingOf(act, object, length));
  }
}

function thingOf(act: Act, words: readonly string[], length: number): CarriedThing {
  const head = words[length - 1] ?? '';
  return { head, pair: length > 1 ? `${words[length - 2]} ${head}` : head, words, act };
}

/** `issues of a user` are issues; of `the list of users` the users are what is listed. */
function isOwner(object: readonly string[], before: readonly string[], { at, excerpt }: Act): boolean {
  const head = object.at(-1) ?? '';
  if (at !== '/description' || head === '' || TAILS.has(before.at(-1) ?? '')) return false;
  const text = excerpt.toLowerCase();
  const place = text.lastIndexOf(object[0] ?? head);
  const owned = text.lastIndexOf(' of ', place);
  return owned >= 0 && owned > Math.max(text.lastIndexOf(' and ', place), text.lastIndexOf(',', place), text.lastIndexOf(' or ', place));
}

/** `detailed metadata about a file`, `chat history` not. */
function isAboutMeasure(words: readonly string[]): boolean {
  const about = words.indexOf('about');
  return about > 0 && words.slice(0, about).some((word) => MEASURES.has(word));
}

/** `user lists` are lists, `the user list` is users. */
function isKindOfList(words: readonly string[], { excerpt }: Act): boolean {
  return words.length > 1 && words.at(-1) === 'list' && /\w lists\b/i.test(excerpt);
}

function lengthWithoutTails(words: readonly string[]): number {
  let end = words.length;
  if (words[end - 1] === 'history' && CONVERSED.has(words[end - 2] ?? '')) end--;
  while (end > 1 && isTail(words[end - 1] ?? '')) end--;
  return end;
}

const CONVERSED: ReadonlySet<string> = phrases(`
  chat, message, conversation, order, call, payment, transaction, thread, channel, email, medical, search, browsing`);

/** A participle after its noun goes on about it: `the payments made`, `issues associated with a milestone`. */
function isTail(word: string): boolean {
  return TAILS.has(word) || (word.length > 4 && word.endsWith('ed'));
}
