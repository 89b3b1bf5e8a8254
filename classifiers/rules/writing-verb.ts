import { type Act, isDoneTo, isTakingOff } from '../act.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import type { Sense } from '../vocabulary.ts';
import { asks } from './reading-verb.ts';

const BOUNDED: ReadonlySet<Sense> = new Set<Sense>([
  'write',
  'send',
  'session',
  'recover',
  'switch',
  'run',
  'clear',
  'move-value',
  'rotate',
]);
/** Resolving one of these marks it done; resolving a name or a path looks it up. */
const SETTLED: ReadonlySet<string> = phrases(`
  thread, discussion, comment, issue, incident, alert, conflict, ticket, conversation, note, detection`);

export const writingVerb: Rule = {
  id: 'writing-verb',
  category: 'Write',
  finds: 'a verb that creates, changes, sends or starts one bounded thing',
  why: 'Something outlives the call: a record, a message, a file, a setting, a session, a job.',
  detect({ acts }) {
    return acts.filter(isBoundedChange).map((act) => weigh(writingVerb, act, act.strength));
  },
};

function isBoundedChange(act: Act): boolean {
  if (act.sense === 'remove') return isTakingOff(act);
  if (act.verb === 'resolve') return isDoneTo(act, SETTLED);
  return BOUNDED.has(act.sense) && !asks(act);
}
