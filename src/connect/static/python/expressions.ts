import type { SyntaxNode } from '@lezer/common';
import { attributeOf, itemOf } from './attributes.ts';
import { callValue } from './calls.ts';
import { comprehension } from './comprehensions.ts';
import { formatted } from './format-string.ts';
import { iterated } from './iteration.ts';
import { keyText } from './key-text.ts';
import { numberOf, stringOf } from './literal.ts';
import { bind, lookUp } from './names.ts';
import { binary } from './operators.ts';
import type { Run } from './run.ts';
import { commaGroups, expressionsOf, lineOf, parts, textOf } from './syntax.ts';
import { noteListing } from './tool-definition.ts';
import {
  type Arguments,
  constant,
  type DictValue,
  joinedList,
  joinedText,
  list,
  MAX_ITEMS,
  NONE,
  type Scope,
  textOfValue,
  truthOf,
  UNKNOWN,
  type Value,
} from './value.ts';

/** What an expression gives as far as the source tells. */
export function evaluate(node: SyntaxNode | undefined, scope: Scope, run: Run): Value {
  if (!node) return UNKNOWN;
  return run.step(() => plain(node, scope, run), UNKNOWN);
}

function plain(node: SyntaxNode, scope: Scope, run: Run): Value {
  const text = () => textOf(scope.file, node);
  switch (node.name) {
    case 'String':
      return constantOr(stringOf(text()), text());
    case 'ContinuedString':
      return continued(expressionsOf(node).map((part) => evaluate(part, scope, run)));
    case 'FormatString':
      return constantOr(
        formatted(node, scope, (part) => evaluate(part, scope, run)),
        text(),
      );
    case 'Number':
      return constantOr(numberOf(text()), text());
    case 'Boolean':
      return constant(text() === 'True');
    case 'None':
      return NONE;
    case 'Ellipsis':
      return { kind: 'external', path: 'builtins.Ellipsis' };
    case 'VariableName':
      return lookUp(text(), scope);
    default:
      return compound(node, scope, run);
  }
}

function constantOr(value: string | number | undefined, text: string): Value {
  if (value === undefined) return { kind: 'unknown', text: text.slice(0, 80) };
  return typeof value === 'string' ? joinedText(value) : constant(value);
}

function continued(values: readonly Value[]): Value {
  const texts = values.map(textOfValue);
  return texts.every((text) => text !== undefined) ? joinedText(texts.join('')) : UNKNOWN;
}

function compound(node: SyntaxNode, scope: Scope, run: Run): Value {
  switch (node.name) {
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
      return evaluate(expressionsOf(node)[0], scope, run);
    case 'MemberExpression':
      return member(node, scope, run);
    case 'CallExpression':
      return called(node, scope, run);
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression':
      return display(node, scope, run);
    case 'DictionaryExpression':
      return dictionary(node, scope, run);
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return comprehension(node, scope, run);
    default:
      return other(node, scope, run);
  }
}

