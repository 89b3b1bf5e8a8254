import { mentionOf } from '../parsed-tool.ts';
import { type Rule, weigh } from '../rule.ts';
import type { Sense } from '../vocabulary.ts';

const LOSS =
  /\b(?:this|it|which|will|and)\b[^.\n]{0,40}\bpermanently (?:delet|remov|destroy|eras)|\bpermanently (?:delet|remov|destroy|eras|wip)|\b(?:restores?|overwrit\w{1,30})\b[^.\n]{0,60}\b(?:all|existing|current) data\b[^.\n]{0,60}\b(?:lost|replaced|overwritten)\b|\b(?:irreversible|cannot be undone)\b[^.\n]{0,60}\bloss of (?:all|any|existing) data\b|\ball data\b[^.\n]{0,60}\bwill be (?:lost|erased|wiped|overwritten)\b/i;
const HARMLESS: ReadonlySet<Sense> = new Set<Sense>(['read', 'inspect', 'preview']);

export const statedIrreversibility: Rule = {
  id: 'stated-irreversibility',
  category: 'Destructive',
  finds: 'a statement that the call permanently deletes or overwrites',
  why: 'The author says that data is lost for good, whatever the verb in the name.',
  detect(parsed) {
    const mention = mentionOf(parsed, LOSS);
    const looks = parsed.acts.some(({ sense, from }) => from === 'lead' && HARMLESS.has(sense));
    return mention && !looks ? [weigh(statedIrreversibility, mention, 1.2)] : [];
  },
};
