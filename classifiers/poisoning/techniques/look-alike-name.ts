import type { ServerContext } from '../../../src/model/server.ts';
import { excerptOf, type Mention } from '../../excerpt.ts';
import { nearMissOf } from '../near-miss.ts';
import { foldLookAlikes, mixesScripts } from '../plain-text.ts';
import { inWords } from '../subject.ts';
import type { DefinitionTechnique } from '../technique.ts';
import { KNOWN_PRODUCTS, KNOWN_TOOLS } from '../well-known-names.ts';

export const mixedScript: DefinitionTechnique = {
  id: 'look-alike-letters',
  severity: 'high',
  finds: 'a word that mixes letters of several scripts which look the same',
  why: 'The name looks like a known one and is another.',
  detectIn({ name, texts }) {
    const mentions: Mention[] = [];
    if (hasMixedWord(name))
      mentions.push({ at: '/name', excerpt: `${excerptOf(name)} (reads as ${excerptOf(foldLookAlikes(name))})`.slice(0, 160) });
    else if (isStyled(name)) mentions.push({ at: '/name', excerpt: excerptOf(name) });
    for (const { text, place, role } of texts) {
      if (mentions.length > 0) break;
      if ((role === 'key' || role === 'title') && typeof place.step === 'string' && text.length < 100 && hasMixedWord(text))
        mentions.push({ at: `/${place.step}`, excerpt: excerptOf(text) });
    }
    return mentions;
  },
};

const NOT_ASCII = /[^\x20-\x7e]/;

function hasMixedWord(text: string): boolean {
  if (!NOT_ASCII.test(text)) return false;
  return (text.slice(0, 2000).match(/[\p{L}\p{M}]+/gu) ?? []).some(mixesScripts);
}

/** Full-width, mathematical and other forms of Latin letters. */
function isStyled(name: string): boolean {
  return (
    NOT_ASCII.test(name) &&
    !/^[\x20-\x7e]*$/.test(name) &&
    /^[\x20-\x7e]*$/.test(name.normalize('NFKC')) &&
    /[a-z]{3}/i.test(name.normalize('NFKC')) &&
    !/[a-z]{3}/i.test(name)
  );
}

export const nearMissName: DefinitionTechnique = {
  id: 'typosquatted-name',
  severity: 'medium',
  finds: 'a name one slip away from a well-known tool or server',
  why: 'Whoever reads quickly, or a model that completes the known name, takes it for the known one.',
  detectIn({ name, context }) {
    const tool = nearMissIn(name, KNOWN_TOOLS);
    const server = nearProductOf(context);
    const mentions: Mention[] = [];
    if (tool) mentions.push({ at: '/name', excerpt: excerptOf(`${name} (near ${tool})`) });
    if (server) mentions.push({ at: '/name', excerpt: excerptOf(`${name} of ${context.name} (near ${server})`) });
    return mentions;
  },
};

/** A slip changes the length by one at most. */
const LONGEST = Math.max(...[...KNOWN_TOOLS].map(({ length }) => length)) + 1;

const SNAKE_CASE = /^[a-z0-9]{1,64}(?:_[a-z0-9]{1,64}){0,32}$/;

function nearMissIn(name: string, known: ReadonlySet<string>): string | undefined {
  if (name.length > 64 || name.length < 6) return undefined;
  const plain = SNAKE_CASE.test(name) ? name : joined(name);
  return plain.length > LONGEST || known.has(plain) ? undefined : nearMissOf(plain, known);
}

/** Asked for every tool of a server, and the same for each. */
const NEAR_PRODUCTS = new WeakMap<ServerContext, { readonly product: string | undefined }>();

function nearProductOf(context: ServerContext): string | undefined {
  const near = NEAR_PRODUCTS.get(context) ?? { product: nearProduct(context.name) };
  NEAR_PRODUCTS.set(context, near);
  return near.product;
}

/** A word of a server's name that is a slip away from a product's. */
function nearProduct(name: string): string | undefined {
  const last = name.slice(-120).split('/').at(-1) ?? '';
  for (const word of inWords(last)
    .toLowerCase()
    .split(/[^a-z0-9]+/)) {
    if (word.length < 5 || KNOWN_PRODUCTS.has(word)) continue;
    const product = nearMissOf(word, KNOWN_PRODUCTS);
    if (product) return product;
  }
  return undefined;
}

function joined(name: string): string {
  return inWords(name).toLowerCase().trim().replace(/\s+/g, '_');
}
