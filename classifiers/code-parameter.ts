import { type Parameter, takesText } from './parameter.ts';
import type { ParsedTool } from './parsed-tool.ts';
import { phrases } from './phrases.ts';

/** Names of arguments that carry what is run. */
const CODE: ReadonlySet<string> = phrases(`
  command, commands, cmd, shell, shell command, bash, script, script content, script code, worker script, code, code snippet, code
  content, source code, js code, python code, javascript, js, python, expression, formula, statement, sql, raw sql, sql query, sql
  statement, raw query, graphql query, cypher query, cypher, sparql, jql, promql, logql, kql, dql, dql statement, spl, nrql, eval`);
/** A `code` of another kind: country, error, discount. */
const OTHER_CODE =
  /\b(?:country|currency|language code|iso|postal|zip|area|status|error|promo|coupon|discount|verification|iata|icao|airport|barcode|sms|2fa|otp|mfa|authori[sz]ation|invite|product|item|stock|ticker|hs code|unique|short code|tracking|access code|reason|locale|department|account|station)\b/i;
const PROGRAM = /\b(?:source|snippet|script|program|javascript|typescript|python|graphql|sql|bash|function|jsx|html|code to)\b/i;
/** `content` and `body` hold anything; only where the description says so do they hold a script. */
const CONTENT: ReadonlySet<string> = phrases('content, contents, body, source');
const SAYS_SCRIPT =
  /^(?:the )?(?:contents? of (?:the |a )?script|script (?:content|source|body)|source code|code to (?:run|execute|deploy))/i;
/** Nobody writes a program in fewer characters. */
const SHORT = 40;

/** Text arguments that carry code, a command, a script, an expression or a query in a language, in schema order. */
export function codeParameters({ parameters, acts }: ParsedTool): Parameter[] {
  const runs = acts.some(({ sense }) => sense === 'run' || sense === 'inspect');
  return parameters.filter((parameter) => takesCode(parameter, runs));
}

function takesCode(parameter: Parameter, runs: boolean): boolean {
  const name = parameter.words.join(' ');
  const holdsCode = CODE.has(name) || (CONTENT.has(name) && SAYS_SCRIPT.test(parameter.description));
  if (!holdsCode || isShort(parameter) || !(takesText(parameter) || isList(parameter, name))) return false;
  return name !== 'code' || PROGRAM.test(parameter.description) || (runs && !OTHER_CODE.test(parameter.description));
}

function isList({ types, choices }: Parameter, name: string): boolean {
  return name.startsWith('command') && types.includes('array') && choices.length === 0;
}

function isShort({ schema }: Parameter): boolean {
  return typeof schema['maxLength'] === 'number' && schema['maxLength'] <= SHORT;
}
