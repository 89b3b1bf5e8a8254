import type { Category, CategoryEvidence } from '../../src/model/classification.ts';
import { isJsonObject, jsonPointer } from '../../src/model/json.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { identifierWords } from '../words.ts';

/** What an answer at its top level says that happened. A record has an id, too, so ids of records say nothing. */
const OUTCOMES: readonly (readonly [Category, ReadonlySet<string>])[] = [
  ['Destructive', phrases('deleted, deleted count, removed count, purged, destroyed, rows deleted, is deleted, deleted ids, deleted id')],
  [
    'Financial',
    phrases('transaction hash, tx hash, txid, tx id, payment intent id, refund id, charge id, payout id, transfer id, amount charged'),
  ],
  [
    'Write',
    phrases(`created, updated, sent, saved, saved path, output path, rows affected, affected rows, modified count, inserted count, inserted id, updated count,
      message sent, uploaded, was created, created id`),
  ],
];
const HINT = 0.5;
/** Properties of an answer that are looked at. */
const MAX_PROPERTIES = 200;

export const outcomeAnswer: Rule = {
  id: 'outcome-answer',
  category: 'Write',
  finds: 'an output schema whose answer says that something was changed, sent, deleted or paid',
  why: 'A call that answers `deleted: true` or with a transaction hash has done more than look. It says little alone.',
  detect({ tool }) {
    const properties = tool.outputSchema?.['properties'];
    if (!isJsonObject(properties)) return [];
    for (const name of Object.keys(properties).slice(0, MAX_PROPERTIES)) {
      const found = outcomeIn(name);
      if (found) return [found];
    }
    return [];
  },
};

function outcomeIn(name: string): CategoryEvidence | undefined {
  const words = identifierWords(name.slice(0, MAX_NAME)).join(' ');
  const outcome = OUTCOMES.find(([, names]) => names.has(words));
  if (!outcome) return undefined;
  const at = `/outputSchema${jsonPointer(['properties', name])}`;
  return weigh(outcomeAnswer, { at, excerpt: name.slice(0, MAX_NAME) }, HINT, outcome[0]);
}

const MAX_NAME = 100;
