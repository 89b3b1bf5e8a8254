import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

export interface PythonFile {
  readonly path: string;
  readonly text: string;
  readonly top: SyntaxNode;
  /** Where each line begins. */
  readonly lines: readonly number[];
}

/** Steps of the parser: about one for a word or a sign. What is no Python takes a tenth of a millisecond each. */
export interface ParseBudget {
  left: number;
}

/** Python as a tree; what is not Python is left out of it, and so is what stands behind the end of the budget. */
export function parsePython(path: string, text: string, budget: ParseBudget): PythonFile {
  const parse = parser.startParse(text);
  let tree = parse.advance();
  while (!tree) {
    if (budget.left <= 0 && parse.stoppedAt === null) parse.stopAt(parse.parsedPos);
    budget.left -= 1;
    tree = parse.advance();
  }
  const lines = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  return { path, text, top: tree.topNode, lines };
}

export function textOf({ text }: PythonFile, { from, to }: SyntaxNode): string {
  return text.slice(from, to);
}

/** Children without comments. */
export function parts(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') found.push(child);
  return found;
}

/** Children that are expressions: no punctuation, operators or keywords. */
export function expressionsOf(node: SyntaxNode): SyntaxNode[] {
  return parts(node).filter(isExpression);
}

export function isExpression({ name }: SyntaxNode): boolean {
  return (
    (/^[A-Z]/.test(name) && !/Op$/.test(name) && name !== 'TypeDef' && name !== 'Body' && name !== '⚠') ||
    name === 'None' ||
    name === 'Ellipsis'
  );
}

export function bodyOf(node: SyntaxNode): SyntaxNode | undefined {
  return parts(node).find(({ name }) => name === 'Body');
}

/** Statements of a body or a module; one line of several is several. */
export function statementsOf(node: SyntaxNode): SyntaxNode[] {
  return parts(node)
    .flatMap((part) => (part.name === 'StatementGroup' ? parts(part) : [part]))
    .filter(({ name }) => /(?:Statement|Definition)$/.test(name));
}

export interface Parameter {
  readonly name: string;
  readonly annotation?: SyntaxNode;
  readonly fallback?: SyntaxNode;
  /** `*args`, `**kwargs`. */
  readonly star: '' | '*' | '**';
  /** Behind a star: by name alone. */
  readonly isNamedOnly: boolean;
}

/** Parameters of a function or a lambda, in order. */
export function parametersOf(file: PythonFile, node: SyntaxNode): Parameter[] {
  const listed = parts(node).find(({ name }) => name === 'ParamList');
  const found: Parameter[] = [];
  let isNamedOnly = false;
  for (const group of listed ? commaGroups(listed) : []) {
    const star = group[0]?.name === '*' || group[0]?.name === '**' ? group[0].name : '';
    const variable = group.find(({ name }) => name === 'VariableName');
    if (variable) {
      const annotation = group.find(({ name }) => name === 'TypeDef');
      const assigned = group.findIndex(({ name }) => name === 'AssignOp');
      const fallback = assigned === -1 ? undefined : group[assigned + 1];
      const typed = annotation && expressionsOf(annotation)[0];
      found.push({ name: textOf(file, variable), star, isNamedOnly, ...(typed && { annotation: typed }), ...(fallback && { fallback }) });
    }
    if (star === '*') isNamedOnly = true;
  }
  return found;
}

/** The parts between brackets, by comma: of an argument list, a parameter list, a display. */
export function commaGroups(node: SyntaxNode): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const part of parts(node)) {
    if (part.name === ',') groups.push([]);
    else if (!/^[()[\]{}]$/.test(part.name)) groups.at(-1)?.push(part);
  }
  return groups.filter((group) => group.length > 0);
}

/** The literal that a function, class or module begins with. */
export function docstringOf(body: SyntaxNode | undefined): SyntaxNode | undefined {
  const [first] = body ? statementsOf(body) : [];
  if (first?.name !== 'ExpressionStatement') return undefined;
  const [text] = expressionsOf(first);
  return text?.name === 'String' || text?.name === 'ContinuedString' ? text : undefined;
}

/** From 1. */
export function lineOf({ lines }: PythonFile, { from }: Pick<SyntaxNode, 'from'>): number {
  let low = 0;
  let high = lines.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= from) low = middle;
    else high = middle;
  }
  return low + 1;
}
