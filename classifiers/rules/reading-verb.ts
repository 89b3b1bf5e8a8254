import { type Act, isReading } from '../act.ts';
import { type Rule, weigh } from '../rule.ts';

/** Words that end `execute a query`, `run a report`: the act only asks. */
const QUESTIONS: ReadonlySet<string> = new Set(
  'query search aggregation review diagnostic report audit analysis analyzer check scan lookup test comparison validation diagnostic calculation simulation benchmark lint preview'.split(
    ' ',
  ),
);

export const readingVerb: Rule = {
  id: 'reading-verb',
  category: 'Read',
  finds: 'a verb that only looks, in the name or leading the description',
  why: 'Getting, listing, searching, checking or calculating leaves everything as it was.',
  detect({ acts }) {
    return acts.filter((act) => isReading(act) || asks(act)).map((act) => weigh(readingVerb, act, act.strength));
  },
};

/** The answer is not waited for: a job goes on after the call. */
const STARTING: ReadonlySet<string> = new Set(['trigger', 'launch', 'kickoff', 'dispatch']);

/** Whether the act runs something that only asks a question. */
export function asks(act: Act): boolean {
  return (
    act.sense === 'run' &&
    !STARTING.has(act.verb) &&
    act.objects.some((words) => QUESTIONS.has(words.at(-1) ?? '') || words.includes('read'))
  );
}
