import type * as t from '@babel/types';
import { instantiate, superConstruct } from './classes.ts';
import { spreadItems } from './expressions.ts';
import type { Interpreter } from './interpreter.ts';
import { propertyName } from './members.ts';
import { callMember, zodCall } from './method-calls.ts';
import { Schema } from './schema.ts';
import type { Scope } from './scope.ts';
import { callOutside, constructOutside } from './unknown-calls.ts';
import { Fn, Obj, type Place, UNKNOWN, Unknown, type Value } from './values.ts';
import { classOfZod, isSchemaConverter, schemaOfDefinition } from './zod-internals.ts';

export function evaluateCall(node: t.CallExpression | t.OptionalCallExpression, scope: Scope, run: Interpreter): Value {
  const { callee } = node;
  if (callee.type === 'Super') return callSuper(node, scope, run);
  const place = run.place(node, scope);
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') {
    const fn = run.evaluate(callee, scope);
    if (node.type === 'OptionalCallExpression' && (fn === undefined || fn === null)) return undefined;
    const label = callee.type === 'Identifier' ? callee.name : '';
    return callValue(fn, label, spreadItems(node.arguments, scope, run).items, undefined, place, run);
  }
  if (callee.object.type === 'Super') {
    const method = run.evaluate(callee, scope);
    return callValue(method, '', spreadItems(node.arguments, scope, run).items, scope.read('this'), place, run);
  }
  const receiver = run.evaluate(callee.object, scope);
  const isOptional = callee.type === 'OptionalMemberExpression';
  if (isOptional && (receiver === undefined || receiver === null)) return undefined;
  const name = propertyName(callee, scope, run) ?? '';
  return callMember(receiver, name, spreadItems(node.arguments, scope, run).items, place, run);
}

function callSuper(node: t.CallExpression | t.OptionalCallExpression, scope: Scope, run: Interpreter): Value {
  const home = scope.read('super');
  const self = scope.read('this');
  const derived = home instanceof Obj ? home.members.get('constructor') : undefined;
  const { items } = spreadItems(node.arguments, scope, run);
  if (derived instanceof Fn && self instanceof Obj) superConstruct(derived, items, self, run);
  return undefined;
}

export function callValue(callee: Value, label: string, args: readonly Value[], self: Value, place: Place, run: Interpreter): Value {
  const [first] = args;
  if (first instanceof Schema && isSchemaConverter(label)) return first;
  if (!(callee instanceof Fn)) {
    if (callee instanceof Unknown && callee.kind === 'zod') return zodCall(callee.label, args, run) ?? UNKNOWN;
    return callOutside(callee, callee instanceof Unknown && callee.label ? callee.label : label, args, place, run);
  }
  const zodClass = classOfZod(args);
  if (zodClass) return zodClass;
  // What a bundler wraps around another package's exports leaves them as they are.
  if (first instanceof Unknown && /^_*(?:toESM|import(?:Default|Star)|interop\w{0,30})\d*$/i.test(label)) return first;
  return run.call(callee, args, self);
}

export function evaluateNew(node: t.NewExpression, scope: Scope, run: Interpreter): Value {
  const callee = run.evaluate(node.callee, scope);
  const { items } = spreadItems(node.arguments, scope, run);
  const place = run.place(node, scope);
  if (!(callee instanceof Fn)) return constructOutside(callee, items, place, run);
  const schema = schemaOfDefinition(callee, items[0], run);
  if (schema) return schema;
  if (callee.construct) return callee.construct(items);
  if (callee.native) return UNKNOWN;
  run.registrations.offer(items, place, run);
  const made = instantiate(callee, items, run);
  if (made instanceof Obj) made.at ??= place;
  return made;
}

/** A tagged template is its text for the tags that only take indentation away; others are not known. */
export function evaluateTagged(node: t.TaggedTemplateExpression, scope: Scope, run: Interpreter): Value {
  const text = run.evaluate(node.quasi, scope);
  const tag = node.tag.type === 'Identifier' ? node.tag.name : node.tag.type === 'MemberExpression' ? 'String.raw' : '';
  if (typeof text !== 'string' || tag === 'String.raw') return text;
  if (!/^(?:dedent|outdent|stripIndents?|undent)$/.test(tag)) return UNKNOWN;
  return withoutIndentation(text);
}

function withoutIndentation(text: string): string {
  const lines = text.split('\n');
  const indented = lines.slice(1).filter((line) => line.trim() !== '');
  const margin = Math.min(...indented.slice(0, 10_000).map((line) => line.length - line.trimStart().length), 1_000);
  return lines
    .map((line, index) => (index === 0 ? line : line.slice(margin)))
    .join('\n')
    .trim();
}
