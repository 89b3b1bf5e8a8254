import type * as t from '@babel/types';
import { evaluateCall, evaluateNew, evaluateTagged } from './calls.ts';
import { addMethod, makeClass } from './classes.ts';
import { type FunctionNode, makeFunction } from './functions.ts';
import type { Interpreter } from './interpreter.ts';
import { iterated, memberNames } from './iteration.ts';
import { propertyName, readMember } from './members.ts';
import { asText, binary, negated, typeName } from './operators.ts';
import { patternOf } from './pattern-text.ts';
import { assign } from './patterns.ts';
import type { Scope } from './scope.ts';
import { Stop } from './stop.ts';
import { Arr, Fn, joined, Obj, UNKNOWN, Unknown, type Value } from './values.ts';

export type Evaluator<T extends t.Node> = (node: T, scope: Scope, run: Interpreter) => Value;

const MAX_ITEMS = 20_000;

const inner = (node: { readonly expression: t.Node }, scope: Scope, run: Interpreter) => run.evaluate(node.expression, scope);
const functionValue = (node: FunctionNode, scope: Scope) => makeFunction(node, scope);

export const EXPRESSIONS: { [K in t.Node['type']]?: Evaluator<Extract<t.Node, { type: K }>> } = {
  StringLiteral: (node) => node.value,
  NumericLiteral: (node) => node.value,
  BooleanLiteral: (node) => node.value,
  NullLiteral: () => null,
  BigIntLiteral: () => UNKNOWN,
  RegExpLiteral: (node) => patternOf(node.pattern, node.flags),
  TemplateLiteral: evaluateTemplate,
  Identifier: (node, scope) => (node.name === 'undefined' ? undefined : scope.read(node.name)),
  ThisExpression: (_, scope) => scope.read('this'),
  ArrowFunctionExpression: functionValue,
  FunctionExpression: functionValue,
  FunctionDeclaration: functionValue,
  ClassExpression: makeClass,
  ClassDeclaration: makeClass,
  ObjectExpression: evaluateObject,
  ArrayExpression: (node, scope, run) => spreadItems(node.elements, scope, run),
  MemberExpression: evaluateMember,
  OptionalMemberExpression: evaluateMember,
  CallExpression: evaluateCall,
  OptionalCallExpression: evaluateCall,
  NewExpression: evaluateNew,
  TaggedTemplateExpression: evaluateTagged,
  ImportExpression: (node, scope, run) => run.modules.importAt(run.evaluate(node.source, scope), scope, run),
  MetaProperty: (node, scope, run) => (node.meta.name === 'import' ? run.modules.meta(scope) : UNKNOWN),
  BinaryExpression: (node, scope, run) => binary(node.operator, run.evaluate(node.left, scope), run.evaluate(node.right, scope), run),
  LogicalExpression: evaluateLogical,
  ConditionalExpression: evaluateConditional,
  UnaryExpression: evaluateUnary,
  UpdateExpression: evaluateUpdate,
  AssignmentExpression: evaluateAssignment,
  SequenceExpression: (node, scope, run) => node.expressions.map((one) => run.evaluate(one, scope)).at(-1),
  AwaitExpression: (node, scope, run) => run.evaluate(node.argument, scope),
  YieldExpression: evaluateYield,
  ParenthesizedExpression: inner,
  TSAsExpression: inner,
  TSSatisfiesExpression: inner,
  TSNonNullExpression: inner,
  TSTypeAssertion: inner,
  TSInstantiationExpression: inner,
  TypeCastExpression: inner,
};

function evaluateTemplate(node: t.TemplateLiteral, scope: Scope, run: Interpreter): Value {
  let text = '';
  let isKnown = true;
  node.quasis.forEach((quasi, index) => {
    text += quasi.value.cooked ?? quasi.value.raw;
    const part = node.expressions[index];
    if (!part) return;
    const value = asText(run.evaluate(part, scope));
    if (value === undefined) isKnown = false;
    else text += value;
  });
  return isKnown && text.length <= 1_000_000 ? text : UNKNOWN;
}

/** Items with what is spread between them, as in a list or in arguments. */
export function spreadItems(nodes: readonly (t.Node | null)[], scope: Scope, run: Interpreter): Arr {
  const made = new Arr();
  for (const node of nodes) {
    if (made.items.length > MAX_ITEMS) break;
    if (node?.type !== 'SpreadElement') {
      made.items.push(run.evaluate(node, scope));
      continue;
    }
    const spread = run.evaluate(node.argument, scope);
    if (spread instanceof Unknown || (spread instanceof Arr && spread.open)) made.open = true;
    if (spread instanceof Unknown) continue;
    const items = iterated(spread, run);
    run.step(items.length >> 2);
    made.items.push(...items);
  }
  return made;
}

function evaluateObject(node: t.ObjectExpression, scope: Scope, run: Interpreter): Value {
  const made = new Obj();
  made.at = run.place(node, scope);
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      spreadInto(made, run.evaluate(property.argument, scope), run);
      continue;
    }
    const name = propertyName(property, scope, run);
    if (name === undefined) made.open = true;
    else if (property.type === 'ObjectMethod') addMethod(property, name, made, scope);
    else made.members.set(name, named(run.evaluate(property.value, scope), name));
  }
  return made;
}

