import { type CarriedThing, carriedThings } from '../carried-things.ts';
import { excerptOf, type Mention } from '../excerpt.ts';
import { namedOneOf } from '../name-set.ts';
import { type Parameter, parameterExcerpt, takesText } from '../parameter.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import { mainAct, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';
import { speaksOf } from '../speaks-of.ts';

const PRIVATE: ReadonlySet<string> = phrases(`
  email, mail, inbox, message, chat, conversation, dm, sms, voicemail, thread, call recording, recording, meeting, meeting transcript,
  appointment, calendar event, file, file attachment, attachment, document, doc, drive, photo, note, notebook, wiki, clipboard,
  camera image, camera snapshot, contact, customer, candidate, applicant, employee, patient, student, client record, lead, deal,
  opportunity, guest, subscriber, recipient, individual, visitor, bank account, external account, internal account, account balance,
  balance, bank balance, leave balance, invoice, bill, payment, payout, transaction, bank transaction, refund, dispute, receipt, order,
  order history, expense, payslip, payroll, pay statement, salary, timesheet, time entry, absence, contract, credit note, purchase,
  purchase order, settlement, journal, ledger, ledger entry, ledger transaction, position, portfolio, holding, credit card,
  wallet balance, budget, income, employment, tax return, trial balance, profit, loss report, balance sheet, cash flow, issue, ticket,
  task, todo, todolist, work item, reminder, merge request, private repository, source code, repository file, snippet, memory,
  knowledge graph, observation, medical record, health record, prescription, lab result, submission, form response, survey response,
  resume, cv, comment, discussion, line item, virtual account, ledger account, leave, account detail, payment order, payment reference,
  search history, browsing history, home directory, database record, row, table row, env file, user, member, team member,
  location history, device location, follower, request log, audit log, audit event, session recording, personal information`);
const SAVING: ReadonlySet<string> = phrases('export, download, save, dump, capture');
/** Not the user's: what everybody can read. */
const PUBLIC_WORDS: ReadonlySet<string> = phrases(`
  public, sample, example, demo, docs, documentation, api, official, template, mock, test, changelog, market, news, allowed, annotated,
  package, success, confirmation, queue, statement, detected, kafka, topic, empty, commit, error, changed, release, input, untracked,
  unstaged, staged, industry, web`);
const PUBLIC_TEXT =
  /\bpublic(?:ly)? (?:available|accessible|known|registry|data|api|profiles?|market|docs?|repositor|feed|posts?|information|npm|package)\b|\b(?:official|api|sdk|library|developer|product|up-to-date) (?:\w{1,20} )?(?:docs|documentation|reference)\b|\barxiv\b|\bwikipedia\b|\bhacker news\b|\breddit\b|\bopen[- ]source\b|\bthe (?:public )?(?:web|internet)\b|\bregistry\b|\bdocumentation\b/i;
/** Tasks of a scheduler. */
const OF_MACHINES = /\b(?:dags?|connectors?|ecs|airflow|celery|gradle|schedulers?|workers?|crawl|batch|background|builds?)\b/i;
/** The size or the rights of a file instead of the file. */
const ABOUT_FILES = /^[^.]{0,40}\b(?:metadata|information about|sizes?|permissions|checksum|exists?|empty)\b/i;
const OPENING = 600;
/** Arguments that hold a query whose answer is rows. */
const SQL_NAMES = 'sql, sql query, sql statement, raw sql, statement, cypher, cypher query, sql text';
const isNamedSql = namedOneOf(SQL_NAMES);
const maybeSql = parametersEndingWith(['query'], phrases(SQL_NAMES));
const SPEAKS_SQL = /\b(?:sql|cypher|sqlite|postgres(?:ql)?|mysql|duckdb|bigquery|snowflake|clickhouse)\b/i;
/** Looks at a query, or makes one, and brings no rows. */
const ABOUT_QUERIES: ReadonlySet<string> = phrases(`
  explain, validate, verify, format, lint, generate, analyze, analyse, optimize, estimate, translate, convert, parse, create, save,
  update, schedule, recommend, get`);