function other(node: SyntaxNode, scope: Scope, run: Run): Value {
  switch (node.name) {
    case 'LambdaExpression':
      return { kind: 'function', name: '<lambda>', node, scope, binding: 'plain' };
    case 'ConditionalExpression':
      return conditional(node, scope, run);
    case 'BinaryExpression':
    case 'UnaryExpression':
      return binary(node, scope, (part) => evaluate(part, scope, run));
    case 'NamedExpression': {
      const [name, value] = expressionsOf(node);
      const given = evaluate(value, scope, run);
      if (name) bind(textOf(scope.file, name), given, scope);
      return given;
    }
    case 'YieldExpression': {
      const given = evaluate(expressionsOf(node)[0], scope, run);
      const isFrom = parts(node).some(({ name }) => name === 'from');
      scope.frame?.yields.push(...(isFrom ? iterated(given, run).items : [given]));
      return UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function member(node: SyntaxNode, scope: Scope, run: Run): Value {
  const [object] = parts(node);
  const self = evaluate(object, scope, run);
  const property = parts(node).find(({ name }) => name === 'PropertyName');
  const text = textOf(scope.file, node).slice(0, 80);
  if (property) return attributeOf(self, textOf(scope.file, property), run, text);
  const groups = commaGroups(node);
  // The object and the bracket stand in the first group.
  const keys = groups.map((group, index) => (index === 0 ? group.slice(1) : group));
  if (keys.some((group) => group.some(({ name }) => name === ':'))) return UNKNOWN;
  return itemOf(
    self,
    keys.flatMap((group) => group.slice(0, 1)).map((key) => evaluate(key, scope, run)),
  );
}

function called(node: SyntaxNode, scope: Scope, run: Run): Value {
  const [callee, given] = parts(node);
  if (callee && textOf(scope.file, callee) === 'super' && scope.method) return { kind: 'super', ...scope.method };
  const value = evaluate(callee, scope, run);
  return callValue(value, given ? argumentsOf(given, scope, run) : { args: [], named: new Map(), isWhole: false }, run, {
    file: scope.file.path,
    line: lineOf(scope.file, node),
  });
}

/** @param node - An argument list. A generator may stand in it without brackets of its own. */
export function argumentsOf(node: SyntaxNode, scope: Scope, run: Run): Arguments {
  if (parts(node).some(({ name }) => name === 'for')) return { args: [comprehension(node, scope, run)], named: new Map(), isWhole: true };
  const args: Value[] = [];
  const named = new Map<string, Value>();
  let isWhole = true;
  for (const [first, second, third] of commaGroups(node)) {
    if (first?.name === '*') {
      const spread = iterated(evaluate(second, scope, run), run);
      args.push(...spread.items);
      isWhole &&= spread.isWhole;
    } else if (first?.name === '**') {
      const spread = evaluate(second, scope, run);
      isWhole &&= spread.kind === 'dict' && spread.isWhole;
      if (spread.kind === 'dict') for (const [key, value] of spread.entries) named.set(key, value);
    } else if (first && second?.name === 'AssignOp') named.set(textOf(scope.file, first), evaluate(third, scope, run));
    else if (first) args.push(evaluate(first, scope, run));
  }
  return { args, named, isWhole };
}

function display(node: SyntaxNode, scope: Scope, run: Run): Value {
  const items: Value[] = [];
  let isWhole = true;
  for (const [first, second] of commaGroups(node)) {
    if (items.length >= MAX_ITEMS) return list(items, false);
    if (first?.name === '*') {
      const spread = iterated(evaluate(second, scope, run), run);
      items.push(...spread.items);
      isWhole &&= spread.isWhole;
    } else items.push(evaluate(first, scope, run));
  }
  return joinedList(items, isWhole);
}

function dictionary(node: SyntaxNode, scope: Scope, run: Run): DictValue {
  const entries = new Map<string, Value>();
  let isWhole = true;
  for (const [first, second, third] of commaGroups(node)) {
    if (first?.name === '**') {
      const spread = evaluate(second, scope, run);
      isWhole &&= spread.kind === 'dict' && spread.isWhole;
      if (spread.kind === 'dict') for (const [key, value] of spread.entries) entries.set(key, value);
      continue;
    }
    const key = keyText(evaluate(first, scope, run));
    const value = evaluate(third, scope, run);
    if (key === undefined || entries.size >= MAX_ITEMS) isWhole = false;
    else entries.set(key, value);
  }
  noteListing(entries.get('tools'), { file: scope.file.path, line: lineOf(scope.file, node) }, run);
  return { kind: 'dict', entries, isWhole };
}

function conditional(node: SyntaxNode, scope: Scope, run: Run): Value {
  const [yes, condition, no] = expressionsOf(node);
  const truth = truthOf(evaluate(condition, scope, run));
  if (truth !== undefined) return evaluate(truth ? yes : no, scope, run);
  const [first, second] = [evaluate(yes, scope, run), evaluate(no, scope, run)];
  // More than is there is left out elsewhere; here a list is what either branch gives.
  if (first.kind === 'list' && second.kind === 'list')
    return joinedList([...first.items, ...second.items], first.isWhole && second.isWhole);
  return first.kind === 'const' && second.kind === 'const' && first.value === second.value ? first : UNKNOWN;
}
