import { plainUrl } from '../model/plain-url.ts';

/**
 * What names a remote: host and path without what only chooses transport, spelling or credentials. `https://A.example:443/x/sse/` and
 * `http://a.example/x/mcp` are one. Placeholders stay, whatever they are called. The host is the one that a client would connect to.
 *
 * @returns Nothing for a URL that names no server: on this machine or in a private network, or with a host that is filled in by the user; nor for one
 * that readers could take for another's, with user info, backslashes, whitespace or control characters.
 */
export function remoteKey(url: string): string | undefined {
  const text = url.replace(PLACEHOLDER, '{}');
  const parsed = plainUrl(text);
  if (!parsed) return undefined;
  const name = parsed.host.replace(/:(80|443)$/, '');
  if (!namesServer(name)) return undefined;
  const path = parsed.pathname
    .replace(/%7B%7D/gi, '{}')
    .replace(/\/+$/, '')
    .replace(TRANSPORT_SUFFIX, '');
  return `url:https://${name}${path}${selectingQuery(parsed.search.slice(1))}`;
}

/** Braces around what would end the host are none: what reads the URL without filling it in would go elsewhere. */
const PLACEHOLDER = /\{[^{}/\\?#@:]*\}/g;
const TRANSPORT_SUFFIX = /(\/+(mcp|sse))+$/i;

/** The host of a key that {@link remoteKey} made. */
export function hostOfRemoteKey(key: string): string {
  return key.replace(/^url:https:\/\//, '').replace(/[:/?].*$/, '');
}

function namesServer(host: string): boolean {
  const name = host.replace(/:[^:]*$/, '');
  const fixed = name.split('.').filter((label) => !label.includes('{}'));
  if (!name.includes('.') || fixed.length < 2) return false;
  return !/(^|\.)(localhost|local|internal|invalid)$|^(127|10|0)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\./.test(name);
}

/** What of a query says which server is meant: not where the caller came from, not who is calling. */
function selectingQuery(query: string): string {
  const kept = query.split('&').filter((pair) => pair && !pair.includes('{}') && !NOT_SELECTING.test(pair.split('=')[0] ?? ''));
  return kept.length > 0 ? `?${kept.sort().join('&')}` : '';
}

const NOT_SELECTING = /^(utm_\w+|source|src|ref|referrer|(api|access)?[_-]?(key|token)|auth|authorization|secret|password|profile)$/i;
