import { type Act, isDoneTo } from '../act.ts';
import { codeParameters, definitionParameters, runsByItself } from '../code-parameter.ts';
import { type Parameter, parameterExcerpt, takesText } from '../parameter.ts';
import { mainAct, mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { queryParameters, readingLimit, speaksFullLanguage } from '../query-parameter.ts';
import { type Rule, weigh } from '../rule.ts';
import { asks } from './reading-verb.ts';

const RUN = 3;
const UNKNOWN = 2;
const KEPT = 0.4;
/** What a command line is handed to. */
const SHELL = /\b(?:shell|bash|powershell|terminal|ssh|cli|command[- ]line|subprocess)\b/i;
const COMMANDS: ReadonlySet<string> = phrases('command, commands, cmd, cli command, shell command, command line, bash, shell');
/** `Evaluate JavaScript in the page` runs it; `Evaluate a mathematical expression` calculates. */
const PROGRAMS: ReadonlySet<string> = phrases('javascript, javascript expression, js, python, script, code, javascript code, lua, page');
const NOT_RUN =
  /\b(?:(?:is|are) (?:never|not) (?:executed|run|evaluated)|never (?:executed|executes|runs|evaluated)|(?:does not|doesn't|without) (?:execut|run)\w{0,5})\b/i;
/** What a query answers with: getting these is running it. */
const ANSWERS: ReadonlySet<string> = phrases('data, result, row, record, output, response, answer, value, table, result set');

export const freeformCode: Rule = {
  id: 'freeform-code',
  category: 'Execute',
  finds: 'an argument that carries a command, code, a script or a query that may change data',
  why: 'Whoever fills the argument in runs whatever the server may run.',
  detect(parsed) {
    const found = [...codeParameters(parsed), ...queryParameters(parsed).filter((parameter) => speaksFullLanguage(parsed, parameter))];
    const parameter = found[0] ?? definedBy(parsed) ?? typedIn(parsed);
    if (!parameter || readingLimit(parsed)) return [];
    return [weigh(freeformCode, { at: parameter.at, excerpt: parameterExcerpt(parameter) }, weightOf(parsed, parameter))];
  },
};

/** What is applied to a cluster, where it is not only looked at. */
function definedBy(parsed: ParsedTool): Parameter | undefined {
  const main = mainAct(parsed);
  return main && (main.sense === 'write' || main.sense === 'operate' || main.sense === 'run') ? definitionParameters(parsed)[0] : undefined;
}

/** `Send keys to a terminal`: whoever types into a shell runs what is typed. */
function typedIn({ acts, parameters }: ParsedTool): Parameter | undefined {
  const typing = acts.some(({ verb, target, from }) => TYPING.has(verb) && from !== 'further' && TERMINALS.has(target));
  return typing
    ? parameters.find((parameter) => parameter.depth === 0 && TYPED.has(parameter.words.join(' ')) && takesText(parameter))
    : undefined;
}

const TYPING: ReadonlySet<string> = phrases('send, write, type, paste, submit');
const TERMINALS: ReadonlySet<string> = phrases('terminal, shell, pty, tmux, pane, repl, tty, console, process');
const TYPED: ReadonlySet<string> = phrases('keys, input, text, data, content, line, stdin');

/** Code that is run, or may be; code that is only looked at or stored is not run by this call. */
function weightOf(parsed: ParsedTool, parameter: Parameter): number {
  if (mentionOf(parsed, NOT_RUN)) return KEPT;
  if (calculates(parsed, parameter)) return KEPT;
  if (
    parsed.acts.some(runs) ||
    changesDatabase(parsed, parameter) ||
    runsByItself(parsed, parameter) ||
    definitionParameters(parsed).includes(parameter) ||
    parameter === typedIn(parsed)
  )
    return RUN;
  if (COMMANDS.has(parameter.words.join(' ')) && SHELL.test(`${parsed.description.slice(0, MAX_OPENING)} ${parameter.description}`))
    return UNKNOWN;
  const main = mainAct(parsed);
  if (!main || asks(main) || main.verb === 'query') return UNKNOWN;
  if (main.sense === 'read' && (DOING.has(main.verb) || ((main.verb === 'get' || main.verb === 'return') && isDoneTo(main, ANSWERS))))
    return UNKNOWN;
  return KEPT;
}

/** Verbs that say no more than that something is done. */
const DOING: ReadonlySet<string> = phrases('perform, take, open, load, access, request, give');

/** SQL that comes with `Create a table` or `Apply a migration` is run; with `Create a chart` it is kept. */
function changesDatabase({ acts, description: whole }: ParsedTool, { words, description }: Parameter): boolean {
  if (!SQL.test(`${words.join(' ')} ${description} ${whole.slice(0, MAX_OPENING)}`)) return false;
  return acts.some((act) => CHANGES.has(act.sense) && act.from !== 'further' && isDoneTo(act, DATABASE));
}

const SQL = /\b(?:sql|ddl|dml)\b/i;
const CHANGES: ReadonlySet<string> = phrases('write, destroy, remove, operate');
const DATABASE: ReadonlySet<string> = phrases(
  'table, migration, schema, row, record, data, database, column, trigger, function, procedure, stored procedure, transaction, constraint, partition, materialized view',
);

/** `Evaluate a mathematical expression` */
function calculates({ words, description }: ParsedTool, parameter: Parameter): boolean {
  const last = parameter.words.at(-1) ?? '';
  return CALCULATED.has(last) && MATHS.test(`${words.join(' ')} ${description.slice(0, MAX_OPENING)} ${parameter.description}`);
}

const CALCULATED: ReadonlySet<string> = phrases('expression, formula, equation');
const MATHS = /\b(?:math\w{0,9}|arithmetic|calc\w{0,8}|numeric\w{0,3}|equations?|algebra\w{0,3}|symbolic)\b/i;

const MAX_OPENING = 1000;

function runs(act: Act): boolean {
  return (act.sense === 'run' && !asks(act)) || (act.verb === 'evaluate' && isDoneTo(act, PROGRAMS));
}
