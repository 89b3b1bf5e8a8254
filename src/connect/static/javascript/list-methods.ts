import type { Interpreter } from './interpreter.ts';
import { iterated } from './iteration.ts';
import { asText, strictlyEqual } from './operators.ts';
import { Arr, UNKNOWN, Unknown, type Value } from './values.ts';

type Method = (list: Arr, args: readonly Value[], run: Interpreter) => Value;

const MAX_ITEMS = 50_000;

const METHODS: Readonly<Record<string, Method>> = {
  push: (list, args, run) => {
    if (run.branches > 0) run.registrations.doubt(args);
    return added(list, args, 'push');
  },
  unshift: (list, args) => added(list, args, 'unshift'),
  pop: (list) => list.items.pop(),
  shift: (list) => list.items.shift(),
  splice: (list, [start, count, ...added]) => {
    if (typeof start !== 'number') return UNKNOWN;
    return new Arr(list.items.splice(start, typeof count === 'number' ? count : list.items.length, ...added));
  },
  map: (list, [fn], run) =>
    like(
      list,
      list.items.map((item, index) => run.call(fn, [item, index, list], undefined)),
    ),
  flatMap: (list, [fn], run) =>
    flat(
      like(
        list,
        list.items.map((item, index) => run.call(fn, [item, index, list], undefined)),
      ),
      run,
    ),
  forEach: (list, [fn], run) => {
    for (const [index, item] of list.items.slice(0).entries()) run.attempt(() => run.call(fn, [item, index, list], undefined), undefined);
    return undefined;
  },
  filter: (list, [fn], run) =>
    like(
      list,
      list.items.filter((item, index) => run.truth(run.call(fn, [item, index, list], undefined)) !== false),
    ),
  find: (list, [fn], run) => {
    const tests = list.items.map((item, index) => ({ item, holds: run.truth(run.call(fn, [item, index, list], undefined)) }));
    return tests.some(({ holds }) => holds === undefined) || list.open ? UNKNOWN : tests.find(({ holds }) => holds)?.item;
  },
  some: (list, [fn], run) => quantified(list, fn, true, run),
  every: (list, [fn], run) => quantified(list, fn, false, run),
  reduce: (list, [fn, ...initial], run) => {
    const items = initial.length > 0 ? list.items : list.items.slice(1);
    let result = initial.length > 0 ? initial[0] : list.items[0];
    for (const [index, item] of items.entries()) result = run.call(fn, [result, item, index, list], undefined);
    return result;
  },
  concat: (list, args, run) =>
    like(list, [...list.items, ...args.flatMap((arg) => (arg instanceof Arr ? iterated(arg, run) : arg instanceof Unknown ? [] : [arg]))]),
  slice: (list, [start, end]) => like(list, list.items.slice(numberOr(start, 0), numberOr(end, undefined))),
  flat: (list, _, run) => flat(list, run),
  join: (list, [separator]) => joinedText(list, separator),
  includes: (list, [wanted]) => included(list, wanted),
  indexOf: (list, [wanted]) => (isKnown(list, wanted) ? list.items.indexOf(wanted) : UNKNOWN),
  at: (list, [index]) => (typeof index === 'number' && !list.open ? list.items.at(index) : UNKNOWN),
  reverse: (list) => like(list, list.items.toReversed()),
  sort: (list) => list,
  toSorted: (list) => like(list, [...list.items]),
  keys: (list) => new Arr(list.items.map((_, index) => index)),
  values: (list) => list,
  entries: (list) => new Arr(list.items.map((item, index) => new Arr([index, item]))),
  fill: (list, [value]) =>
    like(
      list,
      list.items.map(() => value),
    ),
};

export function callListMethod(list: Arr, name: string, args: readonly Value[], run: Interpreter): { readonly value: Value } | undefined {
  if (!Object.hasOwn(METHODS, name)) return undefined;
  run.step(1 + (list.items.length >> 2));
  return { value: METHODS[name]?.(list, args, run) };
}

function like(list: Arr, items: readonly Value[]): Arr {
  const made = new Arr(items.slice(0, MAX_ITEMS));
  made.open = list.open;
  return made;
}

function added(list: Arr, args: readonly Value[], end: 'push' | 'unshift'): Value {
  if (list.items.length + args.length <= MAX_ITEMS) for (const arg of end === 'push' ? args : args.toReversed()) list.items[end](arg);
  return list.items.length;
}

function flat(list: Arr, run: Interpreter): Arr {
  return like(
    list,
    list.items.flatMap((item) => (item instanceof Arr ? iterated(item, run) : item instanceof Unknown ? [] : [item])),
  );
}

function quantified(list: Arr, fn: Value, wanted: boolean, run: Interpreter): Value {
  const results = list.items.map((item, index) => run.truth(run.call(fn, [item, index, list], undefined)));
  if (results.includes(wanted)) return wanted;
  return results.includes(undefined) || list.open ? UNKNOWN : !wanted;
}

function numberOr<T>(value: Value, otherwise: T): number | T {
  return typeof value === 'number' ? value : otherwise;
}

function joinedText(list: Arr, separator: Value): Value {
  const between = separator === undefined ? ',' : separator;
  const parts = list.items.map((item) => (item === undefined || item === null ? '' : asText(item)));
  if (list.open || typeof between !== 'string' || parts.includes(undefined)) return UNKNOWN;
  const text = parts.join(between);
  return text.length > 1_000_000 ? UNKNOWN : text;
}

function included(list: Arr, wanted: Value): Value {
  const results = list.items.map((item) => strictlyEqual(item, wanted));
  if (results.includes(true)) return true;
  return list.open || results.includes(undefined) ? UNKNOWN : false;
}

function isKnown(list: Arr, wanted: Value): boolean {
  return !list.open && !(wanted instanceof Unknown) && !list.items.some((item) => item instanceof Unknown);
}
