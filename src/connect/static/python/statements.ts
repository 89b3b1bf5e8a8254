import type { SyntaxNode } from '@lezer/common';
import { assign, isUntaken, update } from './assignments.ts';
import { bindTargets } from './comprehensions.ts';
import { defineClass, defineFunction } from './definitions.ts';
import { evaluate } from './expressions.ts';
import { importNames } from './imports.ts';
import { iterated } from './iteration.ts';
import type { Run } from './run.ts';
import { bodyOf, expressionsOf, isExpression, parts, statementsOf, textOf } from './syntax.ts';
import { list, merged, NONE, type Scope, truthOf, type Value } from './value.ts';

/**
 * Goes through the statements of a body. Every branch is gone through, because a tool that is registered under a condition is still a tool; but what
 * a branch that is not taken binds or returns does not count.
 *
 * @returns Whether it ended in a return.
 */
export function execute(body: SyntaxNode | undefined, scope: Scope, run: Run): boolean {
  if (!body) return false;
  const statements = statementsOf(body);
  for (const [index, statement] of statements.entries()) {
    const isOver = run.step(() => statementEnds(statement, scope, run), false);
    if (!isOver) continue;
    untaken(scope, run, () => {
      for (const later of statements.slice(index + 1)) run.step(() => statementEnds(later, scope, run), false);
    });
    return true;
  }
  return false;
}

function untaken(scope: Scope, run: Run, work: () => void): void {
  const names = new Map(scope.names);
  run.untaken += 1;
  work();
  run.untaken -= 1;
  restore(scope, names);
}

/** What was bound first stays bound: functions and classes of a branch that is not taken are still there for those who call them. */
function restore(scope: Scope, names: ReadonlyMap<string, Value>): void {
  for (const [name, value] of names) scope.names.set(name, value);
}

function statementEnds(node: SyntaxNode, scope: Scope, run: Run): boolean {
  switch (node.name) {
    case 'ReturnStatement':
      return returns(node, scope, run);
    case 'IfStatement':
      return ifStatement(node, scope, run);
    case 'TryStatement':
      return tryStatement(node, scope, run);
    case 'ForStatement':
      return forStatement(node, scope, run);
    case 'WhileStatement':
      execute(bodyOf(node), scope, run);
      return false;
    case 'WithStatement':
      return withStatement(node, scope, run);
    case 'MatchStatement':
      return eitherOf(clausesOf(node), false, scope, run);
    default:
      simple(node, scope, run);
      return false;
  }
}

function simple(node: SyntaxNode, scope: Scope, run: Run): void {
  switch (node.name) {
    case 'AssignStatement':
      assign(node, scope, run);
      break;
    case 'UpdateStatement':
      update(node, scope, run);
      break;
    case 'ExpressionStatement':
      for (const expression of expressionsOf(node)) evaluate(expression, scope, run);
      break;
    case 'ImportStatement':
      importNames(node, scope, run);
      break;
    case 'FunctionDefinition':
      defineFunction(node, [], scope, run);
      break;
    case 'ClassDefinition':
      defineClass(node, [], scope, run);
      break;
    case 'DecoratedStatement': {
      const decorators = parts(node).filter(({ name }) => name === 'Decorator');
      const defined = parts(node).at(-1);
      if (defined?.name === 'FunctionDefinition') defineFunction(defined, decorators, scope, run);
      if (defined?.name === 'ClassDefinition') defineClass(defined, decorators, scope, run);
      break;
    }
    case 'ScopeStatement':
      for (const name of expressionsOf(node))
        if (textOf(scope.file, node).startsWith('global')) scope.globals?.add(textOf(scope.file, name));
  }
}

function returns(node: SyntaxNode, scope: Scope, run: Run): boolean {
  const given = expressionsOf(node);
  const value = given.length > 1 ? list(given.map((part) => evaluate(part, scope, run))) : given[0] ? evaluate(given[0], scope, run) : NONE;
  (isUntaken(scope, run) ? scope.frame?.otherReturns : scope.frame?.returns)?.push(value);
  return true;
}

