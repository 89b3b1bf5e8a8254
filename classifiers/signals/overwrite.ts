import { mentionOf } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, atParameters, type Signal, withParameters } from '../signal.ts';

const REPLACING: ReadonlySet<string> = phrases('write, edit, upsert, set, put, replace, overwrite, save');
const STATED =
  /\b(?:will|to|may|can) (?:completely )?(?:overwrite|replace)\b|\b(?:overwrites|replaces)\b|(?<!\b(?:than|without|not|never|avoids?|instead of|prevents?) )\boverwriting\b/i;
const FLAGS: ReadonlySet<string> = phrases(
  'overwrite, overwrite existing, replace, replace existing, upsert, allow overwrite, replace all',
);

export const overwrite: Signal = {
  id: 'overwrite',
  finds: 'a call that puts something in the place of what was there',
  why: 'The older content is gone unless something else kept it.',
  weight: 0.12,
  label: withParameters('Overwrites existing content'),
  detect(parsed, { category }) {
    if (category === 'Read') return [];
    const act = parsed.acts.find(({ verb, from }) => (from === 'name' || from === 'lead') && REPLACING.has(verb));
    const flags = parsed.parameters.filter(({ words }) => FLAGS.has(words.join(' ')));
    return [...atMentions(overwrite.id, [act ?? mentionOf(parsed, STATED)]), ...atParameters(overwrite.id, flags)];
  },
};
