import { baseVerb } from './vocabulary.ts';
import { identifierWords } from './words.ts';

/** Where a list of values of an action parameter is looked for. */
const MAX_CHARS = 6000;
const MAX_LIST = 600;
const MAX_VALUES = 100;
/** `Actions:`, `one of`, `Supported operations (…):` */
const HEADING =
  /\b(?:(?:actions?|operations?|commands?|subcommands?|values|options?|choices|modes?)\b[^:\n.]{0,40}:|(?:one|any) of\b:?|either\b|\be\.g\.,?|\bsuch as\b)/gi;
/** `- delete: Delete a board`, one a line. */
const BULLET =
  /(?:^|\n)[ \t]{0,8}[-*•][ \t]{0,3}[`'"*]{0,3}([a-z][\w-]{1,40})[`'"*]{0,3}[ \t]?(?:\([^()\n]{0,80}\)[ \t]?)?(?:[:=–—-]|->|\n|$)/g;
/** A value alone, or with an explanation behind it. */
const VALUE = /^\s{0,4}[`'"*([{]{0,3}([a-z][\w-]{1,40})[`'"*)\]}]{0,3}\s{0,3}(?:$|[:=(–—-])/;

/** The values that the description of an action parameter, or failing that of its tool, lists: `one of list, create, delete`. */
export function listedValues(said: string, description: string): string[] {
  const values = [bulletsIn(said), inlineIn(said), quotedIn(said), bulletsIn(description), inlineIn(description)];
  return values.find((found) => verbsAmong(found).length >= 2) ?? [];
}

function bulletsIn(text: string): string[] {
  const found = [...text.slice(0, MAX_CHARS).matchAll(BULLET)].map(([, value = '']) => value);
  return [...new Set(found)].slice(0, MAX_VALUES);
}

function inlineIn(text: string): string[] {
  const said = text.slice(0, MAX_CHARS);
  for (const heading of said.matchAll(HEADING)) {
    const start = heading.index + heading[0].length;
    const values = leadingValues(said.slice(start, start + MAX_LIST));
    if (verbsAmong(values).length >= 2) return values;
  }
  return leadingValues(said.slice(0, MAX_LIST));
}

function quotedIn(text: string): string[] {
  const found = [...text.slice(0, MAX_CHARS).matchAll(/['"`]([a-z][\w-]{1,40})['"`]/g)].map(([, value = '']) => value);
  return [...new Set(found)].slice(0, MAX_VALUES);
}

/** Values from the beginning of a text until something that is none. */
function leadingValues(text: string): string[] {
  const values: string[] = [];
  for (const part of text.split(/[,|/;\n]|\bor\b|\band\b|\.(?=\s|$)/, MAX_VALUES)) {
    if (part.trim() === '') continue;
    const value = VALUE.exec(part)?.[1];
    if (value === undefined) break;
    if (!values.includes(value)) values.push(value);
  }
  return values;
}

function verbsAmong(values: readonly string[]): string[] {
  return values.filter((value) => verbOfValue(value) !== undefined);
}

/** How many of the values are actions: led by a verb, one at least by one that is no noun as well. */
export function actingValues(values: readonly string[]): number {
  const verbs = values.flatMap((value) => verbOfValue(value) ?? []);
  return verbs.some(({ noun }) => !noun) ? verbs.length : 0;
}

/** The verb that a value begins with; of `build_failed`, a state, none. */
export function verbOfValue(value: string): ReturnType<typeof baseVerb> {
  const words = identifierWords(value);
  const last = words.at(-1) ?? '';
  return last.length > 4 && last.endsWith('ed') && last !== 'embed' ? undefined : baseVerb(words[0] ?? '');
}
