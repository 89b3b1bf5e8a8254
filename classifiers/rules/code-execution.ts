import { type Act, headsOf } from '../act.ts';
import { phrases } from '../phrases.ts';
import { readingLimit } from '../query-parameter.ts';
import { type Rule, weigh } from '../rule.ts';

const CODE: ReadonlySet<string> =
  phrases(`code, script, command, sql, javascript, python, shell, bash, cypher, graphql, mutation, statement, snippet, expression, program, powershell,
  jql, api call, api request, http request, api operation, tool call, query, subcommand, cli, cli command, exploit, exploit module, payload, shellcode`);
/** What is made or sent, as code is run. */
const CALLS: ReadonlySet<string> = phrases(
  'api call, api request, http request, api operation, tool call, graphql mutation, rpc call, sql query, sql statement',
);
/** They take commands of their own, a few and fixed ones. */
const MACHINES: ReadonlySet<string> = phrases(
  'device, robot, bot, player, light, drone, vehicle, car, speaker, tv, media, vacuum, appliance, lock, sensor, printer',
);
/** A query is code only in a language that can change data. */
const LANGUAGES = phrases('sql, cypher, graphql, gremlin, sparql, arbitrary, raw, any, insert, update, delete, write, dml, ddl');
/** One of these is chosen, not written. */
const PREDEFINED = phrases('saved, predefined, stored, registered, npm, npm script, package, search, named');
const MAKING = phrases('make, perform, submit, send, issue');

export const codeExecution: Rule = {
  id: 'code-execution',
  category: 'Execute',
  finds: 'running code, commands, SQL or arbitrary API calls, said in words',
  why: 'The definition says that what is run comes with the call, even where the schema is unknown.',
  detect(parsed) {
    const runs = parsed.acts.filter(runsCode);
    if (runs.length === 0 || readingLimit(parsed)) return [];
    const kinds = parsed.acts.filter(isKindOfStatement).map((act) => weigh(codeExecution, act, -act.strength, 'Destructive'));
    return [...runs.map((act) => weigh(codeExecution, act, act.strength)), ...kinds];
  },
};

/** `Execute an INSERT, UPDATE or DELETE query` runs what it is given, whichever of them. */
function isKindOfStatement(act: Act): boolean {
  return act.sense === 'destroy' && act.from === 'further' && headsOf(act).some((head) => STATEMENTS.has(head));
}

const STATEMENTS: ReadonlySet<string> = phrases('query, statement, sql, command');

function runsCode(act: Act): boolean {
  if (act.sense !== 'run' && !MAKING.has(act.verb)) return false;
  return act.objects.some((words) => {
    const last = words.at(-1) ?? '';
    if (words.some((word) => PREDEFINED.has(word))) return false;
    if (last === 'query' || last === 'statement') return words.some((word) => LANGUAGES.has(word));
    if (act.sense === 'run') return CODE.has(words.slice(-2).join(' ')) || CODE.has(last);
    return (
      CALLS.has(words.slice(-2).join(' ')) ||
      isHttpRequest(words) ||
      (last === 'command' && ![...words, act.target].some((word) => MACHINES.has(word)))
    );
  });
}

/** `Send an HTTP/1.1 request` of any method. */
function isHttpRequest(words: readonly string[]): boolean {
  return words.at(-1) === 'request' && words.some((word) => word.startsWith('http')) && !words.some((word) => LOOKING.has(word));
}

const LOOKING: ReadonlySet<string> = phrases('get, head, options');
