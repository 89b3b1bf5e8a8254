import type * as t from '@babel/types';
import { makeClass } from './classes.ts';
import { enumOf } from './enums.ts';
import { makeFunction } from './functions.ts';
import { hoistedIn } from './hoisting.ts';
import type { Completion, Interpreter } from './interpreter.ts';
import { iterated, memberNames } from './iteration.ts';
import { strictlyEqual } from './operators.ts';
import { assign, bind } from './patterns.ts';
import type { Scope } from './scope.ts';
import { Stop } from './stop.ts';
import { joined, UNKNOWN, type Value } from './values.ts';

export type Executor<T extends t.Node> = (node: T, scope: Scope, run: Interpreter) => Completion | undefined;

const MAX_ROUNDS = 5_000;

export const STATEMENTS: { [K in t.Node['type']]?: Executor<Extract<t.Node, { type: K }>> } = {
  ExpressionStatement(node, scope, run) {
    run.evaluate(node.expression, scope);
    return undefined;
  },
  VariableDeclaration: declareVariables,
  FunctionDeclaration: () => undefined,
  ClassDeclaration(node, scope, run) {
    const made = makeClass(node, scope, run);
    if (node.id) scope.declare(node.id.name, made);
    return undefined;
  },
  ReturnStatement: (node, scope, run) => ({ type: 'return', value: run.evaluate(node.argument, scope), label: undefined }),
  BreakStatement: (node) => ({ type: 'break', value: undefined, label: node.label?.name }),
  ContinueStatement: (node) => ({ type: 'continue', value: undefined, label: node.label?.name }),
  ThrowStatement(node, scope, run) {
    run.evaluate(node.argument, scope);
    throw new Stop('thrown');
  },
  BlockStatement: (node, scope, run) => executeAll(node.body, scope.block(), run),
  IfStatement: executeIf,
  ForStatement: executeFor,
  ForOfStatement: (node, scope, run) => executeForEach(node, iterated(run.evaluate(node.right, scope), run), scope, run),
  ForInStatement: (node, scope, run) => executeForEach(node, memberNames(run.evaluate(node.right, scope)), scope, run),
  WhileStatement: (node, scope, run) => repeat(node.test, undefined, node.body, scope, run),
  DoWhileStatement: (node, scope, run) => loopEnd(run.execute(node.body, scope)) ?? undefined,
  LabeledStatement(node, scope, run) {
    const completion = run.execute(node.body, scope);
    return completion?.type === 'break' && completion.label === node.label.name ? undefined : completion;
  },
  SwitchStatement: executeSwitch,
  TryStatement: executeTry,
  TSEnumDeclaration: declareEnum,
  TSExportAssignment(node, scope, run) {
    run.modules.assignExports(scope, run.evaluate(node.expression, scope));
    return undefined;
  },
  ExportNamedDeclaration: (node, scope, run) => (node.declaration ? run.execute(node.declaration, scope) : undefined),
  ExportDefaultDeclaration(node, scope, run) {
    run.modules.declareDefault(node, scope, run);
    return undefined;
  },
  TSModuleDeclaration(node, scope, run) {
    return node.body?.type === 'TSModuleBlock' && !node.declare ? executeAll(node.body.body, scope, run) : undefined;
  },
};

/** Declares what is hoisted, then runs the statements. */
export function executeAll(body: readonly t.Statement[], scope: Scope, run: Interpreter): Completion | undefined {
  hoist(body, scope);
  for (const statement of body) {
    const completion = run.execute(statement, scope);
    if (completion) return completion;
  }
  return undefined;
}

export function hoist(body: readonly t.Statement[], scope: Scope): void {
  const { vars, functions } = hoistedIn(body);
  if (scope.functionScope === scope) for (const name of vars) if (!scope.names.has(name)) scope.declare(name, undefined);
  for (const node of functions as readonly t.FunctionDeclaration[]) if (node.id) scope.declare(node.id.name, makeFunction(node, scope));
}

function declareVariables(node: t.VariableDeclaration, scope: Scope, run: Interpreter): undefined {
  const target = node.kind === 'var' ? scope.functionScope : scope;
  for (const { id, init } of node.declarations) {
    if (!init && node.kind === 'var') continue;
    bind(id, node.declare ? UNKNOWN : run.evaluate(init, scope), target, scope, run);
  }
}

function executeIf(node: t.IfStatement, scope: Scope, run: Interpreter): Completion | undefined {
  const taken = run.truth(run.evaluate(node.test, scope));
  if (taken !== undefined) return unlessEnding(taken ? node.consequent : node.alternate, scope, run);
  return run.uncertainly(scope, () => {
    const [one, other] = bothBranches(node, scope, run);
    if (one?.type === 'return' && other?.type === 'return') return { ...one, value: joined(one.value, other.value) };
    for (const completion of [one, other]) if (completion?.type === 'return') run.frame.possibleReturns.push(completion.value);
    return undefined;
  });
}

