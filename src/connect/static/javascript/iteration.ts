import type { Interpreter } from './interpreter.ts';
import { Arr, Fn, isPrimitive, Obj, Table, UNKNOWN, Unknown, type Value } from './values.ts';

const MAX_ITEMS = 5_000;

/** What `for…of` and spread go over. A value that is not known stands for one item, so that the body of a loop is read once. */
export function iterated(value: Value, run: Interpreter): readonly Value[] {
  run.step(sizeOf(value) >> 3);
  if (value instanceof Arr) return value.items.slice(0, MAX_ITEMS);
  if (value instanceof Table)
    return [...value.entries].slice(0, MAX_ITEMS).map(([key, item]) => (value.isSet ? key : new Arr([key, item])));
  if (typeof value === 'string') return [...value.slice(0, MAX_ITEMS)];
  if (value instanceof Unknown && (value.kind === 'setting' || value.kind === 'environment')) return run.settingsAbsent ? [] : [UNKNOWN];
  return isPrimitive(value) ? [] : [UNKNOWN];
}

function sizeOf(value: Value): number {
  if (value instanceof Arr) return Math.min(value.items.length, MAX_ITEMS);
  return value instanceof Table ? value.entries.size : 0;
}

/** The names of what an object has itself, in order, as `for…in` and `Object.keys` give them. */
export function memberNames(value: Value): readonly string[] {
  if (value instanceof Arr) return value.items.slice(0, MAX_ITEMS).map((_, index) => String(index));
  if (!(value instanceof Obj)) return [];
  const hidden = value instanceof Fn ? ['prototype'] : [];
  return [...value.members.keys()].filter((name) => !hidden.includes(name) && !name.startsWith('#')).slice(0, MAX_ITEMS);
}
