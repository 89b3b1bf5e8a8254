import { callBuiltin } from './builtins.ts';
import { callValue } from './calls.ts';
import type { Interpreter } from './interpreter.ts';
import { readMember } from './members.ts';
import { Schema } from './schema.ts';
import { builtSchema } from './schema-builders.ts';
import { callSchemaMethod } from './schema-methods.ts';
import { typeboxSchema } from './typebox-schema.ts';
import { callOutside } from './unknown-calls.ts';
import { Arr, Fn, nativeFn, Obj, type Place, Proxied, UNKNOWN, Unknown, type Value } from './values.ts';
import { isSchemaConverter, isZodNamespace } from './zod-internals.ts';

/** A call of a method, of whatever it is called on. */
export function callMember(receiver: Value, name: string, args: readonly Value[], place: Place, run: Interpreter): Value {
  const own = receiver instanceof Unknown ? receiver.written?.get(name) : undefined;
  if (own instanceof Fn) return callValue(own, name, args, receiver, place, run);
  const registered = run.registrations.called(receiver, name, args, place, run);
  if (registered !== undefined) return registered;
  if (receiver instanceof Schema) return callSchemaMethod(receiver, name, args, run);
  const called = receiver instanceof Obj ? callOfObject(receiver, name, args, place, run) : callOfUnknown(receiver, name, args, place, run);
  if (called !== undefined) return called.value;
  const builtin = callBuiltin(receiver, name, args, run);
  return builtin === undefined ? callOutside(receiver, name, args, place, run) : builtin.value;
}

type Called = { readonly value: Value } | undefined;

function callOfUnknown(receiver: Value, name: string, args: readonly Value[], place: Place, run: Interpreter): Called {
  if (!(receiver instanceof Unknown)) return undefined;
  if (receiver.kind === 'typebox') return { value: typeboxSchema(name, args, run) ?? UNKNOWN };
  if (receiver.kind === 'zod' || receiver.label === 'z') {
    const built = zodCall(name, args, run);
    if (built !== undefined) return { value: built };
  }
  return receiver.kind === 'any' && receiver.label !== '' ? callOfMethod(receiver, name, args, place, run) : undefined;
}

/** `server.registerTool.call(server, …)` and its like, as a wrapper of the method keeps what it wraps. */
function callOfMethod({ label }: Unknown, name: string, [self, ...rest]: readonly Value[], place: Place, run: Interpreter): Called {
  // Without what was written over the method since: it is the method before that.
  const receiver = self instanceof Unknown ? UNKNOWN : self;
  if (name === 'call') return { value: callMember(receiver, label, rest, place, run) };
  if (name === 'apply') return { value: callMember(receiver, label, rest[0] instanceof Arr ? rest[0].items : [], place, run) };
  return name === 'bind' ? { value: nativeFn(label, (args) => callMember(receiver, label, [...rest, ...args], place, run)) } : undefined;
}

function callOfObject(receiver: Obj, name: string, args: readonly Value[], place: Place, run: Interpreter): Called {
  const method = readMember(receiver, name, run);
  if (method instanceof Fn) {
    const built = isZodNamespace(receiver) ? zodCall(name, args, run) : undefined;
    return { value: built ?? callValue(method, name, args, receiver, place, run) };
  }
  if (receiver instanceof Proxied) return { value: callMember(receiver.target, name, args, place, run) };
  if (!(receiver instanceof Fn) || receiver.members.has(name)) return undefined;
  const called = callThrough(receiver, name, args, place, run);
  return called === undefined ? undefined : { value: called };
}

export function zodCall(name: string, args: readonly Value[], run: Interpreter): Value {
  if (isSchemaConverter(name) && args[0] instanceof Schema) return args[0];
  return builtSchema(name, args, run);
}

/** `call`, `apply` and `bind` of a function. */
function callThrough(fn: Fn, name: string, [self, ...rest]: readonly Value[], place: Place, run: Interpreter): Value {
  if (name === 'call') return callValue(fn, fn.name, rest, self, place, run);
  if (name === 'apply') return callValue(fn, fn.name, rest[0] instanceof Arr ? rest[0].items : [], self, place, run);
  if (name !== 'bind') return undefined;
  const bound = new Fn();
  bound.name = fn.name;
  bound.native = (args) => callValue(fn, fn.name, [...rest, ...args], self, place, run);
  return bound;
}
