import { phrases } from './phrases.ts';
import { isJoint } from './sentence.ts';
import type { Word } from './words.ts';

/** `perform actions like get …, create …`, `operations: insert, update, delete`. */
export function opensActionList(sentence: readonly Word[], index: number): boolean {
  const before = sentence[index - 1]?.text ?? '';
  if (sentence[index]?.verb === undefined || !LIST_OPENINGS.has(before)) return false;
  return sentence.slice(Math.max(0, index - LIST_REACH), index).some(({ text }) => ACTIONS.has(text));
}

const LIST_OPENINGS = phrases('like, as, including, :, include');
const ACTIONS = phrases('action, actions, operation, operations, crud');
const LIST_REACH = 8;

/** What only stands behind a word that acts: `and save it`. */
export const DETERMINERS = phrases('it, them, the, a, an, this, these, its, your');

/** `…, update the page` does something; `… for issues, update, or content` lists nouns. */
export function hasObject(sentence: readonly Word[], index: number): boolean {
  const next = sentence[index + 1];
  return next !== undefined && !isJoint(next) && next.text !== ')';
}

/** `Update the app and redeploy` */
export function endsWith(sentence: readonly Word[], index: number): boolean {
  return index === sentence.length - 1 && sentence[index - 1]?.text === 'and';
}

/** `Move (share) …`, `Create (or update) …`. */
export function isAlias(sentence: readonly Word[], index: number, start: number): boolean {
  return index === start + 1 || sentence[index + 1]?.text === 'or';
}

/** `for dynamic problem solving` */
export function isForWhat(sentence: readonly Word[], index: number): boolean {
  const before = sentence.slice(Math.max(0, index - 5), index).map(({ text }) => text);
  return (
    before.includes('for') &&
    !before.some((word) => word === 'by' || word === 'when' || word === 'while' || word === 'after' || word === 'before')
  );
}

/** `for a human to approve`: somebody else does it, later. */
export function isDoneByOthers(sentence: readonly Word[], index: number): boolean {
  const before = sentence.slice(Math.max(0, index - 5), index - 1).map(({ text }) => text);
  const at = before.lastIndexOf('for');
  return at >= 0 && at < before.length - 1 && !before.slice(at + 1).some((word) => CALLERS.has(word));
}

const CALLERS = phrases(
  'you, user, users, agent, agents, ai, llm, llms, client, clients, assistant, assistants, model, models, tool, method, way',
);
