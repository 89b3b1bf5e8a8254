import type * as t from '@babel/types';
import type { Interpreter } from './interpreter.ts';
import { readMember } from './members.ts';
import { exportedName, type Module, type Modules } from './modules.ts';
import { Link, Obj, type Value } from './values.ts';

/** Declares what a module imports; what it imports from is run first. */
export function bindImports(body: readonly t.Statement[], module: Module, modules: Modules, run: Interpreter): void {
  for (const statement of body) {
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') continue;
    const from = modules.importFrom(statement.source.value, module.path, run);
    for (const specifier of statement.specifiers) {
      const name =
        specifier.type === 'ImportSpecifier' ? textOf(specifier.imported) : specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*';
      module.scope.declare(specifier.local.name, new Link(() => exportedName(from, name, run)));
    }
  }
}

/** Makes the names that a module exports lead to the names in its scope, so that modules in a circle see each other. */
export function bindExports(body: readonly t.Statement[], module: Module, modules: Modules, run: Interpreter): void {
  const exports = module.holder.members.get('exports');
  if (!(exports instanceof Obj)) return;
  const link = (name: string, read: () => Value) => exports.members.set(name, new Link(read));
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') link('default', () => module.scope.read('*default*'));
    if (statement.type === 'ExportAllDeclaration' && statement.exportKind !== 'type') {
      addAll(exports, modules.importFrom(statement.source.value, module.path, run), run);
    }
    if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') continue;
    for (const name of declaredNames(statement.declaration)) link(name, () => module.scope.read(name));
    const { source } = statement;
    const from = source ? modules.importFrom(source.value, module.path, run) : undefined;
    for (const specifier of statement.specifiers) {
      const local = specifier.type === 'ExportSpecifier' ? textOf(specifier.local) : '*';
      link(textOf(specifier.exported), () => (source ? exportedName(from, local, run) : module.scope.read(local)));
    }
  }
}

function addAll(exports: Obj, from: Value, run: Interpreter): void {
  if (!(from instanceof Obj)) {
    exports.open = true;
    return;
  }
  for (const name of from.members.keys()) {
    if (name !== 'default' && !exports.members.has(name)) exports.members.set(name, new Link(() => readMember(from, name, run)));
  }
}

function textOf(name: t.Identifier | t.StringLiteral): string {
  return name.type === 'Identifier' ? name.name : name.value;
}

function declaredNames(declaration: t.Node | null | undefined): string[] {
  if (!declaration) return [];
  if (declaration.type === 'VariableDeclaration') return declaration.declarations.flatMap(({ id }) => namesIn(id));
  return 'id' in declaration && declaration.id && 'name' in declaration.id ? [String(declaration.id.name)] : [];
}

function namesIn(pattern: t.Node): string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) => (property.type === 'ObjectProperty' ? namesIn(property.value) : []));
}
