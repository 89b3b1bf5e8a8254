import { hostName, isBarred, type ReachRules, reachOfHost } from './host.ts';
import { HttpError, printableUrl, privateAddress } from './http-error.ts';

/** Which URLs may be asked at all, before anything is resolved. */
export interface UrlRules extends ReachRules {
  /** Hosts that asked to be left alone: exact, or with a leading `*.` for every name below. */
  readonly optOut: readonly string[];
}

const MAX_URL = 8_000;
/** After parsing. URLs allow more, and templates that nobody filled in have it: `https://{tenant}.example`. */
const HOST_NAME = /^([a-z0-9._-]+|\[[0-9a-f:]+\])$/;

/**
 * @returns The URL, every spelling of an address in it normalised.
 * @throws HttpError when it may not be asked.
 */
export function checkedUrl(text: string, rules: UrlRules): URL {
  const url = text.length > MAX_URL ? null : URL.parse(text);
  if (!url || (url.host && !HOST_NAME.test(url.hostname)))
    throw new HttpError({ code: 'bad-url', url: text, message: 'cannot be read as a URL' });
  url.hash = '';
  if (url.username || url.password) throw new HttpError({ code: 'insecure-url', url, message: 'would be sent a password from the URL' });
  const reach = reachOfHost(url.hostname);
  if (isBarred(reach, url.hostname, rules)) throw privateAddress(url, url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && reach === 'loopback')) {
    throw new HttpError({ code: 'insecure-url', url, message: `is not asked over ${url.protocol} but only over https:` });
  }
  const optedOut = rules.optOut.find((pattern) => isHostOf(pattern, hostName(url)));
  if (optedOut) throw new HttpError({ code: 'opted-out', url, message: `is on the list of hosts to leave alone, as ${optedOut}` });
  return url;
}

/**
 * The target of a redirect, by the same rules. Loopback and trusted hosts are for what the user named: nothing outside may lead there.
 *
 * @throws HttpError when it may not be followed.
 */
export function checkedRedirect(from: URL, location: string, rules: UrlRules): URL {
  const target = URL.parse(location, from.href);
  if (!target)
    throw new HttpError({ code: 'redirect-refused', url: from, message: 'redirects to something that is no URL', details: location });
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw new HttpError({ code: 'redirect-refused', url: from, message: 'redirects from https: to http:', details: printableUrl(target) });
  }
  const isLocal = reachOfHost(from.hostname) === 'loopback';
  const trustedHosts = rules.trustedHosts.includes(hostName(from)) ? rules.trustedHosts : [];
  return checkedUrl(target.href, { ...rules, allowLoopback: rules.allowLoopback && isLocal, trustedHosts });
}

function isHostOf(pattern: string, host: string): boolean {
  const below = pattern.startsWith('*.');
  const named = URL.parse(`https://${below ? pattern.slice(2) : pattern}`);
  if (!named) return false;
  return below ? host.endsWith(`.${hostName(named)}`) : host === hostName(named);
}
