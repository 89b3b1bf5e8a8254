import type { ClassBody, Node } from '@babel/types';
import type { Interpreter } from './interpreter.ts';
import type { Scope } from './scope.ts';
import type { Fn } from './values.ts';

/** Evaluates what decorates a method of a class: `@Tool({ name, description })` registers what it is given. */
export function applyDecorators(member: ClassBody['body'][number], made: Fn, run: Interpreter): void {
  if (!('decorators' in member) || !member.decorators) return;
  const methodName = 'key' in member && member.key.type === 'Identifier' ? member.key.name : undefined;
  for (const decorator of member.decorators as readonly { readonly expression: Node }[]) {
    const { expression } = decorator;
    if (expression.type !== 'CallExpression') continue;
    const scope = made.scope as Scope;
    const callee = expression.callee;
    const name = callee.type === 'Identifier' ? callee.name : '';
    const args = expression.arguments.map((arg) => run.evaluate(arg, scope));
    run.registrations.decorated(name, args, methodName, run.place(expression, scope));
  }
}
