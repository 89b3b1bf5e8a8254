import type { SyntaxNode } from '@lezer/common';
import { attributeOf } from './attributes.ts';
import { callValue } from './calls.ts';
import { bindTargets } from './comprehensions.ts';
import { evaluate } from './expressions.ts';
import { keyText } from './key-text.ts';
import { bind, lookUp } from './names.ts';
import type { Run } from './run.ts';
import { expressionsOf, isExpression, lineOf, parts, textOf } from './syntax.ts';
import { joinedText, list, type Scope, UNKNOWN, type Value } from './value.ts';

export function assign(node: SyntaxNode, scope: Scope, run: Run): void {
  const all = parts(node);
  const signs = all.flatMap(({ name }, index) => (name === 'AssignOp' ? [index] : []));
  const last = signs.at(-1);
  if (last === undefined) return;
  const given = all.slice(last + 1).filter(isExpression);
  const values = given.map((part) => evaluate(part, scope, run));
  const value = values.length > 1 ? list(values) : (values[0] ?? UNKNOWN);
  let from = 0;
  for (const sign of signs) {
    setTargets(
      all.slice(from, sign).filter(({ name }) => name !== 'TypeDef'),
      value,
      scope,
      run,
    );
    from = sign + 1;
  }
}

function setTargets(targets: readonly SyntaxNode[], value: Value, scope: Scope, run: Run): void {
  const [target] = targets;
  if (target?.name === 'MemberExpression' && targets.length === 1) setMember(target, value, scope, run);
  else bindTargets(targets, value, scope, run);
}

function setMember(target: SyntaxNode, value: Value, scope: Scope, run: Run): void {
  const [object, ...rest] = parts(target);
  const self = evaluate(object, scope, run);
  const property = rest.find(({ name }) => name === 'PropertyName');
  if (property && self.kind === 'instance') {
    const name = textOf(scope.file, property);
    if (!isUntaken(scope, run) || !self.fields.has(name)) self.fields.set(name, value);
  }
  if (property && self.kind === 'class') self.members.set(textOf(scope.file, property), value);
  if (property) return;
  const key = evaluate(expressionsOf(target)[1], scope, run);
  const text = keyText(key);
  if (self.kind === 'dict' && text !== undefined) self.entries.set(text, value);
  // server.request_handlers[ListToolsRequest] = handler
  if (key.kind === 'external' && /(?:^|\.)ListToolsRequest$/.test(key.path)) {
    const server = self.kind === 'method' && self.self.kind === 'server' ? self.self : run.anonymousServer;
    server.handlers.push(value);
  }
}

export function update(node: SyntaxNode, scope: Scope, run: Run): void {
  const [target, given] = expressionsOf(node);
  const value = evaluate(given, scope, run);
  if (!target) return;
  const known = target.name === 'VariableName' ? lookUp(textOf(scope.file, target), scope) : evaluate(target, scope, run);
  if (known.kind === 'list') {
    callValue(attributeOf(known, 'extend', run, ''), { args: [value], named: new Map(), isWhole: true }, run, {
      file: scope.file.path,
      line: lineOf(scope.file, node),
    });
  } else if (target.name === 'VariableName') {
    const texts = [known, value].map((side) => (side.kind === 'const' && typeof side.value === 'string' ? side.value : undefined));
    const [first, second] = texts;
    bind(
      textOf(scope.file, target),
      first !== undefined && second !== undefined && !isUntaken(scope, run) ? joinedText(first + second) : UNKNOWN,
      scope,
    );
  }
}

/** Whether the call that this is part of would not come here. */
export function isUntaken({ frame }: Scope, run: Run): boolean {
  return run.untaken > (frame?.untaken ?? 0);
}
