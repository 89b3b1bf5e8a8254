import type { Act } from '../act.ts';
import { addressParameters } from '../addresses.ts';
import type { Mention } from '../excerpt.ts';
import { INVITING, spokenMessages } from '../message-sending.ts';
import { namedOneOf } from '../name-set.ts';
import { type Parameter, parameterExcerpt, takesText, takesTextOrTexts } from '../parameter.ts';
import { mainAct, mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';

/** Verbs that reach for the address at once; others only keep it. */
const REACHING: ReadonlySet<string> = phrases(`
  fetch, get, read, scrape, crawl, extract, browse, navigate, open, visit, load, request, call, post, put, send, upload, submit,
  screenshot, capture, convert, parse, summarize, retrieve, download, curl, ping, map, render, forward, export, execute, run, analyze,
  goto`);
/** Verbs that say so only together with the web. */
const VAGUE: ReadonlySet<string> = phrases(`
  get, read, retrieve, run, execute, analyze, submit, send, put, parse, convert, map, extract, load, open, call`);
const WEB = /\b(?:urls?|web ?sites?|web ?pages?|https?|web)\b/i;
const isReached = namedOneOf(`
  url, urls, uri, page url, website, website url, web url, site url, target url, source url, start url, endpoint, image url, link,
  destination url, upload url, callback url`);
const COMMENTING: ReadonlySet<string> = phrases('comment, notify');
const COMMENTS: ReadonlySet<string> = phrases('comment, alert, reminder, campaign, notification');
const HOOKS: ReadonlySet<string> = phrases('create, add, update, set, register, subscribe, configure, edit, make');
const ADDRESS: ReadonlySet<string> = phrases('url, uri, endpoint, webhook, address');
const PUBLISHED =
  /\b(?:publish(?:es)?|posts?|shares?|makes?|releases?) [^.\n]{0,60}\b(?:publicly|to the (?:public|internet|web)|on the (?:internet|web)|to (?:npm|pypi|twitter|x|linkedin|facebook|instagram|reddit|youtube|tiktok|medium|wordpress|the .{1,20} registry)|available to anyone|(?:anyone|everyone) with the link)\b|\b(?:creates?|generates?) (?:a |an )?(?:publicly accessible |public |shareable )(?:share |sharing )?(?:link|url|page|gist|paste)\b|\banyone with the link\b/i;
/** What the tool does; further down stands how to use it. */
const OPENING = 400;
const PUSHED = /\bpush(?:es)? [^.\n]{0,60}\b(?:to|remote|upstream|origin)\b/i;

export const egress: Signal = {
  id: 'egress',
  finds:
    'data from the arguments leaves to people or a place that the caller chooses: a mail or message, any URL, a webhook, a public page, a remote',
  why: 'What the model has read can be carried out with it.',
  weight: 0.18,
  label: () => 'Can send data out',
  detect: (parsed, { category }) =>
    atMentions(egress.id, [
      category === 'Read' ? undefined : (speaksOut(parsed) ?? published(parsed) ?? pushed(parsed)),
      reached(parsed),
      category === 'Read' ? undefined : hooked(parsed),
    ]),
};

/** A message to people that the caller writes; a comment stays in the records of the account. */
function speaksOut(parsed: ParsedTool): Act | undefined {
  return spokenMessages(parsed).find((act) => !isComment(act) && carriesText(parsed, INVITING.has(act.verb)));
}

function isComment({ verb, objects }: Act): boolean {
  return COMMENTING.has(verb) || (objects.length > 0 && objects.every((words) => COMMENTS.has(words.at(-1) ?? '')));
}

/** Ids alone send on what is stored; of an invitation the service writes the words unless it takes some. */
function carriesText({ parameters }: ParsedTool, onlyStated: boolean): boolean {
  if (parameters.some(({ words }) => TEXTS.has(words.at(-1) ?? ''))) return true;
  return (
    !onlyStated &&
    (parameters.length === 0 || parameters.some((parameter) => takesTextOrTexts(parameter) && !NAMES_ONE.has(parameter.words.at(-1) ?? '')))
  );
}

const TEXTS: ReadonlySet<string> = phrases(`
  text, message, messages, body, content, note, html, markdown, subject, caption, title, status, data, file, files, media, code, description, blocks,
  comment, payload, attachment, attachments, image, video, post, emails, items`);
const NAMES_ONE: ReadonlySet<string> = phrases(
  'id, ids, uuid, slug, at, on, time, date, timezone, to, email, filter, workspace, organization, token, key, format',
);

/** Something that the caller hands over becomes public; what is stored and only shown to more people does not leave with the call. */
function published(parsed: ParsedTool): Mention | undefined {
  const main = mainAct(parsed);
  if (!main || !PUBLISHING.has(main.verb) || !carriesText(parsed, true)) return undefined;
  return PUBLIC.test(parsed.description.slice(0, OPENING)) ? mentionOf(parsed, PUBLISHED, OPENING) : undefined;
}

const PUBLISHING: ReadonlySet<string> = phrases(
  'publish, post, create, upload, release, submit, make, tweet, generate, send, write, deploy, add, share, push',
);
const PUBLIC =
  /public|internet|web|anyone|everyone|npm|pypi|twitter|linkedin|facebook|instagram|reddit|youtube|tiktok|medium|wordpress|registry| x\b|link|url/i;

function pushed(parsed: ParsedTool): Mention | undefined {
  const push = parsed.acts.find(({ verb, from }) => verb === 'push' && (from === 'name' || from === 'lead'));
  const names = push && parsed.parameters.some(({ words }) => words.includes('remote') || words.includes('branch'));
  return names && PUSHED.test(parsed.description) ? push : undefined;
}

function reached(parsed: ParsedTool): Mention | undefined {
  const main = mainAct(parsed);
  if (!main || !REACHING.has(main.verb)) return undefined;
  const address = addressParameters(parsed).find(({ words, depth }) => depth === 0 && isReached(words));
  if (address && VAGUE.has(main.verb) && !WEB.test(parsed.description.slice(0, OPENING))) return undefined;
  return shown(address);
}

function hooked(parsed: ParsedTool): Mention | undefined {
  const making = parsed.acts.some(({ verb, objects }) => HOOKS.has(verb) && objects.some((words) => words.includes('webhook')));
  const addresses = addressParameters(parsed);
  return shown(
    parsed.parameters.find(isHook) ??
      (making ? addresses.find(({ words }) => words.at(-1) === 'url' || words.at(-1) === 'endpoint') : undefined),
  );
}

/** A webhook takes what it gets to whoever made it, whichever service its host is. */
function isHook(parameter: Parameter): boolean {
  const { words } = parameter;
  return words.includes('webhook') && ADDRESS.has(words.at(-1) ?? '') && takesText(parameter) && !/\bids?\b/i.test(parameter.description);
}

function shown(parameter: Parameter | undefined): Mention | undefined {
  return parameter && { at: parameter.at, excerpt: parameterExcerpt(parameter) };
}
