import { type Act, isDoneTo } from './act.ts';
import { namedOneOf } from './name-set.ts';
import { oncePerTool } from './once-per-tool.ts';
import { type Parameter, takesText } from './parameter.ts';
import type { ParsedTool } from './parsed-tool.ts';
import { phrases } from './phrases.ts';

/** Names of arguments that carry what is run. */
const isNamedCode = namedOneOf(`
  command, commands, cmd, shell, shell command, bash, script, script content, script code, worker script, code, code snippet, code
  content, source code, js code, python code, javascript, js, python, expression, formula, statement, statements, sql statements, sql queries, scripts, sql, raw sql, sql query, sql
  statement, raw query, graphql query, cypher query, cypher, sparql, jql, promql, logql, kql, dql, dql statement, spl, nrql, eval, cell source, mutation,
  command line, commandline, powershell, shell script, lua, groovy, applescript, osascript, vba, macro, function code, handler code, user data, cloud init,
  startup script, init script, entrypoint, sql text, sql string, tsql, plsql, ddl, migration sql, cell code, jscode, pycode, snippet code`);
/** Last words that make a longer name one of code: `csharpCode`, `cli_command`, `buildCommand`. */
const CODE_TAILS: ReadonlySet<string> = phrases('code, command, cmd, script, sql, javascript, cypher');
/** A `code` of another kind: country, error, discount. */
const OTHER_CODE =
  /\b(?:country|currency|language code|iso|postal|post code|zip|area|status|error|promo|coupon|discount|verification|iata|icao|airport|barcode|qr|sms|2fa|otp|totp|mfa|pass ?code|authori[sz]ation|auth code|invite|invitation|product|item|stock|ticker|hs code|unique|short code|tracking|access code|reason|locale|department|account|station|state code|class code|colou?r|voucher|referral|redeem|gift|room|lang|cpt|icd|tax|vendor|return code|exit code|http|response code|pin|join|security code|pairing|phone code|dial)\b/i;
const PROGRAM =
  /\b(?:source|snippet|script|program|javascript|typescript|python|graphql|sql|bash|function|jsx|html|code to|c#|csharp|js|ts|py|vb|cpp|rust|golang|wasm|java|lua|ruby|r code|shell)\b/i;
/** `content` and `body` hold anything; only where the description says so do they hold a script. */
const isNamedContent = namedOneOf('content, contents, body, source, function, text');
const SAYS_SCRIPT =
  /^(?:the )?(?:contents? of (?:the |a )?script|script (?:content|source|body)|source code|(?:javascript|python|typescript|js|code|function) to (?:be )?(?:run|execute|deploy|evaluate)|\(\) ?=>|(?:a )?javascript (?:function|code|expression))/i;
/** Definitions that a cluster or an engine carries out. */
const isNamedDefinition = namedOneOf(
  'manifest, manifests, yaml manifest, manifest yaml, kubernetes manifest, compose file, compose, compose content, compose yaml, docker compose, playbook, terraform code, hcl, dockerfile',
);
const ENGINE = /\b(?:kubernetes|k8s|kubectl|cluster|helm|docker|compose|terraform|ansible|nomad|stack)\b/i;
/** Nobody writes a program in fewer characters. */
const SHORT = 40;

/** What is named after one of these takes programs. */
const RUNNERS: ReadonlySet<string> = phrases('repl, python, interpreter, sandbox, jupyter, notebook, eval, deno, nodejs, shell, console');

/** Text arguments that carry code, a command, a script, an expression or a query in a language, in schema order. */
export const codeParameters: (parsed: ParsedTool) => readonly Parameter[] = oncePerTool(findCodeParameters);

function findCodeParameters({ parameters, acts, words }: ParsedTool): Parameter[] {
  const runs = acts.some(({ sense }) => sense === 'run' || sense === 'inspect') || words.some((word) => RUNNERS.has(word));
  return parameters.filter((parameter) => takesCode(parameter, runs));
}

function takesCode(parameter: Parameter, runs: boolean): boolean {
  const { words } = parameter;
  const holdsCode = isNamedCode(words) || isCodeLike(parameter) || (isNamedContent(words) && SAYS_SCRIPT.test(parameter.description));
  if (!holdsCode) return false;
  const name = words.join(' ');
  if (isShort(parameter) || !(takesText(parameter) || isList(parameter, name))) return false;
  return (
    parameter.words.at(-1) !== 'code' ||
    PROGRAM.test(`${name} ${parameter.description}`) ||
    (runs && !OTHER_CODE.test(`${name} ${parameter.description}`))
  );
}

/** `csharpCode`, `cli_command`; of a `code` the description has to say more. */
function isCodeLike({ words, description }: Parameter): boolean {
  const last = words.at(-1) ?? '';
  if (words.length < 2 || words.length > 4 || !CODE_TAILS.has(last) || OTHER_CODE.test(words.join(' '))) return false;
  return last !== 'code' || PROGRAM.test(`${words.join(' ')} ${description}`);
}

function isList({ types, choices }: Parameter, name: string): boolean {
  return LISTED.test(name) && types.includes('array') && choices.length === 0;
}

const LISTED = /^(?:commands?|sql statements|sql queries|statements|scripts)\b/;

function isShort({ schema }: Parameter): boolean {
  return typeof schema['maxLength'] === 'number' && schema['maxLength'] <= SHORT;
}

/** Text arguments that define what a cluster or an engine is to run. */
export function definitionParameters({ parameters, description, words }: ParsedTool): Parameter[] {
  const found = parameters.filter((parameter) => isNamedDefinition(parameter.words) && takesTextOrObject(parameter));
  return found.length > 0 && ENGINE.test(`${words.join(' ')} ${description.slice(0, MAX_OPENING)}`) ? found : [];
}

const MAX_OPENING = 1000;

function takesTextOrObject(parameter: Parameter): boolean {
  return takesText(parameter) || parameter.types.includes('object') || parameter.types.includes('array');
}

/** Things whose code or command the system runs by itself, without another call that asks for it. */
const SELF_RUNNING: ReadonlySet<string> = phrases(`
  function, edge function, serverless function, cloud function, lambda, action, hook, trigger, worker, worker script, cron job, cronjob, cron, crontab,
  scheduled job, scheduled task, scheduled command, stored procedure, procedure, service, web service, background worker, private service, static site, site,
  app, application, plugin, extension, bot, handler, webhook handler, task definition, pipeline, job definition, event handler, middleware, deployment, pod, hosted site, background job,
  init script, startup script, user script, bootstrap script, userscript`);
/** A definition with more arguments is not about the one that carries code. */
const FEW = 12;

/** Whether what the tool makes or changes runs the code later by itself, and the code is what it is about. */
export function runsByItself(parsed: ParsedTool, parameter: Parameter): boolean {
  if (parameter.depth > 1 || !parsed.acts.some((act) => makes(act) && isDoneTo(act, SELF_RUNNING))) return false;
  return parameter.required || parsed.parameters.filter(({ depth }) => depth === 0).length <= FEW;
}

function makes({ sense, from }: Act): boolean {
  return sense === 'write' && from !== 'further';
}
