import type { Interpreter } from './interpreter.ts';
import { callListMethod } from './list-methods.ts';
import { callTextMethod } from './text-methods.ts';
import { Arr, nativeFn, Obj, Pattern, Table, UNKNOWN, type Value } from './values.ts';

const ONE_ENTRY: ReadonlySet<string> = new Set(['set', 'add', 'get', 'has', 'delete']);

/** A method of the language's own types. @returns `undefined` for what is none. */
export function callBuiltin(
  receiver: Value,
  name: string,
  args: readonly Value[],
  run: Interpreter,
): { readonly value: Value } | undefined {
  run.step();
  if (receiver instanceof Arr) return callListMethod(receiver, name, args, run);
  if (typeof receiver === 'string') run.step(receiver.length >> 8);
  if (typeof receiver === 'string') return callTextMethod(receiver, name, args, run);
  if (receiver instanceof Table) return callTableMethod(receiver, name, args, run);
  if (receiver instanceof Pattern) return { value: name === 'test' ? tested(receiver, args[0]) : UNKNOWN };
  if (typeof receiver === 'number' && name === 'toString') return { value: String(receiver) };
  if (receiver instanceof Obj && (name === 'hasOwnProperty' || name === 'propertyIsEnumerable')) {
    return { value: typeof args[0] === 'string' && !receiver.open ? receiver.members.has(args[0]) : UNKNOWN };
  }
  return undefined;
}

function tested({ regex }: Pattern, text: Value): Value {
  if (!regex || typeof text !== 'string' || text.length > 2_000) return UNKNOWN;
  regex.lastIndex = 0;
  return regex.test(text);
}

function callTableMethod(table: Table, name: string, args: readonly Value[], run: Interpreter): { readonly value: Value } | undefined {
  const { entries } = table;
  if (!ONE_ENTRY.has(name)) run.step(entries.size >> 2);
  const [key, value] = args;
  switch (name) {
    case 'set':
    case 'add':
      run.step(4);
      entries.set(key, name === 'set' ? value : key);
      return { value: table };
    case 'get':
      return { value: entries.has(key) ? entries.get(key) : isKnownKey(key) ? undefined : UNKNOWN };
    case 'has':
      return { value: entries.has(key) ? true : isKnownKey(key) || run.truth(key) === false ? false : UNKNOWN };
    case 'delete':
      return { value: entries.delete(key) };
    case 'clear':
      entries.clear();
      return { value: undefined };
    case 'keys':
      return { value: new Arr([...entries.keys()]) };
    case 'values':
      return { value: new Arr([...entries.values()]) };
    case 'entries':
      return { value: new Arr([...entries].map((pair) => new Arr(pair))) };
    case 'forEach':
      for (const [one, held] of [...entries]) run.call(key, [held, one, table], undefined);
      return { value: undefined };
    default:
      return undefined;
  }
}

function isKnownKey(key: Value): boolean {
  return typeof key === 'string' || typeof key === 'number';
}

/** The constructors `Map`, `Set` and their weak kin. */
export function tableConstructor(name: string, isSet: boolean, pairsOf: (value: Value) => readonly Value[]) {
  const made = nativeFn(name, () => UNKNOWN);
  made.construct = ([given]) => {
    const table = new Table(isSet);
    for (const item of given === undefined || given === null ? [] : pairsOf(given)) {
      if (isSet) table.entries.set(item, item);
      else if (item instanceof Arr) table.entries.set(item.items[0], item.items[1]);
    }
    return table;
  };
  return made;
}
