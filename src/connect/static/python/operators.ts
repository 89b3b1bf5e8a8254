import type { SyntaxNode } from '@lezer/common';
import { expressionsOf, parts, textOf } from './syntax.ts';
import { constant, joinedList, joinedText, type Scope, truthOf, UNKNOWN, type Value } from './value.ts';

/** What an operator gives: texts, lists and dicts joined, types in a union, and what a condition comes to. */
export function binary(node: SyntaxNode, scope: Scope, evaluated: (part: SyntaxNode | undefined) => Value): Value {
  const [left, right] = expressionsOf(node);
  const sign = parts(node).find((part) => part !== left && part.from !== left?.from && part.from !== right?.from);
  const operator = sign ? textOf(scope.file, sign) : '';
  if (node.name === 'UnaryExpression') return unary(textOf(scope.file, node), evaluated(left));
  const first = evaluated(left);
  if (operator === 'and' || operator === 'or') return shortCut(operator, first, () => evaluated(right));
  const second = evaluated(right);
  switch (operator) {
    case '+':
      return sum(first, second);
    case '|':
      return union(first, second);
    case '%':
      return percent(first, second);
    case '==':
    case '!=':
      return compared(first, second, operator);
    case 'is':
      return second.kind === 'const' && second.value === null && first.kind !== 'unknown'
        ? compared(first, second, /\bis\s+not\b/.test(textOf(scope.file, node)) ? '!=' : '==')
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function unary(text: string, value: Value): Value {
  if (text.startsWith('not')) {
    const truth = truthOf(value);
    return truth === undefined ? UNKNOWN : constant(!truth);
  }
  if (value.kind !== 'const' || typeof value.value !== 'number') return UNKNOWN;
  return text.startsWith('-') ? constant(-value.value) : text.startsWith('+') ? value : UNKNOWN;
}

function shortCut(operator: 'and' | 'or', first: Value, second: () => Value): Value {
  const truth = truthOf(first);
  if (truth === undefined) return UNKNOWN;
  return truth === (operator === 'or') ? first : second();
}

function sum(first: Value, second: Value): Value {
  if (first.kind === 'list' || second.kind === 'list') {
    const items = [first, second].flatMap((side) => (side.kind === 'list' ? side.items : []));
    return joinedList(
      items,
      [first, second].every((side) => side.kind === 'list' && side.isWhole),
    );
  }
  if (first.kind !== 'const' || second.kind !== 'const') return UNKNOWN;
  if (typeof first.value === 'string' && typeof second.value === 'string') return joinedText(first.value + second.value);
  return typeof first.value === 'number' && typeof second.value === 'number' ? constant(first.value + second.value) : UNKNOWN;
}

function union(first: Value, second: Value): Value {
  if (first.kind === 'dict' && second.kind === 'dict') {
    return { kind: 'dict', entries: new Map([...first.entries, ...second.entries]), isWhole: first.isWhole && second.isWhole };
  }
  if (first.kind === 'const' && typeof first.value === 'number') return UNKNOWN;
  return { kind: 'generic', base: { kind: 'external', path: 'typing.Union' }, args: [first, second] };
}

/** `'x_%s' % name`, for texts alone. */
function percent(first: Value, second: Value): Value {
  if (first.kind !== 'const' || typeof first.value !== 'string') return UNKNOWN;
  const given = second.kind === 'list' ? second.items : [second];
  const texts = given.map((value) => (value.kind === 'const' && typeof value.value === 'string' ? value.value : undefined));
  const pieces = first.value.split('%s');
  if (pieces.length !== texts.length + 1 || pieces.some((piece) => piece.includes('%')) || texts.includes(undefined)) return UNKNOWN;
  return joinedText(pieces.map((piece, index) => piece + (texts[index] ?? '')).join(''));
}

function compared(first: Value, second: Value, operator: '==' | '!='): Value {
  if (first.kind === 'unknown' || second.kind === 'unknown' || first.kind === 'made' || second.kind === 'made') return UNKNOWN;
  if (first.kind !== 'const' && second.kind !== 'const') return UNKNOWN;
  const areSame = first.kind === 'const' && second.kind === 'const' && first.value === second.value;
  return constant(areSame === (operator === '=='));
}
