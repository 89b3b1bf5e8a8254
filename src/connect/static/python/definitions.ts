import type { SyntaxNode } from '@lezer/common';
import { attributeOf, isEnum } from './attributes.ts';
import { callValue } from './calls.ts';
import { argumentsOf, evaluate } from './expressions.ts';
import { callFunction } from './functions.ts';
import { bind } from './names.ts';
import type { Run } from './run.ts';
import { execute } from './statements.ts';
import { bodyOf, expressionsOf, lineOf, parts, statementsOf, textOf } from './syntax.ts';
import { type ClassValue, type FunctionValue, NO_ARGUMENTS, type Place, type Scope, type Value } from './value.ts';

const MAX_DEFINED = 20_000;

/** Binds a function, its decorators applied. */
export function defineFunction(node: SyntaxNode, decorators: readonly SyntaxNode[], scope: Scope, run: Run): void {
  const named = parts(node).find(({ name }) => name === 'VariableName');
  if (!named) return;
  const name = textOf(scope.file, named);
  const plain: FunctionValue = { kind: 'function', name, node, scope, binding: 'plain' };
  if (run.defined.length < MAX_DEFINED) run.defined.push(plain);
  let value: Value = plain;
  for (const decorator of [...decorators].reverse()) value = decorated(value, decorator, scope, run);
  bind(name, value, scope);
}

function decorated(value: Value, decorator: SyntaxNode, scope: Scope, run: Run): Value {
  const given = decoratorValue(decorator, scope, run);
  if (value.kind === 'function') {
    if (given.kind === 'external' && /^builtins\.property$|cached_property$/.test(given.path)) return { ...value, binding: 'property' };
    if (given.kind === 'external' && given.path === 'builtins.staticmethod') return { ...value, binding: 'static' };
    if (given.kind === 'external' && given.path === 'builtins.classmethod') return { ...value, binding: 'class' };
    const wrapped = given.kind === 'made' && /(?:^|\.)wraps$/.test(given.path) ? given.given.args[0] : undefined;
    if (wrapped?.kind === 'function') return { ...value, wraps: wrapped.wraps ?? wrapped };
  }
  if (given.kind === 'external' && !/\.(?:tool|list_tools)$/.test(given.path)) return value;
  if (
    given.kind !== 'function' &&
    given.kind !== 'decorator' &&
    given.kind !== 'method' &&
    given.kind !== 'external' &&
    given.kind !== 'instance'
  ) {
    return value;
  }
  const made = callValue(given, { args: [value], named: new Map(), isWhole: true }, run, placeOf(decorator, scope));
  return made.kind === 'function' || made.kind === 'instance' ? made : value;
}

/** A decorator's own expression stands flat in the tree: names, dots, an argument list. */
function decoratorValue(decorator: SyntaxNode, scope: Scope, run: Run): Value {
  const [first, ...rest] = parts(decorator).filter(({ name }) => name !== 'At' && name !== '.');
  let value = evaluate(first, scope, run);
  for (const part of rest) {
    if (part.name === 'ArgList') value = callValue(value, argumentsOf(part, scope, run), run, placeOf(decorator, scope));
    else value = attributeOf(value, textOf(scope.file, part), run, scope.file.text.slice(first?.from, part.to).slice(0, 80));
  }
  return value;
}

function placeOf(node: SyntaxNode, scope: Scope): Place {
  return { file: scope.file.path, line: lineOf(scope.file, node) };
}

/** Binds a class, after what its body does was done. */
export function defineClass(node: SyntaxNode, decorators: readonly SyntaxNode[], scope: Scope, run: Run): void {
  const all = parts(node);
  const named = all.find(({ name }) => name === 'VariableName');
  if (!named) return;
  const name = textOf(scope.file, named);
  const given = all.find(({ name: part }) => part === 'ArgList');
  const bases = given ? argumentsOf(given, scope, run) : NO_ARGUMENTS;
  const inner: Scope = { file: scope.file, names: new Map(), parent: scope, isClass: true };
  execute(bodyOf(node), inner, run);
  const made: ClassValue = {
    kind: 'class',
    name,
    node,
    scope: inner,
    bases: bases.args,
    members: new Map(),
    fields: fieldsIn(node, inner),
  };
  for (const [member, value] of inner.names) made.members.set(member, ownMember(member, value, made));
  run.classes.push(made);
  bind(name, made, scope);
  const hook = attributeOf({ kind: 'super', owner: made, self: made }, '__init_subclass__', run, '');
  if (hook.kind === 'function') callFunction({ ...hook, self: made }, { args: [], named: bases.named, isWhole: true }, run);
  for (const decorator of decorators) {
    const value = decoratorValue(decorator, scope, run);
    const isOwn = value.kind === 'function' || value.kind === 'instance';
    if (isOwn) callValue(value, { args: [made], named: new Map(), isWhole: true }, run, placeOf(decorator, scope));
  }
}

function ownMember(name: string, value: Value, owner: ClassValue): Value {
  if (value.kind === 'function') return { ...value, owner };
  const isMember = isEnum(owner) && !name.startsWith('_') && (value.kind === 'const' || value.kind === 'list' || value.kind === 'made');
  return isMember ? { kind: 'member', of: owner, name, value: enumValue(name, value) } : value;
}

/** `auto()` in a string enum is the name in small letters. */
function enumValue(name: string, value: Value): Value {
  return value.kind === 'made' && /(?:^|\.)auto$/.test(value.path) ? { kind: 'const', value: name.toLowerCase() } : value;
}

function fieldsIn(node: SyntaxNode, scope: Scope): ClassValue['fields'] {
  const body = bodyOf(node);
  return (body ? statementsOf(body) : []).flatMap((statement) => {
    const typed = statement.name === 'AssignStatement' ? parts(statement).find(({ name }) => name === 'TypeDef') : undefined;
    const [target] = parts(statement);
    const annotation = typed && expressionsOf(typed)[0];
    if (!annotation || target?.name !== 'VariableName') return [];
    const name = textOf(scope.file, target);
    const value = scope.names.get(name);
    return [{ name, annotation, ...(value && { value }) }];
  });
}
