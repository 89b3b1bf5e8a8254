import type { Interpreter } from './interpreter.ts';
import { asText } from './operators.ts';
import { Arr, Fn, isPrimitive, Pattern, UNKNOWN, type Value } from './values.ts';

type Method = (text: string, args: readonly Value[]) => Value;

const MAX_TEXT = 1_000_000;
/** A repeated atom may cost the square of this. */
const MAX_MATCHED = 2_000;

const METHODS: Readonly<Record<string, Method>> = {
  trim: (text) => text.trim(),
  trimStart: (text) => text.trimStart(),
  trimEnd: (text) => text.trimEnd(),
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
  toLocaleLowerCase: (text) => text.toLowerCase(),
  toLocaleUpperCase: (text) => text.toUpperCase(),
  toString: (text: string) => text,
  valueOf: (text: string) => text,
  normalize: (text) => text.normalize(),
  charAt: (text, [index]) => text.charAt(Number(index ?? 0)),
  charCodeAt: (text, [index]) => text.charCodeAt(Number(index ?? 0)),
  slice: (text, [start, end]) => text.slice(start as number, end as number),
  substring: (text, [start, end]) => text.substring(start as number, end as number),
  startsWith: (text, [other]) => text.startsWith(String(other)),
  endsWith: (text, [other]) => text.endsWith(String(other)),
  includes: (text, [other]) => text.includes(String(other)),
  indexOf: (text, [other]) => text.indexOf(String(other)),
  lastIndexOf: (text, [other]) => text.lastIndexOf(String(other)),
  concat: (text, args) => text + args.join(''),
  repeat: (text, [times]) => (typeof times === 'number' && times >= 0 && text.length * times <= MAX_TEXT ? text.repeat(times) : UNKNOWN),
  padStart: (text, [length, fill]) => (Number(length) <= 10_000 ? text.padStart(Number(length), fill as string) : UNKNOWN),
  padEnd: (text, [length, fill]) => (Number(length) <= 10_000 ? text.padEnd(Number(length), fill as string) : UNKNOWN),
  localeCompare: (text, [other]) => (text < String(other) ? -1 : text > String(other) ? 1 : 0),
};

export function callTextMethod(
  text: string,
  name: string,
  args: readonly Value[],
  run: Interpreter,
): { readonly value: Value } | undefined {
  if (name === 'replace' || name === 'replaceAll') return { value: replaced(text, name, args, run) };
  if (name === 'split') return { value: split(text, args[0]) };
  if (name === 'match' || name === 'matchAll') return { value: UNKNOWN };
  if (!Object.hasOwn(METHODS, name)) return undefined;
  if (!args.every(isPrimitive)) return { value: UNKNOWN };
  return { value: METHODS[name]?.(text, args) };
}

function split(text: string, separator: Value): Value {
  if (typeof separator === 'string') return new Arr(text.split(separator, 10_000));
  if (separator === undefined) return new Arr([text]);
  return separator instanceof Pattern && separator.regex && text.length <= MAX_MATCHED ? new Arr(text.split(separator.regex)) : UNKNOWN;
}

function replaced(text: string, name: 'replace' | 'replaceAll', [wanted, by]: readonly Value[], run: Interpreter): Value {
  const isPattern = wanted instanceof Pattern;
  const what = isPattern ? wanted.regex : typeof wanted === 'string' ? wanted : null;
  if (what === null || text.length > (isPattern ? MAX_MATCHED : MAX_TEXT) || (isPattern && name === 'replaceAll' && !wanted.regex?.global))
    return UNKNOWN;
  if (typeof by === 'string') return bounded(text[name](what, by));
  if (!(by instanceof Fn)) return UNKNOWN;
  let isKnown = true;
  const result = text[name](what, (...groups: (string | number)[]) => {
    const made = asText(run.call(by, groups, undefined));
    if (made === undefined) isKnown = false;
    return made ?? '';
  });
  return isKnown ? bounded(result) : UNKNOWN;
}

function bounded(text: string): Value {
  return text.length <= MAX_TEXT ? text : UNKNOWN;
}
