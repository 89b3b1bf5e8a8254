import { isDoneTo } from '../act.ts';
import { codeParameters } from '../code-parameter.ts';
import { parameterExcerpt } from '../parameter.ts';
import { mainAct, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { queryParameters, readingLimit, speaksFullLanguage } from '../query-parameter.ts';
import { type Rule, weigh } from '../rule.ts';
import { asks } from './reading-verb.ts';

const RUN = 3;
const UNKNOWN = 2;
const KEPT = 0.4;
/** What is put into one of these is run by it, without another call. */
const SCHEDULES: ReadonlySet<string> = phrases('cron job, cronjob, cron, crontab, scheduled job, scheduled task, scheduled command');

export const freeformCode: Rule = {
  id: 'freeform-code',
  category: 'Execute',
  finds: 'an argument that carries a command, code, a script or a query that may change data',
  why: 'Whoever fills the argument in runs whatever the server may run.',
  detect(parsed) {
    if (readingLimit(parsed)) return [];
    const weight = weightOf(parsed);
    const queries = queryParameters(parsed).filter((parameter) => speaksFullLanguage(parsed, parameter));
    const found = [...codeParameters(parsed), ...queries];
    return found.slice(0, 1).map((parameter) => weigh(freeformCode, { at: parameter.at, excerpt: parameterExcerpt(parameter) }, weight));
  },
};

/** Code that is run, or may be; code that is only looked at or stored is not run by this call. */
function weightOf(parsed: ParsedTool): number {
  if (parsed.acts.some((act) => act.sense === 'run' || (act.sense === 'write' && isDoneTo(act, SCHEDULES)))) return RUN;
  const main = mainAct(parsed);
  if (!main || asks(main) || main.verb === 'query') return UNKNOWN;
  if (main.sense === 'read' && (main.vague || main.verb === 'get' || main.verb === 'return')) return UNKNOWN;
  return KEPT;
}
