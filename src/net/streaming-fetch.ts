import type { FetchLimits } from './http.ts';
import { HttpError, printableUrl } from './http-error.ts';
import { drop } from './limited-response.ts';
import { nextHop } from './next-hop.ts';
import { secretsIn } from './sent-secrets.ts';
import { checkedUrl, rulesWithin, type UrlRules } from './url-rules.ts';
import type { Hop, Wire, WireLimits } from './wire.ts';

/** `fetch` over the wire, its place in the queue given up when the headers are there. */
export function streamingFetch(wire: Wire, settings: UrlRules, { abort, reach, ...limits }: FetchLimits): typeof globalThis.fetch {
  const rules = rulesWithin(settings, reach);
  return async (input, init) => {
    const request = requestOf(input, init);
    const aborts = [abort, request.signal].filter((signal) => signal instanceof AbortSignal);
    const hop = { ...request, url: checkedUrl(request.url, rules) };
    try {
      return await follow(wire, rules, hop, { ...limits, aborts }, request.redirect);
    } catch (error) {
      throw error instanceof HttpError ? error.without(secretsIn(request.headers)) : error;
    }
  };
}

async function follow(wire: Wire, rules: UrlRules, first: Hop, limits: WireLimits, redirect: RequestInit['redirect']): Promise<Response> {
  let hop = first;
  for (let followed = 0; ; followed++) {
    const response = await wire.exchange(hop, limits, (answer) => answer);
    if (redirect === 'manual') return response;
    const next = nextHopOf(hop, response, followed, rules, redirect);
    if (!next) return response;
    drop(response);
    hop = next;
  }
}

function nextHopOf(hop: Hop, response: Response, followed: number, rules: UrlRules, redirect: RequestInit['redirect']): Hop | undefined {
  try {
    const next = nextHop(hop, response, followed, rules);
    if (!next) return undefined;
    if (redirect === 'error') throw refused(hop.url, next.url, 'redirects, which the request does not allow');
    if (next.url.origin !== hop.url.origin) throw refused(hop.url, next.url, 'redirects to another origin');
    if (next.body instanceof ReadableStream) throw refused(hop.url, next.url, 'redirects a request whose body can be sent only once');
    return next;
  } catch (error) {
    drop(response);
    throw error;
  }
}

function refused(url: URL, target: URL, message: string): HttpError {
  return new HttpError({ code: 'redirect-refused', url, message, details: printableUrl(target) });
}

/** The parts of a `fetch` call that go over the wire. */
function requestOf(input: string | URL | Request, init: RequestInit = {}) {
  const base: Partial<Request> = typeof input === 'string' || input instanceof URL ? {} : input;
  return {
    url: base.url ?? String(input),
    method: (init.method ?? base.method ?? 'GET').toUpperCase(),
    headers: new Headers(init.headers ?? base.headers),
    body: init.body ?? base.body,
    signal: init.signal ?? base.signal,
    redirect: init.redirect ?? base.redirect ?? 'follow',
  };
}
