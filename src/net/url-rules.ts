import { hostName, isBarred, type ReachRules, reachOfHost } from './host.ts';
import { HttpError, printableUrl, privateAddress } from './http-error.ts';

/** Which URLs may be asked at all, before anything is resolved. */
export interface UrlRules extends ReachRules {
  /** Whether trusted hosts may be asked at all. Default: they may. */
  readonly allowTrusted?: boolean;
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
  // By its name: the network would connect to it, whatever its address.
  if (rules.allowTrusted === false && isTrusted(url, rules)) throw trustedOnly(url);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && reach === 'loopback')) {
    throw new HttpError({ code: 'insecure-url', url, message: `is not asked over ${url.protocol} but only over https:` });
  }
  const optedOut = rules.optOut.find((pattern) => isHostOf(pattern, hostName(url)));
  if (optedOut) throw new HttpError({ code: 'opted-out', url, message: `is on the list of hosts to leave alone, as ${optedOut}` });
  return url;
}

/** The rules without the exceptions, for what nobody but a stranger named. */
export function rulesWithin(rules: UrlRules, reach: 'public' | undefined): UrlRules {
  return reach === 'public' ? { ...rules, allowLoopback: false, allowTrusted: false } : rules;
}

/**
 * The target of a redirect, or of a link, by the same rules. Loopback and trusted hosts are for what the user named: nothing outside may lead there.
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
  const allowTrusted = rules.allowTrusted !== false && isTrusted(from, rules);
  return checkedUrl(target.href, { ...rules, allowLoopback: rules.allowLoopback && isLocal, allowTrusted });
}

function isTrusted(url: URL, { trustedHosts }: UrlRules): boolean {
  return trustedHosts.includes(hostName(url));
}

function trustedOnly(url: URL): HttpError {
  return new HttpError({
    code: 'private-address',
    url,
    message: 'is one of the trustedHosts of the settings, where nothing from outside may lead',
  });
}

function isHostOf(pattern: string, host: string): boolean {
  const below = pattern.startsWith('*.');
  const named = URL.parse(`https://${below ? pattern.slice(2) : pattern}`);
  if (!named) return false;
  return below ? host.endsWith(`.${hostName(named)}`) : host === hostName(named);
}
