import type * as t from '@babel/types';
import { applyDecorators } from './decorators.ts';
import { makeFunction, prototypeOf } from './functions.ts';
import type { Interpreter } from './interpreter.ts';
import { propertyName } from './members.ts';
import { Scope } from './scope.ts';
import { Accessor, Fn, Obj, UNKNOWN, type Value } from './values.ts';

type ClassNode = t.ClassDeclaration | t.ClassExpression;

export function makeClass(node: ClassNode, scope: Scope, run: Interpreter): Fn {
  const made = new Fn();
  made.node = node;
  made.scope = new Scope(scope, scope.file, false);
  made.at = run.place(node, scope);
  if (node.id) made.name = node.id.name;
  if (node.id) made.scope.declare(node.id.name, made);
  made.base = node.superClass ? run.evaluate(node.superClass, scope) : undefined;
  const proto = new Obj();
  proto.members.set('constructor', made);
  made.members.set('prototype', proto);
  if (made.base instanceof Fn) {
    made.proto = made.base;
    proto.proto = prototypeOf(made.base) ?? null;
  } else if (node.superClass) {
    made.open = true;
    proto.open = true;
  }
  for (const member of node.body.body) addMember(member, made, proto, run);
  for (const member of node.body.body) applyDecorators(member, made, run);
  return made;
}

function addMember(member: t.ClassBody['body'][number], made: Fn, proto: Obj, run: Interpreter): void {
  const scope = made.scope as Scope;
  if (member.type === 'StaticBlock') {
    const inner = staticScope(made);
    for (const statement of member.body) run.execute(statement, inner);
    return;
  }
  if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') {
    if (member.kind === 'constructor') return;
    const name = propertyName(member, scope, run);
    if (name !== undefined) addMethod(member, name, member.static ? made : proto, scope);
    return;
  }
  if ((member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty') && member.static) {
    const name = propertyName(member, scope, run);
    if (name !== undefined) made.members.set(name, run.evaluate(member.value, staticScope(made)));
  }
}

function staticScope(made: Fn): Scope {
  const scope = new Scope(made.scope, made.scope?.file ?? '', true);
  scope.declare('this', made);
  scope.declare('super', made);
  return scope;
}

export function addMethod(node: t.ClassMethod | t.ClassPrivateMethod | t.ObjectMethod, name: string, holder: Obj, scope: Scope): void {
  const method = makeFunction(node, scope);
  method.name = name;
  method.home = holder;
  if (node.kind !== 'get' && node.kind !== 'set') {
    holder.members.set(name, method);
    return;
  }
  const known = holder.members.get(name);
  const accessor = known instanceof Accessor ? known : new Accessor();
  accessor[node.kind] = method;
  holder.members.set(name, accessor);
}

/** A new instance of a class or of a function used as one. */
export function instantiate(callee: Fn, args: readonly Value[], run: Interpreter): Value {
  const instance = new Obj();
  instance.proto = prototypeOf(callee) ?? null;
  instance.open = instance.proto?.open ?? false;
  instance.at = callee.at;
  const returned = construct(callee, args, instance, run);
  return returned instanceof Obj ? returned : instance;
}

/** Runs the constructor of a class on an instance, as `super(…)` does with the base. */
function construct(callee: Value, args: readonly Value[], instance: Obj, run: Interpreter): Value {
  if (!(callee instanceof Fn) || callee.native) {
    instance.open = true;
    return undefined;
  }
  const { node } = callee;
  if (node) run.ran.add(node);
  if (node?.type !== 'ClassDeclaration' && node?.type !== 'ClassExpression') return run.call(callee, args, instance);
  const own = node.body.body.find((member) => member.type === 'ClassMethod' && member.kind === 'constructor') as t.ClassMethod | undefined;
  if (callee.base === undefined) setFields(callee, instance, run);
  if (!own) {
    if (callee.base !== undefined) superConstruct(callee, args, instance, run);
    return undefined;
  }
  const method = makeFunction(own, callee.scope as Scope);
  method.home = prototypeOf(callee);
  run.call(method, args, instance);
  return undefined;
}

export function superConstruct(derived: Fn, args: readonly Value[], instance: Obj, run: Interpreter): void {
  construct(derived.base, args, instance, run);
  setFields(derived, instance, run);
}

function setFields(callee: Fn, instance: Obj, run: Interpreter): void {
  const node = callee.node as ClassNode;
  for (const member of node.body.body) {
    if ((member.type !== 'ClassProperty' && member.type !== 'ClassPrivateProperty') || member.static) continue;
    if (member.type === 'ClassProperty' && (member.declare || (!member.value && member.abstract))) continue;
    const scope = new Scope(callee.scope, callee.scope?.file ?? '', true);
    scope.declare('this', instance);
    scope.declare('super', prototypeOf(callee));
    const name = propertyName(member, scope, run);
    const value = run.attempt(() => run.evaluate(member.value, scope), UNKNOWN);
    if (name !== undefined) instance.members.set(name, value);
  }
}
