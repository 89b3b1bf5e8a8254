import type { Act } from './act.ts';
import { oncePerTool } from './once-per-tool.ts';
import { type Parameter, takesTextOrTexts } from './parameter.ts';
import { mainAct, type ParsedTool } from './parsed-tool.ts';
import { phrases } from './phrases.ts';
import { serverWords } from './server-words.ts';

const ADDRESSES: ReadonlySet<string> = phrases('url, urls, uri, uris, endpoint, endpoints, href, webhook, webhooks, link, links');
/** `link` alone is as often a connection between two things: the description has to say that it is a URL. */
const MAYBE_ADDRESSES: ReadonlySet<string> = phrases('link, links, webhook, webhooks, endpoint, endpoints');
/** A thing of the service itself, a place in it, a path, or whether there is a URL. */
const OWN_THINGS =
  /\b(?:ids?|names?|slugs?) (?:of|for)\b|\b(?:endpoint|host|webhook|link) (?:ids?|names?|slugs?|paths?)\b|\brelative (?:url|path|uri)\b|\burl[- ](?:path|slug|encoded|safe|friendly)\b|\b(?:resource|entity|record|object|item|scene|script|record)(?:'s)? ur[in]\b|\bunique identifier\b|\burn:|\b(?:path|slug|part|segment) (?:in|of|for) the url\b|^(?:the )?(?:api )?path\b|\burl of (?:the|a) (?:deployment|board|workspace|organi[sz]ation|form|dashboard)\b/i;
/** Whatever it is called, a URL is what it holds. */
const SAYS_URL = /^(?:an? |the )?(?:\w{1,20} )?urls? (?:of|to|pointing|that|where|for|from)\b|\bhttps?:\/\/|\burls?\b/i;
const OPENS_WITH_URL = /^(?:an? |the )?(?:\w{1,20} )?url (?:of|to|pointing|that|where|for|from)\b/i;
/** `mcpforunity://…`: places inside of a program. */
const OWN_SCHEME =
  /\b(?!(?:https?|ftps?|sftp|ssh|git|file|data|s3|gs|wss?|mongodb|postgres\w{0,4}|mysql|redis|amqps?|mqtts?|socks5?)\b)[a-z][\w+.-]{2,20}:\/\//i;
/** Where a sign-in goes and what it is checked against: `tokenEndpoint`, `jwksEndpoint`. */
const SIGN_IN: ReadonlySet<string> = phrases(
  'authorization, authorize, auth, token, jwks, discovery, userinfo, info, introspection, revocation, callback, logout, session',
);
const NO_URL = /\b(?:id|name|path) of\b/i;
const FORMATS: ReadonlySet<unknown> = new Set(['uri', 'url', 'iri']);
/** A pattern that spells out a host. */
const HOST_PATTERN = /^\^?(?:\(\?:)?https?\??:(?:\\?\/){2}(?:\(\?:?)?[\w\\?().|-]{0,60}?\w\\?\.\w{2,}/i;
/** Only URLs of a host that is named, or that the service gave out itself. */
const FIXED_HOST =
  /\b(?:must (?:be|start with|begin with|point to)|only|has to be|hosted (?:on|at)|starting with|from) (?:an? )?(?:[\w-]{1,30}\.)?[\w-]{2,30}\.(?:com|org|net|io|dev|ai|co|gov|edu|app)\b|\b(?:only|must be) (?:\w{1,20} ){0,2}(?:urls?|links?) (?:are |is )?(?:from|on|of|under)\b|\b(?:returned|obtained|received) (?:by|from|in)\b(?! (?:the |a |your )?(?:user|caller|customer|client))|\bget this from\b|\bpresigned\b|\bpre-signed\b|\b(?:host|domain) is fixed\b|\b(?:supported|accepted|valid|allowed|expected|recogni[sz]ed) (?:url )?(?:patterns?|formats?|urls?|forms?)\b[^\n]{0,30}?https?:\/\/(?!example)\w/i;
/** Services whose URLs are always theirs; a word of the server's own name counts the same. */
const SERVICES: ReadonlySet<string> = phrases(`
  github, gitlab, bitbucket, youtube, youtu, vimeo, figma, notion, slack, arxiv, linkedin, twitter, instagram, facebook, tiktok,
  reddit, google, wikipedia, loom, spotify, amazon, dropbox, airtable, jira, confluence, atlassian, linear, asana, trello, zoom,
  discord, telegram, whatsapp, twitch, soundcloud, substack, pinterest, etsy, ebay, airbnb, yelp, tripadvisor, zillow, opensea,
  etherscan, huggingface, kaggle, npm, pypi, crates, maven, stackoverflow, miro, canva, sharepoint, onedrive, salesforce, hubspot,
  shopify, stripe, sentry, datadog, grafana, pubmed, doi, imdb, goodreads, sketchfab`);
/** `GitHub repository URL`: a few words may stand between a service and its URL. */
const URL_NOUN = /\b(?:urls?|links?)\b/gi;
const BEFORE = 60;
const WORDS_BEFORE = 3;
const MAX_MENTIONS = 5;
const MAX_SAID = 1000;

/** Arguments that are a URL of any host; one that can only be of a host that the definition names is left out. */
export const addressParameters: (parsed: ParsedTool) => readonly Parameter[] = oncePerTool(findAddresses);

function findAddresses(parsed: ParsedTool): readonly Parameter[] {
  const candidates = parsed.parameters.filter(isAddress);
  if (candidates.length === 0 || isOfOwnDocs(parsed)) return [];
  const own = new Set(serverWords(parsed.context).all.filter((word) => word.length > 3 && !GENERIC.has(word)));
  return candidates.filter((parameter) => !hasFixedHost(parameter, own) && !isOnlyNamed(parameter, parsed));
}

/** Pages of the maker's own documentation. */
function isOfOwnDocs({ ownWords, description }: ParsedTool): boolean {
  return ownWords.some((word) => DOCS.has(word)) && !ANY_PAGE.test(description.slice(0, MAX_SAID));
}

const DOCS: ReadonlySet<string> = phrases('docs, documentation, changelog');
const ANY_PAGE = /\bany (?:\w{1,20} )?(?:url|web ?site|web ?page|page|site|documentation)\b|\b(?:crawl|scrape|index|ingest)/i;

/** A URL that is written down, compared or looked for: nobody reaches for it. */
function isOnlyNamed({ words, description, at }: Parameter, parsed: ParsedTool): boolean {
  const { ownWords, acts } = parsed;
  if (RESPONSE_URLS.has(words.join(' '))) return true;
  const main = mainAct(parsed);
  if (REDIRECTS.test(words.join(' ')) && EXCHANGED.test(`${ownWords.join(' ')} ${parsed.description.slice(0, MAX_SAID)}`)) return true;
  if (LOOKED_FOR.test(description) && !IMAGE.test(at)) return true;
  if (main && looksFor(main, acts) && !isOfWeb(main) && !IMAGE.test(at)) return true;
  if (main && KEEPING.has(main.verb) && main.objects.slice(0, 2).some((object) => RECORDS.has(object.at(-1) ?? ''))) return true;
  return acts.some(({ verb }) => ENTERING.has(verb)) && ownWords.some((word) => LISTS.has(word));
}

function looksFor({ verb }: Act, acts: readonly Act[]): boolean {
  return (
    LISTING.has(verb) || ((verb === 'browse' || verb === 'search') && acts.some((act) => act.from === 'name' && LISTING.has(act.verb)))
  );
}

function isOfWeb({ objects }: Act): boolean {
  return objects.some((object) => object.some((word) => WEB_WORDS.has(word)));
}

/** What a service gives out about a thing of its own. */
const RESPONSE_URLS: ReadonlySet<string> = phrases(
  'self url, html url, self link, self uri, canonical url, permalink, web url, api url of',
);
const REDIRECTS = /^(?:redirect|callback) ur[il]$/;
const EXCHANGED = /\bexchang(?:e|es|ing)\b|\b(?:access|refresh) ?tokens?\b/i;
const LOOKED_FOR =
  /^(?:optional:? )?(?:filter|search|look ?up|match|find)\w{0,3} (?:\w{1,20} ){0,3}(?:by|with|for|on|against)\b|\burls? to (?:search|look|filter|match|find) (?:for|up|by|on)\b|\burls? (?:of|from) (?:the|a) (?:search )?results?\b/i;
const IMAGE = /image|photo|video|audio|file|webhook|callback|endpoint/i;
const LISTING: ReadonlySet<string> = phrases('list, find, count, filter, lookup');
const WEB_WORDS: ReadonlySet<string> = phrases('web, url, website, link, page, internet, site, broken, content, file');
const KEEPING: ReadonlySet<string> = phrases(
  'create, add, insert, log, record, update, save, submit, send, edit, delete, remove, put, track',
);
const RECORDS: ReadonlySet<string> = phrases('log, log entry, entry, feedback, example, response, indicator, ioc');
const ENTERING: ReadonlySet<string> = phrases('add, remove, delete, update, block, unblock, allow, set, create, list, get');
const LISTS: ReadonlySet<string> = phrases(`
  denylist, blocklist, allowlist, whitelist, blacklist, malicious, ioc, iocs, indicator, indicators, feedback, blocked, bypass, exclusion,
  exclusions, suspicious, phishing`);

function isAddress(parameter: Parameter): boolean {
  if (!takesTextOrTexts(parameter)) return false;
  const { words, description, schema } = parameter;
  if (FORMATS.has(schema['format'])) return true;
  const last = words.at(-1) ?? '';
  if (!ADDRESSES.has(last)) return OPENS_WITH_URL.test(description) && !OWN_THINGS.test(description);
  if (OWN_THINGS.test(description)) return false;
  if (last === 'endpoint' && SIGN_IN.has(words.at(-2) ?? '') && !NO_URL.test(description)) return true;
  return !MAYBE_ADDRESSES.has(last) || SAYS_URL.test(description) || (words.includes('webhook') && description === '');
}

function hasFixedHost({ words, description, schema }: Parameter, own: ReadonlySet<string>): boolean {
  const pattern = schema['pattern'];
  if (typeof pattern === 'string' && HOST_PATTERN.test(pattern.slice(0, MAX_SAID))) return true;
  const said = description.slice(0, MAX_SAID);
  if (FIXED_HOST.test(said) || OWN_SCHEME.test(said)) return true;
  const isOwn = (word: string) => SERVICES.has(word) || own.has(word);
  if (words.slice(0, -1).some(isOwn)) return true;
  let mentions = 0;
  URL_NOUN.lastIndex = 0;
  for (let match = URL_NOUN.exec(said); match && ++mentions <= MAX_MENTIONS; match = URL_NOUN.exec(said))
    if (wordsBefore(said, match.index).some(isOwn)) return true;
  return false;
}

/** The last few words before a place, in its clause. */
function wordsBefore(text: string, place: number): string[] {
  const clauses = text.slice(Math.max(0, place - BEFORE), place).split(/[^\w' ]/);
  const words = (clauses.at(-1) ?? '').toLowerCase().split(/\W+/);
  return words.filter((word) => word.length > 1).slice(-WORDS_BEFORE);
}

/** Words of server names that are no product. */
const GENERIC: ReadonlySet<string> = phrases(`
  server, http, https, fetch, browser, image, video, file, webhook, proxy, public, website, page, remote, base, scraper, crawler,
  search, tools`);
