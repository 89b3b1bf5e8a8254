import type { TSEnumDeclaration } from '@babel/types';
import type { Interpreter } from './interpreter.ts';
import type { Scope } from './scope.ts';
import { Obj, UNKNOWN, type Value } from './values.ts';

/** An enum of TypeScript as the object that it becomes, with the names of numeric members. */
export function enumOf(node: TSEnumDeclaration, scope: Scope, run: Interpreter): Obj {
  const made = new Obj();
  const inner = scope.block();
  let next: Value = 0;
  for (const { id, initializer } of node.body.members) {
    const name = id.type === 'Identifier' ? id.name : id.type === 'StringLiteral' ? id.value : undefined;
    if (name === undefined) continue;
    const value: Value = initializer ? run.evaluate(initializer, inner) : next;
    next = typeof value === 'number' ? value + 1 : UNKNOWN;
    made.members.set(name, value);
    inner.declare(name, value);
    if (typeof value === 'number') made.members.set(String(value), name);
  }
  return made;
}
