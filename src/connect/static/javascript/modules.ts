import type * as t from '@babel/types';
import type { SourceFile } from '../source-reader.ts';
import { makeFunction } from './functions.ts';
import type { Interpreter } from './interpreter.ts';
import { valueOfJson } from './json-texts.ts';
import { readMember } from './members.ts';
import { bindExports, bindImports } from './module-bindings.ts';
import { nodeModule } from './node-modules.ts';
import { folderOf, type PackageFiles } from './package-files.ts';
import { Scope } from './scope.ts';
import { hoist } from './statements.ts';
import type { Trees } from './trees.ts';
import { Link, nativeFn, Obj, objectOf, UNKNOWN, Unknown, type Value } from './values.ts';

const MAX_MODULES = 6_000;
export interface Module {
  readonly path: string;
  readonly scope: Scope;
  /** `module.exports`, which a CommonJS module may replace. */
  readonly holder: Obj;
}

/** The modules of a package, each run once when first imported. */
export class Modules {
  readonly files: PackageFiles;
  private readonly trees: Trees;
  private readonly globals: Scope;
  private readonly loaded = new Map<string, Module | Value>();

  constructor(files: PackageFiles, globals: Scope, trees: Trees) {
    this.files = files;
    this.globals = globals;
    this.trees = trees;
  }

  /** What was loaded: the values that each module declares, what it exports, its text. */
  *contents(): Generator<{ readonly path: string; readonly text: string; readonly exports: Value; readonly values: readonly Value[] }> {
    for (const module of [...this.loaded.values()]) {
      if (!isModule(module)) continue;
      const { path, scope } = module;
      const values = [...scope.names.values()].filter((value): value is Value => !(value instanceof Link));
      yield { path, text: this.files.byPath.get(path)?.text ?? '', exports: exportsOf(module), values };
    }
  }

  /** What a module exports, as an import sees it while and after the module runs. */
  load(file: SourceFile, run: Interpreter): Value {
    const known = this.loaded.get(file.path);
    if (known !== undefined) return isModule(known) ? exportsOf(known) : known;
    if (this.loaded.size >= MAX_MODULES) return UNKNOWN;
    if (file.path.endsWith('.json')) {
      const value = valueOfJson(file.text);
      this.loaded.set(file.path, value);
      return value;
    }
    const tree = this.trees.of(file);
    if (!tree) {
      this.loaded.set(file.path, UNKNOWN);
      return UNKNOWN;
    }
    const module = this.opened(file.path, run);
    this.loaded.set(file.path, module);
    this.run(tree, module, run);
    return exportsOf(module);
  }

  /** What an import of a specifier gives. */
  importFrom(specifier: string, from: string, run: Interpreter): Value {
    const file = this.files.resolve(specifier, from);
    if (file) return this.load(file, run);
    if (/^zod(?:$|\/)/.test(specifier)) return new Unknown('zod', 'z');
    if (/^(?:@sinclair\/)?typebox$/.test(specifier)) return new Unknown('typebox', 'Type');
    return nodeModule(specifier.replace(/^node:/, ''), this.files, run) ?? new Unknown('module', specifier);
  }

  importAt(specifier: Value, scope: Scope, run: Interpreter): Value {
    return typeof specifier === 'string' ? this.importFrom(specifier.replace(/^file:\/\//, ''), scope.file, run) : UNKNOWN;
  }

  meta(scope: Scope): Value {
    return objectOf({
      url: `/${scope.file}`,
      dirname: `/${folderOf(scope.file)}`,
      filename: `/${scope.file}`,
      main: UNKNOWN,
      env: new Unknown('environment'),
    });
  }

  assignExports(scope: Scope, value: Value): void {
    const module = this.loaded.get(scope.file);
    if (isModule(module)) module.holder.members.set('exports', value);
  }

  declareDefault(node: t.ExportDefaultDeclaration, scope: Scope, run: Interpreter): void {
    const { declaration } = node;
    if (declaration.type === 'FunctionDeclaration') {
      scope.declare('*default*', declaration.id ? scope.read(declaration.id.name) : makeFunction(declaration, scope));
      return;
    }
    const value = run.evaluate(declaration, scope);
    if (declaration.type === 'ClassDeclaration' && declaration.id) scope.declare(declaration.id.name, value);
    scope.declare('*default*', value);
  }

  private opened(path: string, run: Interpreter): Module {
    const scope = new Scope(this.globals, path, true);
    const exports = new Obj();
    const holder = objectOf({ exports, filename: `/${path}`, id: `/${path}` });
    const require = nativeFn('require', ([specifier]) => (typeof specifier === 'string' ? this.importFrom(specifier, path, run) : UNKNOWN));
    require.members.set('main', UNKNOWN);
    require.members.set(
      'resolve',
      nativeFn('resolve', ([specifier]) => specifier),
    );
    scope.declare('this', exports);
    scope.declare('module', holder);
    scope.declare('exports', exports);
    scope.declare('require', require);
    scope.declare('__filename', `/${path}`);
    scope.declare('__dirname', `/${folderOf(path)}`);
    return { path, scope, holder };
  }

  private run(tree: t.Program, module: Module, run: Interpreter): void {
    hoist(tree.body, module.scope);
    bindExports(tree.body, module, this, run);
    bindImports(tree.body, module, this, run);
    for (const statement of tree.body) {
      if (statement.type !== 'ImportDeclaration') run.attempt(() => run.execute(statement, module.scope), undefined);
    }
  }
}

function isModule(value: Module | Value): value is Module {
  return typeof value === 'object' && value !== null && 'holder' in value;
}

function exportsOf(module: Module): Value {
  return module.holder.members.get('exports') as Value;
}

/** One name of what a module exports. A CommonJS module is its own default. */
export function exportedName(exports: Value, name: string, run: Interpreter): Value {
  if (exports instanceof Unknown) {
    if (exports.kind === 'zod' || exports.kind === 'typebox') return new Unknown(exports.kind, name);
    return name === 'z' || name === 'zod'
      ? new Unknown('zod', name)
      : new Unknown('module', name === 'default' || name === '*' ? exports.label : name);
  }
  if (name === 'default' && !(exports instanceof Obj && exports.members.has('default'))) return exports;
  return name === '*' ? exports : readMember(exports, name, run);
}
