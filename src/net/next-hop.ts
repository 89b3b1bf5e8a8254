import { HttpError } from './http-error.ts';
import { checkedRedirect, type UrlRules } from './url-rules.ts';
import type { Hop } from './wire.ts';

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Where an answer redirects to, as the next request: credentials and everything else that was meant for one origin stay there.
 *
 * @param followed - Redirects before this one.
 * @returns Nothing when the answer is no redirect.
 * @throws HttpError when it is one that may not be followed.
 */
export function nextHop(hop: Hop, response: Response, followed: number, rules: UrlRules): Hop | undefined {
  const location = response.headers.get('location');
  if (!REDIRECTS.has(response.status) || location === null) return undefined;
  if (followed >= MAX_REDIRECTS) {
    throw new HttpError({
      code: 'too-many-redirects',
      url: hop.url,
      message: `redirects a ${MAX_REDIRECTS + 1}th time`,
    });
  }
  const url = checkedRedirect(hop.url, location, rules);
  const headers = url.origin === hop.url.origin ? new Headers(hop.headers) : headersForStrangers(hop.headers);
  if (!becomesGet(hop.method, response.status)) return { ...hop, url, headers };
  headers.delete('content-type');
  return { url, headers, method: 'GET' };
}

function headersForStrangers(headers: Headers): Headers {
  const accept = headers.get('accept');
  return new Headers(accept === null ? {} : { accept });
}

/** As browsers do it: https://fetch.spec.whatwg.org/#http-redirect-fetch */
function becomesGet(method: string, status: number): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return method === 'POST' && (status === 301 || status === 302);
}
