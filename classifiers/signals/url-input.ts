import { type Parameter, takesTextOrTexts } from '../parameter.ts';
import { phrases } from '../phrases.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

const ADDRESSES: ReadonlySet<string> = phrases('url, urls, uri, uris, endpoint, endpoints, href, webhook');
/** A host that is one of the service's own things, and endpoints that are named rather than reached. */
const OWN_THINGS = /\b(?:id|name) of\b|\b(?:endpoint|host) (?:id|name)\b/i;
/** Whatever it is called, a URL is what it holds. */
const SAYS_URL = /^(?:an? |the )?(?:\w{1,20} )?url (?:of|to|pointing|that|where|for|from)\b/i;
const FORMATS: ReadonlySet<unknown> = new Set(['uri', 'url', 'uri-reference', 'iri']);

export const urlInput: Signal = {
  id: 'url-input',
  finds: 'an argument that is a URL or an endpoint',
  why: 'The server, or somebody later, reaches for an address that the caller chose.',
  weight: 0.12,
  label: withParameters('Accepts URL/endpoint input'),
  detect: ({ parameters }) => atParameters(urlInput.id, parameters.filter(isAddress)),
};

function isAddress(parameter: Parameter): boolean {
  if (!takesTextOrTexts(parameter)) return false;
  if (FORMATS.has(parameter.schema['format'])) return true;
  return (ADDRESSES.has(parameter.words.at(-1) ?? '') || SAYS_URL.test(parameter.description)) && !OWN_THINGS.test(parameter.description);
}
