import type { Http } from './http.ts';

/** An {@link Http} that is opened when it is first used: loading it takes longer than starting a server from the cache. */
export function lazyHttp(open: () => Promise<Http>): Http {
  let opened: Promise<Http> | undefined;
  const real = () => {
    opened ??= open();
    return opened;
  };
  return {
    get: async (url, options) => (await real()).get(url, options),
    getJson: async (url, shape, options) => (await real()).getJson(url, shape, options),
    fetch: async (input, init) => (await real()).fetch(input, init),
    fetchWith: (limits) => async (input, init) => (await real()).fetchWith(limits)(input, init),
  };
}
