import type { z } from 'zod';
import { isDeeperThan, jsonPointer, MAX_JSON_DEPTH } from '../../model/json.ts';
import type { Problem } from './policy-format.ts';

/** Largest policy that is read, characters: a thousand rules with all their reasons take a tenth of it. */
const MAX_LENGTH = 8_000_000;

export type ReadText = { readonly value: unknown } | { readonly problems: readonly Problem[] };

/** JSON that says one thing only: no key twice in an object, of which readers keep different ones. */
export function readJson(text: string, maxLength = MAX_LENGTH): ReadText {
  if (text.length > maxLength) return { problems: [{ at: '', message: `The file is longer than ${maxLength} characters.` }] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      problems: [{ at: placeOf(error, text), message: 'This is no JSON: look for a comma, quote or bracket missing or left over here.' }],
    };
  }
  if (isDeeperThan(value, MAX_JSON_DEPTH)) return { problems: [{ at: '', message: `It nests deeper than ${MAX_JSON_DEPTH} levels.` }] };
  const problems = repeatedKeys(text).map((at) => ({ at, message: 'This key stands there twice. Keep one of the two.' }));
  return problems.length > 0 ? { problems } : { value };
}

/** Node quotes the text in its message, and does not always say where: only a number is taken from it. */
function placeOf(error: unknown, text: string): string {
  const [, position] = / at position (\d{1,9})(?: |$)/.exec(error instanceof Error ? error.message : '') ?? [];
  return `line ${text.slice(0, Number(position ?? firstOddity(text))).split('\n').length}`;
}

const LEXEME = /\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,9})?|true|false|null|[{}[\],:])/y;

/** Where a word stands that JSON does not have, or a comma or colon with nothing after it; else the end. */
function firstOddity(text: string): number {
  let last = '';
  for (let at = 0; at < text.length; at = LEXEME.lastIndex) {
    LEXEME.lastIndex = at;
    const lexeme = LEXEME.exec(text)?.[0].trim();
    if (lexeme === undefined || (/[,:]/.test(last) && /^[\]},:]$/.test(lexeme))) return at + (/\S/.exec(text.slice(at))?.index ?? 0);
    last = lexeme.length === 1 ? lexeme : '';
  }
  return text.length;
}

interface Container {
  /** Of an object: its keys so far. */
  readonly keys?: Set<string>;
  /** The member or element that the scan is in. */
  step: string | number;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** JSON Pointers to keys that stand twice in one object, however they are escaped. @param text - Valid JSON. */
function repeatedKeys(text: string): string[] {
  const found = new Set<string>();
  const open: Container[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const container = open.at(-1);
    if (token === '{') open.push({ keys: new Set(), step: '' });
    else if (token === '[') open.push({ step: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && typeof container?.step === 'number') container.step += 1;
    else if (token === ':' && container?.keys) {
      container.step = JSON.parse(last) as string;
      if (container.keys.has(container.step)) found.add(jsonPointer(open.map(({ step }) => step)));
      container.keys.add(container.step);
    }
    last = token;
  }
  return [...found];
}

/** What a schema finds wrong, where. */
export function problemsOf({ issues }: z.ZodError): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, []));
}

function problemsOfIssue(issue: z.core.$ZodIssue, before: readonly PropertyKey[]): Problem[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ at: pointer([...path, key]), message: 'There is no such key. Remove it, or correct its spelling.' }));
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0];
    if (nearest && depthOf(nearest) > 0) return nearest.flatMap((inner) => problemsOfIssue(inner, path));
  }
  return [{ at: pointer(path), message: `${issue.message}.` }];
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function pointer(path: readonly PropertyKey[]): string {
  return jsonPointer(path.map((step) => (typeof step === 'number' ? step : String(step))));
}
