import { spreadInto } from './expressions.ts';
import type { Interpreter } from './interpreter.ts';
import { iterated, memberNames } from './iteration.ts';
import { readMember } from './members.ts';
import { Accessor, Arr, Fn, isPrimitive, type Link, nativeFn, Obj, UNKNOWN, Unknown, type Value } from './values.ts';

type Call = (args: readonly Value[], run: Interpreter) => Value;

const itself: Call = ([value]) => value;

const METHODS: Readonly<Record<string, Call>> = {
  keys: ([value]) => listed(value, memberNames(value)),
  getOwnPropertyNames: ([value]) => listed(value, memberNames(value)),
  values: ([value], run) =>
    listed(
      value,
      memberNames(value).map((name) => readMember(value, name, run)),
    ),
  entries: ([value], run) =>
    listed(
      value,
      memberNames(value).map((name) => new Arr([name, readMember(value, name, run)])),
    ),
  fromEntries: ([pairs], run) => fromEntries(pairs, run),
  assign: ([target, ...sources], run) => {
    if (target instanceof Obj) for (const source of sources) spreadInto(target, source, run);
    return target;
  },
  freeze: itself,
  seal: itself,
  preventExtensions: itself,
  create: ([proto]) => {
    const made = new Obj();
    if (proto instanceof Obj) made.proto = proto;
    return made;
  },
  setPrototypeOf: ([value, proto]) => {
    if (value instanceof Obj && proto instanceof Obj && proto !== value) value.proto = proto;
    return value;
  },
  getPrototypeOf: ([value]) => (value instanceof Obj && value.proto ? value.proto : UNKNOWN),
  defineProperty: ([target, name, descriptor], run) => defined(target, name, descriptor, run),
  defineProperties: ([target, descriptors], run) => {
    for (const name of memberNames(descriptors)) defined(target, name, readMember(descriptors, name, run), run);
    return target;
  },
};

export function objectGlobal(runOf: () => Interpreter): Fn {
  const made = nativeFn('Object', ([value]) => value);
  made.construct = ([value]) => value ?? new Obj();
  for (const [name, call] of Object.entries(METHODS))
    made.members.set(
      name,
      nativeFn(name, (args) => counted(call, args, runOf())),
    );
  return made;
}

function counted(call: Call, args: readonly Value[], run: Interpreter): Value {
  for (const arg of args) if (arg instanceof Obj) run.step(arg.members.size >> 2);
  return call(args, run);
}

function listed(value: Value, items: readonly Value[]): Value {
  if (value instanceof Unknown) return value.kind === 'setting' ? new Arr() : UNKNOWN;
  const made = new Arr([...items]);
  made.open = value instanceof Obj && value.open;
  return made;
}

function fromEntries(pairs: Value, run: Interpreter): Value {
  if (pairs instanceof Unknown) return UNKNOWN;
  const made = new Obj();
  for (const pair of iterated(pairs, run)) {
    const [name, value] = pair instanceof Arr ? pair.items : [];
    if (isPrimitive(name) && pair instanceof Arr) made.members.set(String(name), value);
    else made.open = true;
  }
  return made;
}

function defined(target: Value, name: Value, descriptor: Value, run: Interpreter): Value {
  if (!(target instanceof Obj) || !(descriptor instanceof Obj) || typeof name !== 'string') return target;
  const get = readMember(descriptor, 'get', run);
  if (get instanceof Fn) {
    const accessor = new Accessor();
    accessor.get = get;
    target.members.set(name, accessor);
  } else if (descriptor.members.has('value')) target.members.set(name, descriptor.members.get('value') as Exclude<Value, Link>);
  return target;
}
