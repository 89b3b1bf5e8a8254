import { isReading } from '../act.ts';
import { addressParameters } from '../addresses.ts';
import { type CarriedThing, carriedThings } from '../carried-things.ts';
import type { Mention } from '../excerpt.ts';
import { namedOneOf } from '../name-set.ts';
import { parameterExcerpt } from '../parameter.ts';
import { mainAct, mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { serverWords } from '../server-words.ts';
import { atMentions, type Signal } from '../signal.ts';
import { speaksOf } from '../speaks-of.ts';

/** What people outside write, whichever tool it is read with. */
const WRITTEN_BY_OTHERS: ReadonlySet<string> = phrases(`
  email, mail, inbox, message, chat, conversation, dm, sms, voicemail, thread, discussion, comment, reply, issue, bug report, ticket,
  support request, pull request, merge request, review, feedback, submission, survey response, form response, tweet, post, feed, rss,
  news, article, headline, web, webpage, web page, website, search engine, web search, transcript, subtitle, caption, calendar event,
  shared document, readme, gist, paper, abstract, newsletter, testimonial, forum, subreddit, story, customer request, log line,
  build log, job log, container log, pod log, application log, server log, runtime log, request log, deployment log, log, logs, wiki,
  incident note, issue note, note thread, commit message, blog, blog post, bookmark content`);
/** Messages and logs of programs, and records that only the system writes. */
const BY_PROGRAMS: ReadonlySet<string> = phrases(`
  queue, kafka, topic, commit, error, audit, activity, change, git, access, deprecation, template, draft, sent, login, event, merge,
  quota, schema, mapping, own, log level, cdc, sample, example, status, board, success, confirmation, reference, annotated, progress,
  statement, quality, detected, security issue, warning, performance, potential, input, api, action, history, modification, usage, billing, metric`);
const SAVING: ReadonlySet<string> = phrases('export, download, save, dump');
/** Whatever is reached by its address. */
const FETCHING: ReadonlySet<string> = phrases(`
  fetch, get, read, scrape, crawl, extract, browse, navigate, open, visit, load, download, summarize, summarise, convert, parse,
  retrieve, request, transcribe`);
/** Verbs that say so only together with the web. */
const VAGUE: ReadonlySet<string> = phrases('get, read, extract, open, load, convert, parse, retrieve, request');
const WEB = /\b(?:urls?|web ?sites?|web ?pages?|https?|web|pages?|articles?)\b/i;
const isPages = namedOneOf(`
  url, urls, uri, page url, website, website url, web url, link, article url, site url, target url, source url, start url`);
/** What the tool does; further down stands how to use it. */
const OPENING = 300;
/** One of these stands in every mention. */
const speaksOfStrangers = speaksOf(`
  log, web, internet, google, bing, duckduckgo, reddit, twitter, hacker, youtube, news, engine, untrusted, generated, webpage, website, url,
  urls`);
const STATED =
  /\b(?:retrieves?|returns?|gets?|fetch(?:es)?|tails?|query|queries) (?:\w{1,15} ){0,3}log (?:entries|lines|messages)\b|\b(?:search(?:es)?|browses?|crawls?|scrapes?|queries) (?:the )?(?:web|internet|google|bing|duckduckgo|reddit|twitter|hacker news|youtube|news)\b|\bweb search\b|\bsearch engine results\b|\buntrusted (?:content|data|text|input)\b|\buser[- ]generated content\b|\b(?:fetch(?:es)?|retrieves?|reads?|scrapes?|extracts?) [^.\n]{0,40}\b(?:web ?pages?|websites?|web content)\b|\b(?:fetches|fetch|retrieves?|scrapes?) (?:a |any |the |content (?:of|from) (?:a|any|the) )?urls?\b/i;

export const untrustedContent: Signal = {
  id: 'untrusted-content',
  finds:
    'an answer with text that strangers can write: web pages, search results, mails, issues, comments, chat messages, tickets, reviews, feeds, log lines',
  why: 'Whoever writes that text can put instructions into it, and the model reads them.',
  weight: 0.15,
  label: () => 'Returns content that strangers can write',
  detect(parsed, { category }) {
    // What is exported or downloaded to a file is not in the answer.
    if (category === 'Write' && SAVING.has(mainAct(parsed)?.verb ?? '')) return [];
    const things = carriedThings(parsed).filter(
      (thing) => (WRITTEN_BY_OTHERS.has(thing.head) || WRITTEN_BY_OTHERS.has(thing.pair)) && !isInventory(thing),
    );
    if (things.some((thing) => isByProgram(thing) || isAuditLog(thing, parsed) || isOwnMail(thing, parsed) || isOfMaker(thing, parsed)))
      return [];
    return atMentions(untrustedContent.id, [things[0]?.act ?? fetched(parsed) ?? stated(parsed)]);
  },
};

function isByProgram({ words, act }: CarriedThing): boolean {
  return words.some((word) => BY_PROGRAMS.has(word)) || BY_PROGRAMS.has(act.source);
}

/** Logs of what users of the system did. */
function isAuditLog({ head, words }: CarriedThing, { description }: ParsedTool): boolean {
  if (head === 'log' && words.length === 1 && !OF_PROGRAM.test(description.slice(0, OPENING))) return true;
  return (head === 'log' || head === 'log entry') && AUDITED.test(description.slice(0, LEAD));
}

const OF_PROGRAM =
  /\b(?:lines?|outputs?|stdout|stderr|messages?|errors?|console|builds?|containers?|pods?|runtime|requests?|quer(?:y|ies)|tail|entries|entry|debug\w{0,4}|servers?|jobs?|runs?|deploy\w{0,5}|apply|plan|raw|logs)\b/i;
/** What kind of log it is stands in the first words. */
const LEAD = 120;
const AUDITED =
  /\baudit|\b(?:activity|action|event|access|change|login|sign-?in) (?:logs?|history|trail)\b|\bhistoriq|\bmodifications?\b|\bwho (?:did|changed|has)\b|\badministrative\b|\bjournal/i;

/** A list of the sites that one has, and not what is on them. */
function isInventory({ head, act }: CarriedThing): boolean {
  return SITES.has(head) && !OPENING_SITES.has(act.verb);
}

const SITES: ReadonlySet<string> = phrases('website, web, webpage, web page, rss');
const OPENING_SITES: ReadonlySet<string> = phrases(
  'fetch, read, scrape, crawl, extract, browse, visit, open, search, capture, load, summarize, screenshot, navigate',
);

/** What the maker of the server itself has written: `the Acme blog`. */
function isOfMaker({ head }: CarriedThing, { context, description, ownWords }: ParsedTool): boolean {
  if (!PUBLISHED.has(head)) return false;
  const makers = serverWords(context).all.filter((word) => word.length > 3 && word !== 'server');
  const blog =
    MAKERS.exec(description.slice(0, OPENING))?.[0]
      .toLowerCase()
      .split(/[^a-z0-9]+/) ?? [];
  return ownWords.includes('docs') || blog.some((word) => makers.includes(word));
}

const PUBLISHED: ReadonlySet<string> = phrases('post, blog, blog post, article, page, news, changelog, story');
const MAKERS = /\b\w{3,30}(?:'s)? (?:\w{1,20} )?(?:blog|newsroom|changelog|docs|documentation|help center)\b/i;

/** Mails that the account itself has sent. */
function isOwnMail({ head }: CarriedThing, { description }: ParsedTool): boolean {
  const opening = description.slice(0, OPENING);
  return (
    head === 'email' && /\bsent (?:\w{1,20} )?(?:e-?mails?|messages?)\b/i.test(opening) && !/\b(?:received|inbox|incoming)\b/i.test(opening)
  );
}

/** A page of any host. */
function fetched(parsed: ParsedTool): Mention | undefined {
  const main = mainAct(parsed);
  if (!main || !FETCHING.has(main.verb)) return undefined;
  const page = addressParameters(parsed).find(({ words, depth }) => depth === 0 && isPages(words));
  if (!page || (VAGUE.has(main.verb) && !WEB.test(parsed.description.slice(0, OPENING)))) return undefined;
  if (IMAGES.test(`${page.description.slice(0, 200)} ${parsed.ownWords.join(' ')} ${parsed.description.slice(0, IMAGE_SAID)}`))
    return undefined;
  return { at: page.at, excerpt: parameterExcerpt(page) };
}

const IMAGE_SAID = 60;
const IMAGES = /\b(?:images?|thumbnails?|favicon|logo|photos?)\b/i;

function stated(parsed: ParsedTool): Mention | undefined {
  if (!speaksOfStrangers(parsed) || carriedThings(parsed).some(isInventory)) return undefined;
  const main = mainAct(parsed);
  return !main || isReading(main) || main.sense === 'run' || carriedThings(parsed).length > 0
    ? mentionOf(parsed, STATED, OPENING)
    : undefined;
}
