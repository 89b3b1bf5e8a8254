import { codeParameters } from '../code-parameter.ts';
import { type Parameter, takesTextOrTexts } from '../parameter.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import { mainAct, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { languageParameters } from '../query-parameter.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

export const freeformCodeInput: Signal = {
  id: 'freeform-code-input',
  finds: 'an argument for code, a command, a script or a query in a query language',
  why: 'Whatever the argument says is interpreted; injected text becomes behaviour.',
  weight: 0.25,
  label: withParameters('Accepts freeform code/query input'),
  detect: (parsed) =>
    atParameters(
      freeformCodeInput.id,
      isToldInWords(parsed) ? [] : [...new Set([...code(parsed), ...queries(parsed), ...commandLines(parsed)])],
    ),
};

/** `Explain DQL in natural language`: it is described, and nothing runs it. */
function isToldInWords(parsed: ParsedTool): boolean {
  return TELLING.has(mainAct(parsed)?.verb ?? '') && IN_WORDS.test(parsed.description.slice(0, OPENING));
}

const TELLING: ReadonlySet<string> = phrases('explain, describe, summarize, summarise');
const IN_WORDS = /\b(?:natural[- ]language|plain (?:english|language|words)|human[- ]readable)\b/i;

function code(parsed: ParsedTool): Parameter[] {
  return codeParameters(parsed).filter(({ description }) => !IS_NAME.test(description));
}

/** `script: Name of the script to run`. */
const IS_NAME =
  /^(?:the |optional )?(?:unique )?(?:name|id|identifier|slug|uuid|key)s? (?:of|for)\b|^(?:the )?(?:stored |saved )?(?:script|function|macro|command|snippet) (?:name|id|slug|identifier)\b/i;

function queries(parsed: ParsedTool): Parameter[] {
  if (maybeQueries(parsed).length === 0) return [];
  return languageParameters(parsed).filter((parameter) => parameter.words.at(-1) !== 'query' || isInterpreted(parameter, parsed));
}

/** What `languageParameters` chooses from: hardly any tool has one. */
const maybeQueries = parametersEndingWith(phrases('query, body, pipeline, dsl'));

/** `args: the command to run in the sandbox`, `argv` of an exec. */
function commandLines(parsed: ParsedTool): Parameter[] {
  const found = maybeArgv(parsed).filter(
    (parameter) =>
      parameter.words.length === 1 && takesTextOrTexts(parameter) && COMMAND_LINE.test(parameter.description.slice(0, OPENING)),
  );
  const runs = found.length > 0 && (parsed.acts.some(({ sense }) => sense === 'run') || parsed.words.some((word) => RUNNING.has(word)));
  return runs ? found : [];
}

const RUNNING: ReadonlySet<string> = phrases('exec, shell, bash, terminal, sandbox, console');
const maybeArgv = parametersEndingWith(phrases('args, argv, arguments, params, input'));
const COMMAND_LINE = /\b(?:shell|bash|command(?: line)?|program|executable|argv)\b/i;

const LANGUAGE =
  /\b(?:sql(?:\+\+)?|cypher|graphql|gremlin|sparql|aql|cql|promql|logql|traceql|jql|kql|kusto|dql|nrql|soql|sosl|lucene|wiql|spl|jq|jsonpath|xpath|odata|hogql|es\|?ql|query (?:dsl|language|syntax|string|statement|expression)|search syntax|aggregation|mongo\w{0,4}|select|regex|raw query)\b/i;
const QUERYING: ReadonlySet<string> = phrases('query, execute, run, aggregate, explain, validate, exec, translate');
/** Tools made from a docstring describe their arguments there. */
const IN_DOCSTRING = /\bquery\b[^\n:]{0,20}: ?([^\n]{0,100})/i;
const OPENING = 1500;

/** Whether a query is in a language, or nothing says that it is words to search for. */
function isInterpreted({ description, words }: Parameter, parsed: ParsedTool): boolean {
  const opening = parsed.description.slice(0, OPENING);
  const own = description || (IN_DOCSTRING.exec(opening)?.[1] ?? '');
  if (LANGUAGE.test(`${parsed.words.join(' ')} ${words.join(' ')} ${own}`)) return true;
  if (own !== '') return false;
  return QUERYING.has(mainAct(parsed)?.verb ?? '') || LANGUAGE.test(opening.slice(0, 300));
}
