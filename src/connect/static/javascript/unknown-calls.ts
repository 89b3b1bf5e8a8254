import type { Interpreter } from './interpreter.ts';
import { Schema } from './schema.ts';
import { isToolShaped, toolOfArguments } from './tool-shapes.ts';
import { Arr, Fn, Obj, ownValue, type Place, UNKNOWN, Unknown, type Value } from './values.ts';
import { isSchemaConverter } from './zod-internals.ts';

const MAX_CALLBACKS = 3;
const MAX_MEMBERS = 60;
const CALLED = new WeakMap<Interpreter, Map<object, number>>();
const HANDLERS: ReadonlySet<string> = new Set(['execute', 'handler', 'callback', 'cb', 'call', 'toJSON', 'toString']);

/**
 * A call that leaves what can be read: of another package, or of a value that is not known. Callbacks may be called by it, and are.
 *
 * @param receiver - What the method is called on, or the function itself.
 */
export function callOutside(receiver: Value, name: string, args: readonly Value[], place: Place, run: Interpreter): Value {
  if (receiver instanceof Unknown && receiver.kind === 'setting') return new Unknown('setting', name);
  const settled = settle(receiver, name, args, run);
  if (settled !== undefined) return settled;
  const registered = run.registrations.calledOutside(name, args, place, run);
  if (registered !== undefined) return registered;
  const [first] = args;
  if (first instanceof Schema && isSchemaConverter(name)) return first;
  runCallbacks(args, run);
  const tool = toolOfArguments(name, args, place);
  if (tool) return tool;
  if (first instanceof Obj && !(first instanceof Fn) && (isToolShaped(first) || ownValue(first, 'type') === 'object')) return first;
  return new Unknown('any', name);
}

/** A promise is its value here, so `then` goes on with it. */
function settle(receiver: Value, name: string, [next]: readonly Value[], run: Interpreter): Value {
  if (name === 'then' && next instanceof Fn) return run.call(next, [receiver instanceof Unknown ? UNKNOWN : receiver], undefined);
  if (name === 'catch') return receiver === undefined ? UNKNOWN : receiver;
  if (name !== 'finally') return undefined;
  runCallbacks([next], run);
  return receiver === undefined ? UNKNOWN : receiver;
}

export function constructOutside(callee: Value, args: readonly Value[], place: Place, run: Interpreter): Value {
  run.registrations.offer(args, place, run);
  runCallbacks(args, run);
  return new Unknown('any', callee instanceof Unknown ? `new ${callee.label}` : '');
}

/** Calls the functions among arguments, and those in an object that is no tool, such as `{ run() {} }` of a command. */
function runCallbacks(args: readonly Value[], run: Interpreter): void {
  for (const arg of args) {
    if (arg instanceof Fn) runCallback(arg, undefined, run);
    else if (arg instanceof Obj) runMembers(arg, run);
    else if (arg instanceof Arr) for (const item of arg.items.slice(0, 50)) if (item instanceof Fn) runCallback(item, undefined, run);
  }
}

function runMembers(object: Obj, run: Interpreter): void {
  if (object.members.size > MAX_MEMBERS || isToolShaped(object)) return;
  for (const [name, member] of object.members) if (member instanceof Fn && !HANDLERS.has(name)) runCallback(member, object, run);
}

function runCallback(fn: Fn, self: Value, run: Interpreter): void {
  const { node, scope } = fn;
  if (!node || !scope || node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return;
  const called = CALLED.get(run) ?? new Map<object, number>();
  CALLED.set(run, called);
  const times = called.get(node) ?? 0;
  if (times >= MAX_CALLBACKS) return;
  called.set(node, times + 1);
  const parameters = 'params' in node && Array.isArray(node.params) ? node.params.map(() => UNKNOWN) : [];
  run.attempt(() => run.uncertainly(scope, () => run.call(fn, parameters, self)), undefined);
}
