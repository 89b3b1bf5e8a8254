import type { SyntaxNode } from '@lezer/common';
import { bind } from './names.ts';
import { openModule } from './open-module.ts';
import type { Run } from './run.ts';
import { parts, textOf } from './syntax.ts';
import { type Scope, UNKNOWN, type Value } from './value.ts';

interface Imported {
  /** Dotted. */
  readonly name: string;
  readonly as: string;
}

/** `import a.b as c`, `from .x import y as z, w`, `from x import *`. */
export function importNames(node: SyntaxNode, scope: Scope, run: Run): void {
  const all = parts(node);
  const [first] = all;
  const at = all.findIndex(({ name }) => name === 'import');
  if (first?.name === 'from') fromModule(all.slice(1, at), all.slice(at + 1), scope, run);
  else for (const imported of importedOf(all.slice(at + 1), scope)) wholeModule(imported, scope, run);
}

function importedOf(nodes: readonly SyntaxNode[], scope: Scope): Imported[] {
  const found: Imported[] = [];
  for (const part of groupsOf(nodes)) {
    const as = part.findIndex(({ name }) => name === 'as');
    const names = (as === -1 ? part : part.slice(0, as))
      .filter(({ name }) => name === 'VariableName')
      .map((name) => textOf(scope.file, name));
    const alias = as === -1 ? undefined : part[as + 1];
    const name = names.join('.');
    if (name !== '') found.push({ name, as: alias ? textOf(scope.file, alias) : '' });
  }
  return found;
}

function groupsOf(nodes: readonly SyntaxNode[]): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ',') groups.push([]);
    else groups.at(-1)?.push(node);
  }
  return groups;
}

function wholeModule({ name, as }: Imported, scope: Scope, run: Run): void {
  const path = run.modules.resolve(scope.file, 0, name);
  const module = path === undefined ? undefined : openModule(path, run);
  const [top = name] = name.split('.');
  // `import a.b` binds `a`; its parts are found as attributes of a path, or not at all where it is the package's own.
  if (as !== '') bind(as, module ? { kind: 'module', scope: module } : { kind: 'external', path: name }, scope);
  else if (module && top === name) bind(top, { kind: 'module', scope: module }, scope);
  else bind(top, path === undefined ? { kind: 'external', path: top } : UNKNOWN, scope);
}

function fromModule(source: readonly SyntaxNode[], names: readonly SyntaxNode[], scope: Scope, run: Run): void {
  const at = source.findIndex(({ name }) => name === 'VariableName');
  const dots = (at === -1 ? source : source.slice(0, at)).map((node) => textOf(scope.file, node)).join('').length;
  const dotted = source
    .slice(at === -1 ? source.length : at)
    .filter(({ name }) => name === 'VariableName')
    .map((node) => textOf(scope.file, node))
    .join('.');
  const path = run.modules.resolve(scope.file, dots, dotted);
  const module = path === undefined ? undefined : openModule(path, run);
  if (names[0]?.name === '*') {
    for (const [name, value] of module?.names ?? []) if (!name.startsWith('_')) bind(name, value, scope);
    return;
  }
  for (const { name, as } of importedOf(names, scope)) {
    const inner = module?.names.get(name) ?? submodule(scope, dots, dotted, name, run);
    bind(as === '' ? name : as, inner ?? outside(dots, dotted, name, module !== undefined), scope);
  }
}

function submodule(scope: Scope, dots: number, dotted: string, name: string, run: Run): Value | undefined {
  const path = run.modules.resolve(scope.file, dots, dotted === '' ? name : `${dotted}.${name}`);
  const module = path === undefined ? undefined : openModule(path, run);
  return module && { kind: 'module', scope: module };
}

/** What a module of the package does not bind is unknown; all other modules are outside it. */
function outside(dots: number, dotted: string, name: string, isOwn: boolean): Value {
  return dots > 0 || isOwn ? { kind: 'unknown', text: name } : { kind: 'external', path: `${dotted}.${name}` };
}