function bothBranches(node: t.IfStatement, scope: Scope, run: Interpreter): (Completion | undefined)[] {
  run.branches++;
  try {
    return [unlessEnding(node.consequent, scope, run), unlessEnding(node.alternate, scope, run)];
  } finally {
    run.branches--;
  }
}

/** A branch that throws or exits is not the one to follow: what comes after it is what the program is for. */
function unlessEnding(branch: t.Statement | null | undefined, scope: Scope, run: Interpreter): Completion | undefined {
  if (!branch) return undefined;
  try {
    return run.execute(branch, scope);
  } catch (error) {
    if (error instanceof Stop && error.cause !== 'bound') return undefined;
    throw error;
  }
}

function executeFor(node: t.ForStatement, scope: Scope, run: Interpreter): Completion | undefined {
  const inner = scope.block();
  if (node.init?.type === 'VariableDeclaration') run.execute(node.init, inner);
  else run.evaluate(node.init, inner);
  return repeat(node.test, node.update, node.body, inner, run);
}

function repeat(test: t.Node | null | undefined, update: t.Node | null | undefined, body: t.Statement, scope: Scope, run: Interpreter) {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const again = test ? run.truth(run.evaluate(test, scope)) : round === 0 ? undefined : false;
    if (again === false) return undefined;
    const completion = again === undefined ? run.uncertainly(scope, () => run.execute(body, scope)) : run.execute(body, scope);
    const end = loopEnd(completion);
    if (end !== undefined) return end ?? undefined;
    if (again === undefined) return undefined;
    run.evaluate(update, scope);
  }
  return undefined;
}

/** @returns `undefined` to go on with the next round, `null` where the loop ends, or what ends more than the loop. */
function loopEnd(completion: Completion | undefined): Completion | null | undefined {
  if (!completion || (completion.type === 'continue' && !completion.label)) return undefined;
  return completion.type === 'break' && !completion.label ? null : completion;
}

function executeForEach(node: t.ForOfStatement | t.ForInStatement, items: readonly Value[], scope: Scope, run: Interpreter) {
  for (const item of items) {
    const inner = scope.block();
    if (node.left.type === 'VariableDeclaration') {
      const [declared] = node.left.declarations;
      if (declared) bind(declared.id as t.LVal, item, node.left.kind === 'var' ? inner.functionScope : inner, inner, run);
    } else assign(node.left, item, inner, run);
    const end = loopEnd(run.execute(node.body, inner));
    if (end !== undefined) return end ?? undefined;
  }
  return undefined;
}

function executeSwitch(node: t.SwitchStatement, scope: Scope, run: Interpreter): Completion | undefined {
  const inner = scope.block();
  const value = run.evaluate(node.discriminant, inner);
  const matches = node.cases.map((one) => (one.test ? strictlyEqual(value, run.evaluate(one.test, inner)) : false));
  if (matches.includes(undefined)) return run.uncertainly(scope, () => executeCases(node.cases, inner, run, true));
  const found = matches.indexOf(true);
  const from = found === -1 ? node.cases.findIndex((one) => !one.test) : found;
  return from === -1 ? undefined : executeCases(node.cases.slice(from), inner, run, false);
}

function executeCases(cases: readonly t.SwitchCase[], scope: Scope, run: Interpreter, each: boolean): Completion | undefined {
  for (const one of cases) {
    hoist(one.consequent, scope);
    for (const statement of one.consequent) {
      const completion = unlessEnding(statement, scope, run);
      if (!completion) continue;
      if (!each) return loopEnd(completion) ?? undefined;
      if (completion.type === 'return') run.frame.possibleReturns.push(completion.value);
      break;
    }
  }
  return undefined;
}

function executeTry(node: t.TryStatement, scope: Scope, run: Interpreter): Completion | undefined {
  let completion: Completion | undefined;
  try {
    completion = run.execute(node.block, scope);
  } catch (error) {
    if (!(error instanceof Stop) || error.cause !== 'thrown') throw error;
    if (node.handler) completion = executeCatch(node.handler, scope, run);
  }
  return (node.finalizer ? run.execute(node.finalizer, scope) : undefined) ?? completion;
}

function executeCatch(node: t.CatchClause, scope: Scope, run: Interpreter): Completion | undefined {
  const inner = scope.block();
  if (node.param) bind(node.param, UNKNOWN, inner, inner, run);
  return run.execute(node.body, inner);
}

function declareEnum(node: t.TSEnumDeclaration, scope: Scope, run: Interpreter): undefined {
  scope.declare(node.id.name, enumOf(node, scope, run));
}
