import { mentionOf } from '../parsed-tool.ts';
import { type Rule, weigh } from '../rule.ts';
import { speaksOf } from '../speaks-of.ts';
import type { Sense } from '../vocabulary.ts';

const LOSS =
  /\b(?:this|it|which|will|and)\b[^.\n]{0,40}(?<!\b(?:not|never|without|than) )\bpermanently (?:delet|remov|destroy|eras)|(?<!\b(?:not|never|without|than) )\bpermanently (?:delet|remov|destroy|eras|wip)|\b(?:restores?|overwrit\w{1,30})\b[^.\n]{0,60}\b(?:all|existing|current) data\b[^.\n]{0,60}\b(?:lost|replaced|overwritten)\b|\b(?:irreversible|cannot be undone)\b[^.\n]{0,60}\bloss of (?:all|any|existing) data\b|\bcurrent (?:\w{1,20} ){0,2}(?:state|data|contents?) (?:is|are|will be) (?:overwritten|lost|discarded)|\b(?:all|any) (?!unsaved)(?:\w{1,20} ){1,6}(?:is|are|will be) (?:lost|erased|wiped|discarded)\b|\bdiscard(?:s|ing) (?:all|any) (?:\w{1,20} )?changes|\ball data\b[^.\n]{0,60}\b(?:is|will be|gets) (?:lost|erased|wiped|overwritten|deleted|removed|destroyed)\b/i;
const HARMLESS: ReadonlySet<Sense> = new Set<Sense>(['read', 'inspect', 'preview']);

export const statedIrreversibility: Rule = {
  id: 'stated-irreversibility',
  category: 'Destructive',
  finds: 'a statement that the call permanently deletes or overwrites',
  why: 'The author says that data is lost for good, whatever the verb in the name.',
  detect(parsed) {
    if (!speaksOfLoss(parsed) && !(speaksOfData(parsed) && mentionOf(parsed, ALL_DATA))) return [];
    const looks = parsed.acts.some(({ sense, from }) => from === 'lead' && HARMLESS.has(sense));
    const mention = looks ? undefined : mentionOf(parsed, LOSS);
    return mention ? [weigh(statedIrreversibility, mention, 1.6)] : [];
  },
};

/** One of these stands in every statement of it, or `all data` does. */
const speaksOfLoss = speaksOf('permanently, overwrite, lost, loss, wiped, erased, discard, replaced, destroyed');
const speaksOfData = speaksOf('data');
const ALL_DATA = /\ball data\b/i;
