import { headsOf } from '../act.ts';
import type { Decision } from '../decide.ts';
import type { Parameter } from '../parameter.ts';
import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, atParameters, type Signal } from '../signal.ts';
import { singular } from '../words.ts';

const BULK_WORDS: ReadonlySet<string> = phrases('bulk, batch, mass, bulkwrite');
const SELECTIONS: ReadonlySet<string> = phrases('conditions, condition, where, criteria, filter, filters');
const IDENTIFIERS: ReadonlySet<string> = phrases('id, uuid, uid, guid, slug');
const TARGETS: ReadonlySet<string> = phrases(`
  id, uuid, slug, key, name, email, user, item, record, operation, uid, guid, deletion, update, entity, document`);
/** Right after the verb that opens a sentence: what is done is done to many. `every 5 seconds` and `every verification` stand elsewhere. */
const TO_MANY =
  /(?:^|[.\n:]\s{0,4})(?:\w{1,30}ly )?(?!(?:lists?|gets?|search|fetch|retrieve|returns?|when|read|show|for|if|after|before|use|provide|contains|see|include|affects|call|verify|check|find|with|on|in|wait|poll)\b)\w{1,30}(?: ?(?:or|and|,|\/) ?\w{1,30})? (?:one or (?:more|many)|up to \d+|multiple|many|several|all|every|the entire|an entire)\b(?! (?:\d|second|minute|time|verification))|\b(?:in bulk|in batch|bulk (?:create|update|delete|insert|import|add|edit|remove|operation|write)s?|en masse|for all users|every user|all users|(?:and|with) all (?:of )?(?:its |their |the )?(?:associated )?\w{1,30}s)\b/i;

export const bulkOperation: Signal = {
  id: 'bulk-operation',
  finds: 'a change of many things in one call: bulk or batch in the name, a list of targets, a condition that selects them',
  why: 'One wrong call reaches everything it selects.',
  weight: 0.2,
  label: () => 'Bulk/mass operation — affects multiple targets',
  detect(parsed, decision) {
    const named = parsed.words.some((word) => BULK_WORDS.has(word))
      ? { at: '/name', excerpt: parsed.tool.name.slice(0, 160).toWellFormed() }
      : undefined;
    if (decision.category === 'Read') return atMentions(bulkOperation.id, [named]);
    return [
      ...atMentions(bulkOperation.id, [named, mentionOf(parsed, TO_MANY)]),
      ...atParameters(bulkOperation.id, targetLists(parsed, decision)),
    ];
  },
};

function targetLists({ parameters, acts }: ParsedTool, { category }: Decision): Parameter[] {
  // Only what is acted on: of `Update a key's name, scopes or limits`, the scopes are what the one key gets.
  const heads = new Set(acts.flatMap((act) => headsOf(act).slice(0, 1)));
  const single = parameters.some((parameter) => namesOne(parameter, heads));
  return parameters.filter(({ words, types, depth }) => {
    const last = words.at(-1) ?? '';
    if (depth > 0 || words[0] === 'jq') return false;
    if (SELECTIONS.has(last))
      return category === 'Destructive' || (category === 'Write' && !single && acts.some(({ verb }) => verb === 'update'));
    const noun = singular(last);
    return (
      types.includes('array') &&
      last !== noun &&
      (heads.has(noun) || (IDENTIFIERS.has(noun) ? isOwn(words, heads) : words.length === 1 && TARGETS.has(noun)))
    );
  });
}

/** `id`, or `segmentUuid` of a tool that acts on segments: the one target, so that a condition belongs to it and selects nothing. */
function namesOne({ words, types, depth }: Parameter, heads: ReadonlySet<string>): boolean {
  return depth === 0 && !types.includes('array') && IDENTIFIERS.has(words.at(-1) ?? '') && isOwn(words, heads);
}

/** `ids`, or `user_ids` of a tool that acts on users; the ids of other things are only linked. */
function isOwn(words: readonly string[], heads: ReadonlySet<string>): boolean {
  return words.length === 1 || heads.has(words.at(-2) ?? '');
}
