import { type Act, isDoneTo, isReading } from '../act.ts';
import { worksOnGiven } from '../given-content.ts';
import { type Rule, weigh } from '../rule.ts';
import { SYMBOLS } from '../things.ts';

/** Words that end `execute a query`, `run a report`: the act only asks. */
const QUESTIONS: ReadonlySet<string> = new Set(
  'query question search aggregation review diagnostic report audit analysis analyzer check scan lookup comparison validation calculation simulation benchmark lint linter eslint checker typecheck typechecker validator preview forecast prediction assessment inspection debugging debugger'.split(
    ' ',
  ),
);

export const readingVerb: Rule = {
  id: 'reading-verb',
  category: 'Read',
  finds: 'a verb that only looks, in the name or leading the description',
  why: 'Getting, listing, searching, checking or calculating leaves everything as it was.',
  detect({ acts, parameters }) {
    const looks = acts.filter((act) => isReading(act) || asks(act) || isGoneTo(act) || worksOnGiven(act, parameters));
    return looks.map((act) => weigh(readingVerb, act, act.strength));
  },
};

/** `Go to definition` */
function isGoneTo(act: Act): boolean {
  return act.verb === 'goto' && isDoneTo(act, SYMBOLS);
}

/** `audit tools` audit. */
const TOOLS: ReadonlySet<string> = new Set(['tool', 'mode', 'suite', 'scanner']);

/** The answer is not waited for: a job goes on after the call. */
const STARTING: ReadonlySet<string> = new Set(['trigger', 'launch', 'kickoff', 'dispatch', 'retry', 'rerun']);

/** A `view function` of a contract only answers. */
function isView(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return (last === 'function' || last === 'method') && words.some((word) => word === 'view' || word === 'readonly' || word === 'getter');
}

/** Whether the act runs something that only asks a question. */
export function asks(act: Act): boolean {
  return (
    act.sense === 'run' &&
    !STARTING.has(act.verb) &&
    act.objects.some(
      (words) =>
        QUESTIONS.has(words.at(-1) ?? '') ||
        words.includes('read') ||
        isView(words) ||
        words.includes('aggregation') ||
        (TOOLS.has(words.at(-1) ?? '') && QUESTIONS.has(words.at(-2) ?? '')),
    )
  );
}