function named(value: Value, name: string): Value {
  if (value instanceof Fn && value.name === '' && value.node?.type !== 'ClassExpression') value.name = name;
  return value;
}

export function spreadInto(made: Obj, spread: Value, run: Interpreter): void {
  if (spread instanceof Unknown) made.open ||= spread.kind !== 'setting';
  if (spread instanceof Obj) made.open ||= spread.open;
  for (const name of memberNames(spread)) {
    run.step();
    made.members.set(name, readMember(spread, name, run));
  }
}

function evaluateMember(node: t.MemberExpression | t.OptionalMemberExpression, scope: Scope, run: Interpreter): Value {
  if (node.object.type === 'Super') {
    const home = scope.read('super');
    const name = propertyName(node, scope, run);
    return home instanceof Obj && home.proto && name !== undefined ? readMember(home.proto, name, run) : UNKNOWN;
  }
  const object = run.evaluate(node.object, scope);
  if (node.type === 'OptionalMemberExpression' && (object === undefined || object === null)) return undefined;
  const name = propertyName(node, scope, run);
  return name === undefined ? UNKNOWN : readMember(object, name, run);
}

function evaluateLogical(node: t.LogicalExpression, scope: Scope, run: Interpreter): Value {
  const left = run.evaluate(node.left, scope);
  const isTrue = node.operator === '??' ? isGiven(left, run) : run.truth(left);
  const isLeft = node.operator === '&&' ? isTrue === false : isTrue === true;
  if (isLeft) return left;
  if (isTrue !== undefined) return unlessEnding(node.right, scope, run);
  const right = run.uncertainly(scope, () => unlessEnding(node.right, scope, run));
  return node.operator === '&&' ? (right instanceof Obj ? right : UNKNOWN) : joined(left, right);
}

function isGiven(value: Value, run: Interpreter): boolean | undefined {
  return value instanceof Unknown ? run.truth(value) : value !== undefined && value !== null;
}

function evaluateConditional(node: t.ConditionalExpression, scope: Scope, run: Interpreter): Value {
  const taken = run.truth(run.evaluate(node.test, scope));
  if (taken !== undefined)
    return unlessEnding(taken ? node.consequent : node.alternate, scope, run, taken ? node.alternate : node.consequent);
  return run.uncertainly(scope, () => joined(unlessEnding(node.consequent, scope, run), unlessEnding(node.alternate, scope, run)));
}

/** As with statements, what throws or exits is not the way that counts. */
function unlessEnding(node: t.Node, scope: Scope, run: Interpreter, otherwise?: t.Node): Value {
  try {
    return run.evaluate(node, scope);
  } catch (error) {
    if (!(error instanceof Stop) || error.cause === 'bound') throw error;
    return otherwise ? run.evaluate(otherwise, scope) : UNKNOWN;
  }
}

function evaluateUnary(node: t.UnaryExpression, scope: Scope, run: Interpreter): Value {
  const value = run.evaluate(node.argument, scope);
  if (node.operator === '!') {
    const isTrue = run.truth(value);
    return negated(isTrue === undefined ? undefined : isTrue);
  }
  if (node.operator === 'typeof') return typeName(value);
  if (node.operator === 'void') return undefined;
  if (node.operator === 'delete') return true;
  if (typeof value !== 'number') return node.operator === '+' && typeof value === 'string' ? Number(value) : UNKNOWN;
  return node.operator === '-' ? -value : node.operator === '~' ? ~value : value;
}

function evaluateUpdate(node: t.UpdateExpression, scope: Scope, run: Interpreter): Value {
  const before = run.evaluate(node.argument, scope);
  const after = typeof before === 'number' ? before + (node.operator === '++' ? 1 : -1) : UNKNOWN;
  assign(node.argument, after, scope, run);
  return node.prefix ? after : before;
}

function evaluateAssignment(node: t.AssignmentExpression, scope: Scope, run: Interpreter): Value {
  if (node.operator === '=') {
    const value = run.evaluate(node.right, scope);
    assign(node.left, node.left.type === 'Identifier' ? named(value, node.left.name) : value, scope, run);
    return value;
  }
  const before = run.evaluate(node.left, scope);
  const operator = node.operator.slice(0, -1);
  if (operator !== '||' && operator !== '&&' && operator !== '??') {
    const value = binary(operator, before, run.evaluate(node.right, scope), run);
    assign(node.left, value, scope, run);
    return value;
  }
  const isTrue = operator === '??' ? isGiven(before, run) : run.truth(before);
  if (isTrue !== undefined && isTrue === (operator !== '&&')) return before;
  const value = run.evaluate(node.right, scope);
  assign(node.left, isTrue === undefined ? joined(before, value) : value, scope, run);
  return value;
}

function evaluateYield(node: t.YieldExpression, scope: Scope, run: Interpreter): Value {
  const value = run.evaluate(node.argument, scope);
  if (node.delegate) run.frame.yielded.push(...iterated(value, run));
  else run.frame.yielded.push(value);
  return UNKNOWN;
}
