import { type Act, headsOf } from '../act.ts';
import type { Decision } from '../decide.ts';
import { excerptAround, type Mention } from '../excerpt.ts';
import type { Parameter } from '../parameter.ts';
import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, atParameters, type Signal } from '../signal.ts';
import { singular } from '../singular.ts';
import { speaksOf } from '../speaks-of.ts';

const BULK_WORDS: ReadonlySet<string> = phrases('bulk, batch, mass, bulkwrite');
const SELECTIONS: ReadonlySet<string> = phrases('conditions, condition, where, criteria, filter, filters');
/** What is linked to the one thing, finds it, or is read with it, instead of the things acted on. */
const LINKED =
  /\b(?:child|children|parent|attach\w{0,4}|belongs?|associated|link\w{0,3}|identif\w{1,5}|disambiguat\w{1,3}|which \w{1,20} to|to (?:apply|add|assign|include|get|read|fetch|return)|for get_|member of)\b/i;
/** People and marks that one thing gets. */
const LINKED_THINGS: ReadonlySet<string> = phrases(`
  reviewer, assignee, label, tag, participant, attendee, collaborator, watcher, follower, approver, recipient, scope, permission, choice, parameter, argument,
  header, setting, property, config, configuration, command, source, commit, step, action, dependency`);
/** What one thing is made of, unless the tool is named after them. */
const PARTS: ReadonlySet<string> = phrases('option, column, variable, event, topic, field, row, item, entry, rule');
const FIRST_WORDS: ReadonlySet<string> = phrases(
  'jq, add, remove, related, linked, parent, child, source, target, exclude, excluded, include, new, default',
);
/** Verbs whose list is the new content of one thing, or what goes into one. */
const FILLING: ReadonlySet<string> = phrases(
  'set, alter, configure, put, replace, reorder, cherrypick, merge, record, log, track, write, compose, combine, reload',
);
const MAKING: ReadonlySet<string> = phrases('create, add, send');
const IDENTIFIERS: ReadonlySet<string> = phrases('id, uuid, uid, guid, slug');
const TARGETS: ReadonlySet<string> = phrases(`
  id, uuid, slug, user, record, operation, uid, guid, deletion, update, entity, document`);
/** One of these stands in every mention. */
const speaksOfMany = speaksOf('one, up, multiple, many, several, all, every, bulk, batch, batches, mass, masse');
/** Right after the verb that opens a sentence: what is done is done to many. `every 5 seconds` stands elsewhere, `all its settings` is the whole of one thing. */
const TO_MANY =
  /(?:^|[.\n:]\s{0,4})(?:\w{1,30}ly |batch |bulk |mass )?([a-z]{1,30})(?: ?(?:or|and|,|\/) ?\w{1,30})? (?:one or (?:more|many)|up to \d+|multiple|many|several|all|every)\b(?! (?:\d|second|minute|time|verification|of (?:its|the))|(?: (?!for |in |of |from )\w{1,20}){0,3} (?:contents?|data|config\w{0,10}|settings?|information|details|values|properties|text|changes|history|steps?)\b)/gi;
const speaksOfAll = speaksOf('bulk, batch, batches, mass, masse, all, every');
const STATED =
  /\b(?<!\b(?:for|unlike|use|the) )(?:in bulk|in batch(?:es)?|(?:bulk|batch|mass) (?:create|update|delete|insert|import|add|edit|remove|write)s?|en masse|for all users|to (?:all|every) users?)\b|\b(?:and|with) all (?:of )?(?:(?:its|their|the) )?(?:associated |related )?(?!(?:its|details|others|fields|columns|tags|labels|attributes|parameters|arguments|files needed|contents|settings|values|details|properties|options|contexts)\b)\w{1,30}s\b/i;
/** Verbs of reading, of advice and of keeping that may stand there too. */
const NOT_DONE: ReadonlySet<string> = phrases(`
  list, lists, get, gets, search, fetch, retrieve, returns, when, read, show, for, if, after, before, use, provide, contains, see, include, affects,
  call, verify, check, find, with, on, in, wait, poll, any, not, and, or, pass, ensure, validate, confirm, put, note, ask, requires, require, accept, accepts,
  support, supports, keep, treat, handle, handles, work, works, do, does, can, will, may, must, should, are, is, contain, combine, combines, chain, matches,
  covers, cover, of, to, at, by, that, as, like, set, choose, select, avoid, prefer, omit, fill, specify, pick, never, always, manage, manages, reload, reloads,
  has, have, this, these, the, query, queries, export, exports, rebuild, record, records, view, count, counts, compare, analyze, reads, shows`);
const READ_ONLY_BATCH = /\bread[- ]only\b|\bqueries\b/i;
/** `batch_inference`: a kind of job, and not how many are changed. */
const JOBS: ReadonlySet<string> = phrases(
  'inference, job, jobs, file, status, id, prediction, predictions, request, transform, size, import, number, process',
);
const MAX_MENTIONS = 8;

