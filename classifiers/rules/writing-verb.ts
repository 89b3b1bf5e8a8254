import { type Act, headsOf, isDoneTo, isTakingOff } from '../act.ts';
import type { ParsedTool } from '../parsed-tool.ts';
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
  detect(parsed) {
    const changes = parsed.acts.filter((act) => isBoundedChange(act) || isConversionInPlace(act, parsed));
    return changes.map((act) => weigh(writingVerb, act, act.strength));
  },
};

/** `Convert an issue to a subtask` of an `issueId`, where the author does not call it read-only: the stored thing is another afterwards. */
function isConversionInPlace(act: Act, { tool, parameters }: ParsedTool): boolean {
  if (act.verb !== 'convert' || tool.annotations?.readOnlyHint !== false) return false;
  return headsOf(act).some((head) => parameters.some(({ words, depth }) => depth === 0 && words.join(' ') === `${head} id`));
}

function isBoundedChange(act: Act): boolean {
  if (act.sense === 'remove') return isTakingOff(act);
  if (act.verb === 'resolve') return isDoneTo(act, SETTLED);
  return BOUNDED.has(act.sense) && !asks(act);
}
