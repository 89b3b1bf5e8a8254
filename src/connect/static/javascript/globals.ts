import { tableConstructor } from './builtins.ts';
import type { Interpreter } from './interpreter.ts';
import { iterated, memberNames } from './iteration.ts';
import { valueOfJson } from './json-texts.ts';
import { jsonValueOf } from './json-values.ts';
import { readMember } from './members.ts';
import { objectGlobal } from './object-global.ts';
import { asText } from './operators.ts';
import { Scope } from './scope.ts';
import { Stop } from './stop.ts';
import { Arr, Fn, isPrimitive, nativeFn, Obj, objectOf, Proxied, UNKNOWN, Unknown, type Value } from './values.ts';

type Call = (args: readonly Value[], run: Interpreter) => Value;

/** A JSON text may have thousands of values. */
const STRINGIFIED_STEPS = 500;

/** The names that every module sees. Those that are missing here are not known. */
export function globalScope(runOf: () => Interpreter): Scope {
  const scope = new Scope(undefined, '', true);
  const native = (name: string, call: Call) => nativeFn(name, (args) => call(args, runOf()));
  scope.declare('NaN', Number.NaN);
  scope.declare('Infinity', Number.POSITIVE_INFINITY);
  scope.declare('console', openObject({}));
  scope.declare('process', processGlobal(native));
  scope.declare('Object', objectGlobal(runOf));
  scope.declare('Array', arrayGlobal(native));
  scope.declare(
    'JSON',
    objectOf({
      stringify: native('stringify', stringified),
      parse: native('parse', parsedJson),
    }),
  );
  scope.declare('String', openFn(native('String', ([value]) => (value instanceof Unknown ? value : (asText(value) ?? UNKNOWN)))));
  scope.declare(
    'Number',
    openFn(native('Number', ([value]) => (isPrimitive(value) && typeof value !== 'bigint' ? Number(value) : asSetting(value)))),
  );
  scope.declare(
    'Boolean',
    native('Boolean', ([value], run) => run.truth(value) ?? UNKNOWN),
  );
  for (const name of ['parseInt', 'parseFloat']) {
    scope.declare(
      name,
      native(name, ([value]) => (isPrimitive(value) ? Number.parseFloat(String(value)) : asSetting(value))),
    );
  }
  scope.declare('Symbol', symbolGlobal());
  scope.declare('Promise', promiseGlobal(native));
  scope.declare('Proxy', proxyGlobal());
  scope.declare(
    'Reflect',
    openObject({
      get: native('get', ([value, name], run) => (typeof name === 'string' ? readMember(value, name, run) : UNKNOWN)),
      ownKeys: native('ownKeys', ([value]) => new Arr([...memberNames(value)])),
    }),
  );
  const pairs = (value: Value) => iterated(value, runOf());
  for (const name of ['Map', 'WeakMap']) scope.declare(name, tableConstructor(name, false, pairs));
  for (const name of ['Set', 'WeakSet']) scope.declare(name, tableConstructor(name, true, pairs));
  return scope;
}

function openObject(members: Readonly<Record<string, Value>>): Obj {
  const made = objectOf(members);
  made.open = true;
  return made;
}

function openFn(fn: Fn): Fn {
  fn.open = true;
  return fn;
}

function asSetting(value: Value): Value {
  return value instanceof Unknown ? value : UNKNOWN;
}

function processGlobal(native: (name: string, call: Call) => Fn): Obj {
  const exit = native('exit', () => {
    throw new Stop('exit');
  });
  const options = new Arr(['node', '/']);
  return openObject({ env: new Unknown('environment', 'env'), argv: options, exit, cwd: native('cwd', () => UNKNOWN) });
}

function arrayGlobal(native: (name: string, call: Call) => Fn): Fn {
  const made = native('Array', (args) => (args.length === 1 ? UNKNOWN : new Arr([...args])));
  made.construct = (args) => (args.length === 1 ? new Arr(typeof args[0] === 'number' ? [] : [args[0]]) : new Arr([...args]));
  made.members.set(
    'isArray',
    native('isArray', ([value]) => (value instanceof Unknown ? UNKNOWN : value instanceof Arr)),
  );
  made.members.set(
    'of',
    native('of', (args) => new Arr([...args])),
  );
  made.members.set('from', native('from', arrayFrom));
  return made;
}

function arrayFrom([value, fn]: readonly Value[], run: Interpreter): Value {
  if (value instanceof Unknown && value.kind !== 'setting') return UNKNOWN;
  const length = value instanceof Obj ? readMember(value, 'length', run) : undefined;
  const items = typeof length === 'number' ? Array.from({ length: Math.min(length, 1_000) }, () => undefined) : iterated(value, run);
  return new Arr(fn instanceof Fn ? items.map((item, index) => run.call(fn, [item, index], undefined)) : [...items]);
}

function parsedJson([text]: readonly Value[], run: Interpreter): Value {
  if (typeof text !== 'string') return UNKNOWN;
  run.step(text.length >> 5);
  return valueOfJson(text);
}

function stringified([value, , indent]: readonly Value[], run: Interpreter): Value {
  run.step(isPrimitive(value) ? 1 : STRINGIFIED_STEPS);
  if (value instanceof Unknown) return UNKNOWN;
  const json = jsonValueOf(value);
  return json === undefined ? UNKNOWN : JSON.stringify(json, null, typeof indent === 'number' ? Math.min(indent, 10) : undefined);
}

function proxyGlobal(): Fn {
  const made = nativeFn('Proxy', () => UNKNOWN);
  made.construct = ([target, trap]) => (trap instanceof Obj ? new Proxied(target, trap) : target);
  return made;
}

function symbolGlobal(): Fn {
  const made = nativeFn('Symbol', () => UNKNOWN);
  for (const name of ['iterator', 'asyncIterator', 'toStringTag']) made.members.set(name, new Unknown('any', `Symbol.${name}`));
  made.members.set(
    'for',
    nativeFn('for', ([name]) => new Unknown('any', `Symbol.${String(isPrimitive(name) ? name : '')}`)),
  );
  return made;
}

function promiseGlobal(native: (name: string, call: Call) => Fn): Fn {
  const made = native('Promise', () => UNKNOWN);
  const itself = ([value]: readonly Value[]) => value;
  made.members.set('resolve', native('resolve', itself));
  made.members.set('all', native('all', itself));
  made.members.set(
    'race',
    native('race', () => UNKNOWN),
  );
  made.members.set(
    'any',
    native('any', () => UNKNOWN),
  );
  made.members.set(
    'reject',
    native('reject', () => UNKNOWN),
  );
  made.members.set(
    'allSettled',
    native('allSettled', ([list], run) => new Arr(iterated(list, run).map((value) => objectOf({ status: 'fulfilled', value })))),
  );
  made.construct = ([executor]) => {
    let settled: Value = UNKNOWN;
    const resolve = nativeFn('resolve', ([value]) => {
      settled = value;
      return undefined;
    });
    native('', (_, run) => run.attempt(() => run.call(executor, [resolve, UNKNOWN], undefined), undefined)).native?.([], undefined);
    return settled;
  };
  return made;
}