const ROWS =
  /\b(?:find|query|aggregat\w{1,4}|read|fetch|get|gets|retrieves?|returns?|sample|export|scan|search)\b[^.\n]{0,60}\b(?:documents? (?:from|in) (?:a|the|an) (?:\w{1,20} )?(?:collection|index|bucket|database)|rows|records from)\b|\b(?:query|queries|aggregat\w{1,4}|reads?|scans?|samples?|exports?) (?:data |everything |documents |values )?(?:from |in |against |across |on |of )?(?:a|an|the|your) (?:\w{1,20} ){0,2}(?:collection|table|database)\b/i;
/** One of these stands in every mention. */
const speaksOfRows = speaksOf('documents, rows, records, collection, table, database');
/** About the table instead of its rows. */
const ABOUT_TABLES =
  /\b(?:schema|columns?|metadata|statistics|index(?:es)?|mappings?|count|size|names?|list of|plan|structure|ddl|lineage|partitions?|stats|version|health|description|number of|estimate|status|migrations?|backups?|replicas?|tags?|permissions?|forks?|connections?|definitions?|storage)\b/i;

export const privateData: Signal = {
  id: 'private-data',
  finds:
    'an answer with private data of the user or the organisation: mails, files, documents, customers, calendars, transactions, tickets, rows of a database',
  why: 'The model has it from then on, and whatever the model can reach may get it.',
  weight: 0.15,
  label: () => 'Returns private data',
  detect(parsed, { category }) {
    const carried = carriedThings(parsed);
    const things = carried.filter(
      // What is downloaded to a file is not in the answer.
      (thing) =>
        isPrivate(thing) && (category === 'Read' || !SAVING.has(thing.act.verb)) && !carried.some((other) => describes(other, thing)),
    );
    const thing = things[0];
    const found = thing
      ? things.some(isCalledPublic) || isPublic(parsed, thing)
        ? undefined
        : thing.act
      : (queried(parsed) ?? rowsOf(parsed));
    return atMentions(privateData.id, [found]);
  },
};

function isPrivate({ head, pair }: CarriedThing): boolean {
  return (PRIVATE.has(head) || PRIVATE.has(pair)) && pair !== 'credit balance';
}

/** `permission document`, `spec file`: something about a thing, or the definition of one, instead of the thing. */
function describes({ head, words }: CarriedThing, thing: CarriedThing): boolean {
  return head === thing.head && words.slice(0, -1).some((word) => DESCRIBING.has(word));
}

const DESCRIBING: ReadonlySet<string> = phrases(`
  permission, tag, status, schema, setting, template, type, migration, spec, specification, definition, quota, policy, version, openapi, count,
  config, configuration, preference, metadata, label, manifest, collection, openapi, swagger, event type, model, sdk, interface, mapping, layout`);

/** Where one mention says so, the others mean the same. */
function isCalledPublic({ words, act }: CarriedThing): boolean {
  return words.some((word) => PUBLIC_WORDS.has(word)) || PUBLIC_WORDS.has(act.source);
}

function isPublic({ description }: ParsedTool, { head }: CarriedThing): boolean {
  const opening = description.slice(0, OPENING);
  return PUBLIC_TEXT.test(opening) || (head === 'task' && OF_MACHINES.test(opening)) || (head === 'file' && ABOUT_FILES.test(opening));
}

function queried(parsed: ParsedTool): Mention | undefined {
  const main = mainAct(parsed);
  if (!main || ABOUT_QUERIES.has(main.verb)) return undefined;
  const sql = maybeSql(parsed).find((parameter) => holdsSql(parameter, parsed));
  return sql && { at: sql.at, excerpt: parameterExcerpt(sql) };
}

function holdsSql(parameter: Parameter, { description, words }: ParsedTool): boolean {
  if (parameter.depth > 1 || !takesText(parameter)) return false;
  if (isNamedSql(parameter.words)) return true;
  if (parameter.words.at(-1) !== 'query') return false;
  return SPEAKS_SQL.test(`${words.join(' ')} ${parameter.description.slice(0, OPENING)} ${description.slice(0, OPENING)}`);
}

function rowsOf(parsed: ParsedTool): Mention | undefined {
  if (!speaksOfRows(parsed)) return undefined;
  const main = mainAct(parsed);
  if (main && main.sense !== 'read' && main.sense !== 'run' && main.sense !== 'download') return undefined;
  const lead = parsed.description.slice(0, OPENING).split(/[.\n]/, 1)[0] ?? '';
  return ROWS.test(lead) && !ABOUT_TABLES.test(lead) ? { at: '/description', excerpt: excerptOf(lead) } : undefined;
}
