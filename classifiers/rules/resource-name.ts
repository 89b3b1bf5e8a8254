import { excerptOf } from '../excerpt.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { singular } from '../singular.ts';

/** What is passed on to be kept or carried out. */
const CONTENT: ReadonlySet<string> = phrases(
  'body, data, payload, content, contents, text, message, value, values, input, inputs, update, updates, record, records, item, items, code, command, action, operation, method, fields, properties',
);
const HINT = 0.6;

export const resourceName: Rule = {
  id: 'resource-name',
  category: 'Read',
  finds: 'a name that is only a plural thing, where no argument carries anything to keep',
  why: 'Without a verb, `users` with a `limit` more likely lists users than makes one. It is a guess, and says so by its weight.',
  detect(parsed) {
    const { tool, acts, parameters } = parsed;
    if (acts.length > 0 || !isPlural(parsed.ownWords.at(-1) ?? '')) return [];
    const carries = parameters.some(({ depth, words }) => depth === 0 && CONTENT.has(words.at(-1) ?? ''));
    return carries ? [] : [weigh(resourceName, { at: '/name', excerpt: excerptOf(tool.name) }, HINT)];
  },
};

function isPlural(word: string): boolean {
  return word.length > 3 && singular(word) !== word;
}
