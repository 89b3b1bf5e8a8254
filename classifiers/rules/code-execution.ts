import type { Act } from '../act.ts';
import { phrases } from '../phrases.ts';
import { readingLimit } from '../query-parameter.ts';
import { type Rule, weigh } from '../rule.ts';

const CODE =
  phrases(`code, script, command, sql, javascript, python, shell, bash, cypher, graphql, mutation, statement, snippet, expression, program, powershell,
  jql, api call, api request, http request, api operation, tool call, query`);
/** A query is code only in a language that can change data. */
const LANGUAGES = phrases('sql, cypher, graphql, gremlin, sparql, arbitrary, raw, any');
/** One of these is chosen, not written. */
const PREDEFINED = phrases('saved, predefined, stored, registered, npm, npm script, package, search, named');
const MAKING = phrases('make, perform, submit, send');

export const codeExecution: Rule = {
  id: 'code-execution',
  category: 'Execute',
  finds: 'running code, commands, SQL or arbitrary API calls, said in words',
  why: 'The definition says that what is run comes with the call, even where the schema is unknown.',
  detect(parsed) {
    const runs = parsed.acts.filter(runsCode);
    return runs.length === 0 || readingLimit(parsed) ? [] : runs.map((act) => weigh(codeExecution, act, act.strength));
  },
};

function runsCode(act: Act): boolean {
  if (act.sense !== 'run' && !MAKING.has(act.verb)) return false;
  return act.objects.some((words) => {
    const last = words.at(-1) ?? '';
    if (words.some((word) => PREDEFINED.has(word))) return false;
    if (last === 'query' || last === 'statement') return words.some((word) => LANGUAGES.has(word));
    return CODE.has(words.slice(-2).join(' ')) || (act.sense === 'run' && CODE.has(last));
  });
}
