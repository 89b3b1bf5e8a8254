import type { Node, Statement } from '@babel/types';

interface Hoisted {
  readonly vars: readonly string[];
  readonly functions: readonly Node[];
}

const KNOWN = new WeakMap<object, Hoisted>();
const MAX_DEPTH = 200;

/** The names that a function's or module's statements declare before any of them runs: `var` at any depth, functions of this block. */
export function hoistedIn(body: readonly Statement[]): Hoisted {
  const known = KNOWN.get(body);
  if (known) return known;
  const vars = new Set<string>();
  for (const statement of body) collectVars(statement, vars, 0);
  const found = { vars: [...vars], functions: body.map(declaredFunction).filter((node) => node !== null) };
  KNOWN.set(body, found);
  return found;
}

function declaredFunction(statement: Statement): Node | null {
  if (statement.type === 'FunctionDeclaration') return statement;
  const exported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  return exported && statement.declaration?.type === 'FunctionDeclaration' ? statement.declaration : null;
}

function collectVars(node: Node | null | undefined, into: Set<string>, depth: number): void {
  if (!node || depth > MAX_DEPTH) return;
  if (node.type === 'VariableDeclaration') {
    if (node.kind === 'var') for (const { id } of node.declarations) collectNames(id, into, depth);
    return;
  }
  for (const inner of innerStatements(node)) collectVars(inner, into, depth + 1);
}

function innerStatements(node: Node): readonly (Node | null | undefined)[] {
  switch (node.type) {
    case 'BlockStatement':
      return node.body;
    case 'IfStatement':
      return [node.consequent, node.alternate];
    case 'ForStatement':
      return [node.init, node.body];
    case 'ForOfStatement':
    case 'ForInStatement':
      return [node.left, node.body];
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      return [node.body];
    case 'TryStatement':
      return [node.block, node.handler?.body, node.finalizer];
    case 'SwitchStatement':
      return node.cases.flatMap((one) => one.consequent);
    case 'ExportNamedDeclaration':
      return [node.declaration];
    default:
      return [];
  }
}

function collectNames(node: Node | null, into: Set<string>, depth: number): void {
  if (!node || depth > MAX_DEPTH) return;
  if (node.type === 'Identifier') into.add(node.name);
  else if (node.type === 'AssignmentPattern') collectNames(node.left, into, depth + 1);
  else if (node.type === 'RestElement') collectNames(node.argument, into, depth + 1);
  else if (node.type === 'ArrayPattern') for (const item of node.elements) collectNames(item, into, depth + 1);
  else if (node.type === 'ObjectPattern') {
    for (const property of node.properties) collectNames(property.type === 'ObjectProperty' ? property.value : property, into, depth + 1);
  }
}
