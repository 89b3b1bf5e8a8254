import { isReading } from './act.ts';
import { excerptOf, type Mention } from './excerpt.ts';
import { namedOneOf } from './name-set.ts';
import { type Parameter, takesText } from './parameter.ts';
import { mainAct, mentionOf, type ParsedTool } from './parsed-tool.ts';

const FULL_LANGUAGE =
  /\b(?:sql|sqlite|mysql|postgres(?:ql)?|mariadb|duckdb|clickhouse|ddl|cypher|graphql|gremlin|sparql|aql|cql|surrealql|n1ql|mongo(?:db)? (?:shell|command))\b/i;
const READ_LANGUAGE =
  /\b(?:promql|logql|traceql|jql|kql|kusto|dql|nrql|soql|sosl|lucene|wiql|spl|jq|jsonpath|xpath|odata|log analytics|logs? insights|hogql|search syntax|query dsl)\b/i;
const STATED_READ_ONLY =
  /\bread[- ]only (?:sql|query|queries|transaction|statement|cypher|command|access|mode|graphql|shell|allowlist|operation)|\bread[- ]only\b[^.\n]{0,40}\b(?:sql|quer|select|statement|command)|\bselect[- ]only\b|\bonly (?:(?:allows?|accepts?|supports?|permits?) )?(?:read[- ]only )?select\b|\bselect (?:query|queries|statements?)\b|\bno (?:writes|mutations)\b|\b(?:mutations?|writ(?:e|es|ing)|modif\w{1,10}|dml|ddl|data changes|updates?)(?: (?:queries|query|clauses?|statements?|operations?|commands?))?(?: and \w{1,20})? (?:are|is|will be|get) (?:not (?:allowed|permitted|supported|accepted|possible|executed)|rejected|blocked|refused|forbidden|disallowed|prohibited|denied|disabled|prevented)|\bonly (?:match|read|select|get|retrieval|non-?mutating)(?:[/ ,]{1,2}(?:and |or )?(?:match|explain|with|show|describe|select|pragma)){0,6} (?:queries|query|statements?|operations?|commands?|clauses?)\b|\bin (?:a )?read(?:[- ]only| mode)\b/i;
const SEARCH_TEXT =
  /\b(?:search(?:ed|ing)?|keywords?|natural[- ]language|questions?|text|terms?|phrases?|topic|look(?:ing)? (?:for|up)|names?|find|title|describe|rerank)\b/i;
const isNamedQuery = namedOneOf('query body, pipeline, aggregation pipeline, query dsl');

/** `Run a query against the database` */
const DATABASE =
  /\b(?:run|execute)s? (?:an? |the |any |arbitrary )?(?:[\w-]{1,20} )?quer(?:y|ies) (?:on|against|in) (?:the |a |an |your )?(?:[\w-]{1,20} ){0,3}(?:database|warehouse|db)\b/i;

/** The language of a tool is named at the beginning of its description; all of it, for each parameter, would not be linear. */
const MAX_OPENING = 1000;

/** Arguments named `query` that take free text, in a query language or not. */
export function queryParameters({ parameters }: ParsedTool): Parameter[] {
  return parameters.filter((parameter) => parameter.depth <= 1 && parameter.words.at(-1) === 'query' && takesText(parameter));
}

/** Those that are, or may be, in a query language, and query documents; a search text is neither. */
export function languageParameters(parsed: ParsedTool): Parameter[] {
  const queries = new Set(queryParameters(parsed).filter((parameter) => !isSearchText(parsed, parameter)));
  return parsed.parameters.filter((parameter) => queries.has(parameter) || isQueryDocument(parameter));
}

function isSearchText(parsed: ParsedTool, { description, words }: Parameter): boolean {
  const said = `${parsed.words.join(' ')} ${words.join(' ')} ${description}`;
  if (FULL_LANGUAGE.test(said) || READ_LANGUAGE.test(said)) return false;
  return description === '' ? mainAct(parsed)?.verb === 'search' : SEARCH_TEXT.test(description);
}

function isQueryDocument({ words, types }: Parameter): boolean {
  return isNamedQuery(words) && (types.length === 0 || types.includes('object') || types.includes('array'));
}

/** Whether a query is in a language that can change data. */
export function speaksFullLanguage(parsed: ParsedTool, parameter: Parameter): boolean {
  const said = `${parsed.words.join(' ')} ${parameter.description}`;
  if (READ_LANGUAGE.test(said)) return false;
  const opening = parsed.description.slice(0, MAX_OPENING);
  return FULL_LANGUAGE.test(said) || ((FULL_LANGUAGE.test(opening) || DATABASE.test(opening)) && !READ_LANGUAGE.test(opening));
}

/** Where the definition limits queries or commands to reading: a read-only transaction, SELECT only, a language that cannot change data. */
export function readingLimit(parsed: ParsedTool): Mention | undefined {
  return mentionOf(parsed, STATED_READ_ONLY) ?? mentionOf(parsed, READ_LANGUAGE) ?? limitedParameter(parsed) ?? limitedName(parsed);
}

/** `run_select_query`, `read_query`: all that is said, where the description does not speak of anything else. */
function limitedName({ tool, words, acts }: ParsedTool): Mention | undefined {
  const named = NAMED_READ_ONLY.test(words.join(' ')) && acts.every((act) => isReading(act) || act.sense === 'run');
  return named ? { at: '/name', excerpt: excerptOf(tool.name) } : undefined;
}

const NAMED_READ_ONLY = /\b(?:select|read|readonly|read only) (?:query|queries|sql|statement|cypher)\b/;

function limitedParameter({ parameters }: ParsedTool): Mention | undefined {
  const limited = parameters.find(({ description, words }) => STATED_READ_ONLY.test(description) || READ_LANGUAGE.test(words.join(' ')));
  return limited && { at: limited.at, excerpt: excerptOf(limited.description || limited.name) };
}