function ifStatement(node: SyntaxNode, scope: Scope, run: Run): boolean {
  const all = parts(node);
  const bodies = all.filter(({ name }) => name === 'Body');
  const conditions = all.filter((part, index) => isExpression(part) && /^(?:if|elif)$/.test(all[index - 1]?.name ?? ''));
  const truths = conditions.map((condition) => truthOf(evaluate(condition, scope, run)));
  const firstUnknown = truths.indexOf(undefined);
  const firstTrue = truths.indexOf(true);
  const hasElse = bodies.length > conditions.length;
  const taken = firstTrue !== -1 ? firstTrue : hasElse ? conditions.length : -1;
  if (firstUnknown !== -1 && (firstTrue === -1 || firstUnknown < firstTrue)) return eitherOf(bodies, hasElse, scope, run);
  bodies.forEach((body, index) => {
    if (index !== taken) untaken(scope, run, () => execute(body, scope, run));
  });
  return taken !== -1 && execute(bodies[taken], scope, run);
}

/** Any of the bodies may be the one, or none of them. */
function eitherOf(bodies: readonly SyntaxNode[], isOneOfThem: boolean, scope: Scope, run: Run): boolean {
  const before = new Map(scope.names);
  run.spend((before.size * bodies.length) / 8);
  const outcomes: Map<string, Value>[] = isOneOfThem ? [] : [before];
  let allEnd = isOneOfThem;
  for (const body of bodies) {
    replaceNames(scope, before);
    const ends = execute(body, scope, run);
    if (!ends) outcomes.push(new Map(scope.names));
    allEnd &&= ends;
  }
  replaceNames(scope, before);
  for (const [index, outcome] of outcomes.entries()) {
    for (const [name, value] of outcome) {
      const known = index === 0 ? undefined : scope.names.get(name);
      scope.names.set(name, known ? merged(known, value) : value);
    }
  }
  return allEnd;
}

function replaceNames(scope: Scope, names: ReadonlyMap<string, Value>): void {
  scope.names.clear();
  for (const [name, value] of names) scope.names.set(name, value);
}

function clausesOf(node: SyntaxNode): SyntaxNode[] {
  const body = parts(node).find(({ name }) => name === 'MatchBody');
  return (body ? parts(body) : []).flatMap((clause) => bodyOf(clause) ?? []);
}

/** What handles an exception is not taken. */
function tryStatement(node: SyntaxNode, scope: Scope, run: Run): boolean {
  let word = 'try';
  let isOver = false;
  for (const part of parts(node)) {
    if (/^(?:try|except|else|finally)$/.test(part.name)) word = part.name;
    if (part.name !== 'Body') continue;
    if (word === 'except' || isOver) untaken(scope, run, () => execute(part, scope, run));
    else isOver = execute(part, scope, run);
  }
  return isOver;
}

function forStatement(node: SyntaxNode, scope: Scope, run: Run): boolean {
  const all = parts(node);
  const from = all.findIndex(({ name }) => name === 'for');
  const middle = all.findIndex(({ name }) => name === 'in');
  const source = iterated(evaluate(all[middle + 1], scope, run), run);
  for (const item of source.items) {
    bindTargets(all.slice(from + 1, middle), item, scope, run);
    const body = bodyOf(node);
    if (source.isWhole && source.items.length > 0) execute(body, scope, run);
    else eitherOf(body ? [body] : [], false, scope, run);
  }
  return false;
}

function withStatement(node: SyntaxNode, scope: Scope, run: Run): boolean {
  const all = parts(node);
  for (const [index, part] of all.entries()) {
    if (!isExpression(part) || all[index - 1]?.name === 'as') continue;
    const value = evaluate(part, scope, run);
    const target = all[index + 1]?.name === 'as' ? all[index + 2] : undefined;
    if (target) bindTargets([target], value, scope, run);
  }
  return execute(bodyOf(node), scope, run);
}
