import type * as t from '@babel/types';
import type { Interpreter } from './interpreter.ts';
import { iterated, memberNames } from './iteration.ts';
import { propertyName, readMember, writeMember } from './members.ts';
import type { Scope } from './scope.ts';
import { Arr, joined, Obj, UNKNOWN, Unknown, type Value } from './values.ts';

type Target = t.Node;

/** Declares the names of a pattern in a scope. Defaults and computed names are evaluated in `scope`, names are declared in `into`. */
export function bind(target: Target, value: Value, into: Scope, scope: Scope, run: Interpreter): void {
  destructure(target, value, scope, run, (leaf, given) => {
    if (leaf.type === 'Identifier') into.declare(leaf.name, given);
  });
}

/** Assigns to names, members and patterns of them. */
export function assign(target: Target, value: Value, scope: Scope, run: Interpreter): void {
  destructure(target, value, scope, run, (leaf, given) => assignLeaf(leaf, given, scope, run));
}

function assignLeaf(leaf: Target, value: Value, scope: Scope, run: Interpreter): void {
  if (leaf.type === 'Identifier') assignName(leaf.name, value, scope, run);
  else if (leaf.type === 'MemberExpression' || leaf.type === 'OptionalMemberExpression') {
    const object = run.evaluate(leaf.object, scope);
    const name = propertyName(leaf, scope, run);
    if (name !== undefined) writeMember(object, name, value, run);
    else if (object instanceof Obj) object.open = true;
  } else if (leaf.type.startsWith('TS') && 'expression' in leaf) assignLeaf(leaf.expression as Target, value, scope, run);
}

function assignName(name: string, value: Value, scope: Scope, run: Interpreter): void {
  const holder = scope.holder(name) ?? scope.functionScope;
  const isUncertain = holder.serial < run.uncertainSince && holder.names.has(name);
  holder.declare(name, isUncertain ? joined(holder.read(name), value) : value);
}

function destructure(target: Target, value: Value, scope: Scope, run: Interpreter, leaf: (leaf: Target, value: Value) => void): void {
  const inner = (node: Target, given: Value) => destructure(node, given, scope, run, leaf);
  switch (target.type) {
    case 'AssignmentPattern':
      inner(target.left, isAbsent(value, run) ? run.evaluate(target.right, scope) : value);
      break;
    case 'ArrayPattern':
      destructureItems(target, value, run, inner);
      break;
    case 'ObjectPattern':
      destructureMembers(target, value, scope, run, inner);
      break;
    case 'TSParameterProperty':
      inner(target.parameter, value);
      break;
    default:
      leaf(target, value);
  }
}

function isAbsent(value: Value, run: Interpreter): boolean {
  return value === undefined || (value instanceof Unknown && value.kind === 'setting' && run.settingsAbsent);
}

function destructureItems(target: t.ArrayPattern, value: Value, run: Interpreter, inner: (node: Target, value: Value) => void): void {
  const isKnown = value instanceof Arr || !(value instanceof Unknown || value instanceof Obj);
  const items = isKnown ? iterated(value, run) : [];
  const missing = isKnown && !(value instanceof Arr && value.open) ? undefined : UNKNOWN;
  target.elements.forEach((element, index) => {
    if (!element) return;
    if (element.type === 'RestElement') inner(element.argument, isKnown ? new Arr(items.slice(index)) : UNKNOWN);
    else inner(element, index < items.length ? items[index] : missing);
  });
}

function destructureMembers(
  target: t.ObjectPattern,
  value: Value,
  scope: Scope,
  run: Interpreter,
  inner: (node: Target, value: Value) => void,
): void {
  const taken = new Set<string>();
  for (const property of target.properties) {
    if (property.type === 'RestElement') {
      inner(property.argument, rest(value, taken, run));
      continue;
    }
    const name = propertyName(property, scope, run);
    if (name !== undefined) taken.add(name);
    inner(property.value, name === undefined ? UNKNOWN : readMember(value, name, run));
  }
}

function rest(value: Value, taken: ReadonlySet<string>, run: Interpreter): Value {
  if (!(value instanceof Obj)) return value instanceof Unknown ? value : UNKNOWN;
  const left = new Obj();
  left.open = value.open;
  left.at = value.at;
  run.step(value.members.size >> 2);
  for (const name of memberNames(value)) if (!taken.has(name)) left.members.set(name, readMember(value, name, run));
  return left;
}
