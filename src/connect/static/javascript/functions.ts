import type * as t from '@babel/types';
import type { Interpreter } from './interpreter.ts';
import { bind } from './patterns.ts';
import { Scope } from './scope.ts';
import { executeAll } from './statements.ts';
import { Stop } from './stop.ts';
import { Arr, Fn, joined, Obj, UNKNOWN, type Value } from './values.ts';

export type FunctionNode =
  | t.FunctionDeclaration
  | t.FunctionExpression
  | t.ArrowFunctionExpression
  | t.ObjectMethod
  | t.ClassMethod
  | t.ClassPrivateMethod;

export function makeFunction(node: FunctionNode, scope: Scope): Fn {
  const fn = new Fn();
  fn.node = node;
  fn.scope = scope;
  if ('id' in node && node.id) fn.name = node.id.name;
  return fn;
}

/** The object that instances of a function or class have as their prototype. Made when first asked for: most functions make no instances. */
export function prototypeOf(fn: Fn): Obj | undefined {
  const known = fn.members.get('prototype');
  if (known instanceof Obj) return known;
  if (known !== undefined) return undefined;
  const made = new Obj();
  made.members.set('constructor', fn);
  fn.members.set('prototype', made);
  return made;
}

/** Runs a function of the source. An asynchronous one gives its value at once, a generator all that it yields. */
export function callFunction(fn: Fn, args: readonly Value[], self: Value, run: Interpreter): Value {
  const node = fn.node as FunctionNode;
  const scope = new Scope(fn.scope, fn.scope?.file ?? '', true);
  if (node.type !== 'ArrowFunctionExpression') {
    scope.declare('this', self);
    scope.declare('arguments', new Arr([...args]));
    scope.declare('super', fn.home);
  }
  if (node.type === 'FunctionExpression' && node.id) scope.declare(node.id.name, fn);
  bindParameters(node.params, args, scope, run);
  const outer = run.frame;
  run.frame = { possibleReturns: [], yielded: [] };
  try {
    if (node.body.type !== 'BlockStatement') return run.evaluate(node.body, scope);
    const completion = executeAll(node.body.body, scope, run);
    if (node.generator) return new Arr(run.frame.yielded);
    return run.frame.possibleReturns.reduce(joined, completion?.type === 'return' ? completion.value : undefined);
  } catch (error) {
    // Its caller goes on: an exception that nothing known leads to is not what the program is for.
    if (!(error instanceof Stop) || error.cause !== 'thrown') throw error;
    return run.frame.possibleReturns.reduce(joined, UNKNOWN);
  } finally {
    run.frame = outer;
  }
}

function bindParameters(params: readonly t.Node[], args: readonly Value[], scope: Scope, run: Interpreter): void {
  params.forEach((param, index) => {
    if (param.type === 'RestElement') bind(param.argument, new Arr(args.slice(index)), scope, scope, run);
    else bind(param, args[index], scope, scope, run);
    if (param.type === 'TSParameterProperty') keepParameter(param, scope, run);
  });
}

/** `constructor(private name: string)` sets a member too. */
function keepParameter({ parameter }: t.TSParameterProperty, scope: Scope, run: Interpreter): void {
  const name = parameter.type === 'Identifier' ? parameter.name : parameter.left.type === 'Identifier' ? parameter.left.name : undefined;
  const self = scope.read('this');
  if (name !== undefined && self instanceof Obj) self.members.set(name, scope.read(name));
  run.step();
}
