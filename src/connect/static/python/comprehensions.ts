import type { SyntaxNode } from '@lezer/common';
import { evaluate } from './expressions.ts';
import { iterated } from './iteration.ts';
import { keyText } from './key-text.ts';
import { bind } from './names.ts';
import type { Run } from './run.ts';
import { parts, textOf } from './syntax.ts';
import { list, type Scope, truthOf, UNKNOWN, type Value } from './value.ts';

/** `[x for y in z if w]` and its kin. The condition is not looked at where it is not known. */
export function comprehension(node: SyntaxNode, scope: Scope, run: Run): Value {
  const all = parts(node).filter(({ name }) => !/^[()[\]{}]$/.test(name));
  const at = all.findIndex(({ name }) => name === 'for' || name === 'async');
  const made = all.slice(0, at);
  const found: Value[][] = [];
  const inner: Scope = { file: scope.file, names: new Map(), parent: scope, ...(scope.method && { method: scope.method }) };
  const isWhole = clauses(all.slice(at), inner, run, () => {
    found.push(made.filter(({ name }) => name !== ':').map((part) => evaluate(part, inner, run)));
  });
  if (made.length !== 3)
    return list(
      found.flatMap(([value]) => value ?? []),
      isWhole,
    );
  const entries = new Map<string, Value>();
  for (const [key = UNKNOWN, value = UNKNOWN] of found) {
    const text = keyText(key);
    if (text !== undefined) entries.set(text, value);
  }
  return { kind: 'dict', entries, isWhole: isWhole && entries.size === found.length };
}

/** Runs `each` for every combination of what the clauses go through. @returns Whether all of it is known. */
function clauses(rest: readonly SyntaxNode[], scope: Scope, run: Run, each: () => void): boolean {
  const [word, ...behind] = rest;
  if (!word) {
    each();
    return true;
  }
  if (word.name === 'async') return clauses(behind, scope, run, each);
  if (word.name === 'if') {
    const [condition, ...after] = behind;
    const truth = truthOf(evaluate(condition, scope, run));
    return truth === false ? true : clauses(after, scope, run, each);
  }
  const middle = behind.findIndex(({ name }) => name === 'in');
  if (word.name !== 'for' || middle === -1) return false;
  const targets = behind.slice(0, middle);
  const source = iterated(evaluate(behind[middle + 1], scope, run), run);
  let isWhole = source.isWhole;
  for (const item of source.items) {
    bindTargets(targets, item, scope, run);
    isWhole = clauses(behind.slice(middle + 2), scope, run, each) && isWhole;
  }
  return isWhole;
}

/** Binds what stands before `in` or an equals sign, commas and all. */
export function bindTargets(targets: readonly SyntaxNode[], value: Value, scope: Scope, run: Run): void {
  const names = targets.filter(({ name }) => name === 'VariableName' || name === 'TupleExpression' || name === 'ArrayExpression');
  const isOne = !targets.some(({ name }) => name === ',');
  const items = isOne ? [] : iterated(value, run);
  names.forEach((target, index) => {
    const given = isOne ? value : 'items' in items && items.isWhole ? (items.items[index] ?? UNKNOWN) : UNKNOWN;
    if (target.name === 'VariableName') bind(textOf(scope.file, target), given, scope);
    else bindTargets([...parts(target).filter(({ name }) => !/^[()[\]]$/.test(name))], given, scope, run);
  });
}