export const bulkOperation: Signal = {
  id: 'bulk-operation',
  finds: 'a change of many things in one call: bulk or batch in the name, a list of targets, a condition that selects them',
  why: 'One wrong call reaches everything it selects.',
  weight: 0.2,
  label: () => 'Bulk/mass operation — affects multiple targets',
  detect(parsed, decision) {
    if (decision.category === 'Read') return [];
    const isNamed = parsed.words.some((word, index) => BULK_WORDS.has(word) && !JOBS.has(parsed.words[index + 1] ?? ''));
    const named = isNamed ? { at: '/name', excerpt: parsed.tool.name.slice(0, 160).toWellFormed() } : undefined;
    return [...atMentions(bulkOperation.id, [named, saidOf(parsed)]), ...atParameters(bulkOperation.id, targetLists(parsed, decision))];
  },
};

function saidOf(parsed: ParsedTool): Mention | undefined {
  if (!speaksOfMany(parsed)) return undefined;
  const found =
    manyIn(parsed.description, '/description') ??
    manyIn(parsed.tool.title ?? '', '/title') ??
    (speaksOfAll(parsed) ? mentionOf(parsed, STATED) : undefined);
  return found && !READ_ONLY_BATCH.test(found.excerpt) ? found : undefined;
}

function manyIn(text: string, at: string): Mention | undefined {
  let mentions = 0;
  TO_MANY.lastIndex = 0;
  for (let match = TO_MANY.exec(text); match && ++mentions <= MAX_MENTIONS; match = TO_MANY.exec(text)) {
    if (!NOT_DONE.has((match[1] ?? '').toLowerCase())) return { at, excerpt: excerptAround(text, match.index, TO_MANY.lastIndex) };
  }
  return undefined;
}

function targetLists(parsed: ParsedTool, { category }: Decision): Parameter[] {
  const { parameters, acts } = parsed;
  const lists = parameters.filter(isList);
  if (lists.length === 0 || acts.some(({ verb, from }) => (from === 'name' || from === 'lead') && FILLING.has(verb))) return [];
  // Only what is acted on: of `Update a key's name, scopes or limits`, the scopes are what the one key gets.
  const heads = new Set(acts.flatMap((act) => headsOf(act).slice(0, 1)));
  const selects =
    category === 'Destructive' ||
    (category === 'Write' && acts.some(({ verb }) => verb === 'update') && !parameters.some((parameter) => namesOne(parameter, heads)));
  return lists.filter((list) => (SELECTIONS.has(list.words.at(-1) ?? '') ? selects : listsTargets(list, parsed, heads)));
}

/** A list or a condition of the call itself, and not of what the one thing is linked to. */
function isList({ depth, words, types, description }: Parameter): boolean {
  if (depth > 0 || !(types.includes('array') || SELECTIONS.has(words.at(-1) ?? ''))) return false;
  return !FIRST_WORDS.has(words[0] ?? '') && !LINKED.test(description);
}

function listsTargets({ words }: Parameter, { acts, words: named }: ParsedTool, heads: ReadonlySet<string>): boolean {
  const last = words.at(-1) ?? '';
  const noun = singular(last);
  if (last === noun) return false;
  const meant = thing(words);
  if (LINKED_THINGS.has(meant) && !acts.some((act) => isDestroying(act) && headsOf(act).includes(meant))) return false;
  if (PARTS.has(meant) && !named.some((word) => word !== meant && singular(word) === meant)) return false;
  if (heads.has(noun) && noun !== 'action') return true;
  return IDENTIFIERS.has(noun) ? !MAKING.has(acts[0]?.verb ?? '') && isOwn(words, heads) : words.length === 1 && TARGETS.has(noun);
}

function isDestroying({ sense }: Act): boolean {
  return sense === 'destroy' || sense === 'clear';
}

/** `reviewer` of `reviewers` and `reviewerIds`. */
function thing(words: readonly string[]): string {
  const last = singular(words.at(-1) ?? '');
  return IDENTIFIERS.has(last) && words.length > 1 ? (words.at(-2) ?? '') : last;
}

/** `id`, or `segmentUuid` of a tool that acts on segments: the one target, so that a condition belongs to it and selects nothing. */
function namesOne({ words, types, depth }: Parameter, heads: ReadonlySet<string>): boolean {
  return depth === 0 && !types.includes('array') && IDENTIFIERS.has(words.at(-1) ?? '') && isOwn(words, heads);
}

/** `ids`, or `user_ids` of a tool that acts on users; the ids of other things are only linked. */
function isOwn(words: readonly string[], heads: ReadonlySet<string>): boolean {
  return words.length === 1 || heads.has(words.at(-2) ?? '');
}
