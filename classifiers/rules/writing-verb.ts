import { type Act, headsOf, isDoneTo, isPutDown, isTakingOff } from '../act.ts';
import { worksOnGiven } from '../given-content.ts';
import { worksOnScreen } from '../live-surface.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { CONTEXTS, SYMBOLS, TAKEN_OFF, TRANSIENT, UNGUARDED } from '../things.ts';
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
  'operate',
]);

export const writingVerb: Rule = {
  id: 'writing-verb',
  category: 'Write',
  finds: 'a verb that creates, changes, sends or starts one bounded thing',
  why: 'Something outlives the call: a record, a message, a file, a setting, a session, a job.',
  detect(parsed) {
    const changes = parsed.acts.filter((act) => isBoundedChange(act, parsed) || isReworkedInPlace(act, parsed) || isVerdict(act, parsed));
    return changes.map((act) => weigh(writingVerb, act, act.strength));
  },
};

/** `Convert an issue to a subtask`, `Format a section` of an `issueId` or `sectionId`: the stored thing is another afterwards, unless it is only given in another format. */
function isReworkedInPlace(act: Act, { tool, parameters }: ParsedTool): boolean {
  if (!REWORKING.has(act.verb) || FORMATS.has(act.target) || tool.annotations?.readOnlyHint === true) return false;
  return headsOf(act).some((head) =>
    parameters.some(
      ({ words, depth }) => depth === 0 && words.at(-1) === 'id' && (words.at(-2) === head || (act.verb === 'format' && words.length > 1)),
    ),
  );
}

const REWORKING: ReadonlySet<string> = phrases('convert, format');
const FORMATS: ReadonlySet<string> = phrases(
  'pdf, html, markdown, json, csv, text, png, jpg, jpeg, svg, xml, yaml, base64, format, image, currency, docx',
);

/** `Grade a submission` with the `score` given: the caller's verdict is kept. */
function isVerdict(act: Act, { parameters }: ParsedTool): boolean {
  if (!JUDGING.has(act.verb)) return false;
  const top = parameters.filter(({ depth }) => depth === 0).map(({ words }) => words.at(-1) ?? '');
  return top.some((word) => VERDICTS.has(word)) && top.includes('id');
}

const JUDGING: ReadonlySet<string> = phrases('grade, score, rate, review, classify, rank, assess');
const VERDICTS: ReadonlySet<string> = phrases('grade, score, rating, points, verdict, decision, feedback, classification, stars, outcome');

function isBoundedChange(act: Act, parsed: ParsedTool): boolean {
  if (act.sense === 'remove') return isTakingOff(act);
  if (act.sense === 'grant') return isDoneTo(act, UNGUARDED);
  if (act.sense === 'destroy') return isHarmlessEnd(act);
  const done = DONE_TO.get(act.verb);
  if (done && isDoneTo(act, done)) return true;
  if (act.verb === 'list') return isOfferedForSale(act, parsed);
  if (act.verb === 'extract') return EXTRACTED_TO.has(act.target);
  if (act.verb === 'report') return act.from !== 'name' && isDoneTo(act, REPORTED);
  if (act.verb === 'goto') return !isDoneTo(act, SYMBOLS);
  if (ON_SCREEN.has(act.verb)) return worksOnScreen(parsed.context);
  if (opensDoor(act)) return true;
  return BOUNDED.has(act.sense) && !asks(act) && !worksOnGiven(act, parsed.parameters);
}

/** `List a token for sale` at a `price`: offered, not enumerated. */
function isOfferedForSale({ at }: Act, { parameters, description }: ParsedTool): boolean {
  const priced = at !== '/title' && parameters.some(({ words, required }) => required && words.includes('price'));
  return priced && SALE.test(description.slice(0, MAX_OPENING));
}

const SALE = /\blists? (?:an? |your |this )[^.\n]{1,60}\b(?:for sale|marketplace|exchange)\b/i;
const MAX_OPENING = 500;

/** What ends can be started again, what is put down is moved, and what is only linked is linked again. */
function isHarmlessEnd(act: Act): boolean {
  if (act.verb === 'drop') return isPutDown(act);
  return (ENDING.has(act.verb) && isDoneTo(act, TRANSIENT)) || isDoneTo(act, TAKEN_OFF);
}

const ENDING: ReadonlySet<string> = phrases('terminate, kill');

/** Verbs that mostly look, and what they change when they are done to it. */
const DONE_TO: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['resolve', phrases('thread, discussion, comment, issue, incident, alert, conflict, ticket, conversation, note, detection')],
  ['select', CONTEXTS],
  ['pick', CONTEXTS],
  ['answer', phrases('call, incoming call, phone call')],
  ['format', phrases('cell, range, cell range, row, column, header, spreadsheet, worksheet, border, text range, slide')],
  ['group', phrases('room, speaker, tab, layer, node, object, shape, element, frame, device, selection, clip')],
  ['produce', phrases('message, record, event')],
  ['open', phrases('door, gate, garage, garage door, valve, blind, cover, curtain, issue, ticket, case, dispute, account, pull request')],
  // What is asked for of somebody, who then does it.
  [
    'request',
    phrases(`review, approval, refund, ride, change, pickup, quote, fund, signature, closure, deletion, cancellation, reviewer, leave, time off, money,
      access, appointment, upgrade, refill, callback`),
  ],
  [
    'track',
    phrases(
      'event, custom event, user event, conversion, goal, meal, habit, expense, workout, mood, water intake, time, page view, pageview',
    ),
  ],
]);
const EXTRACTED_TO: ReadonlySet<string> = phrases('directory, folder, path, disk');
const REPORTED: ReadonlySet<string> = phrases(
  'bug, issue, problem, abuse, incident, outage, spam, scorecard, violation, lost card, feedback',
);
/** They leave a live browser or desktop at another place than before. */
const ON_SCREEN: ReadonlySet<string> = phrases('navigate, select, open, load, pick');

/** `Get a URL to upload a file`: whoever has it puts something there. */
function opensDoor({ verb, objects }: Act): boolean {
  return URL_GIVING.has(verb) && objects.some((words) => words.at(-1) === 'url' && words.includes('upload'));
}

const URL_GIVING: ReadonlySet<string> = phrases('get, generate, return, request, obtain, fetch, retrieve');
