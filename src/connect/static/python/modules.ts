import { posix } from 'node:path';
import type { SourceFile } from '../source-reader.ts';
import { type ParseBudget, type PythonFile, parsePython } from './syntax.ts';
import type { Scope } from './value.ts';

/** Never the package's own, whatever its folders are called. */
const OTHERS =
  /^(?:mcp|mcp_types|fastmcp|pydantic|pydantic_settings|typing|typing_extensions|enum|dataclasses|functools|collections|os|json|logging|asyncio|abc)(?:\.|$)/;
const MAX_PARSED = 1_500;
/** Enough for two megabytes of ordinary source. */
const MAX_PARSE_STEPS = 500_000;

/** The modules of a package, parsed when they are first asked for. */
export class Modules {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #scopes = new Map<string, Scope>();
  #parsed = 0;
  readonly budget: ParseBudget = { left: MAX_PARSE_STEPS };

  constructor(files: readonly SourceFile[]) {
    this.#texts = new Map(files.map(({ path, text }) => [path, text]));
  }

  /** An empty scope at first; nothing for a file that is not there. */
  open(path: string): { readonly scope: Scope; readonly isNew: boolean } | undefined {
    const known = this.#scopes.get(path);
    if (known) return { scope: known, isNew: false };
    const text = this.#texts.get(path);
    if (text === undefined || this.#parsed >= MAX_PARSED) return undefined;
    this.#parsed += 1;
    const scope: Scope = { file: parsePython(path, text, this.budget), names: new Map() };
    this.#scopes.set(path, scope);
    return { scope, isNew: true };
  }

  /**
   * The file of a module as one of the package's files names it.
   *
   * @param dots - How many stand before the name; 0 is an absolute import.
   */
  resolve(from: PythonFile, dots: number, dotted: string): string | undefined {
    const inner = dotted === '' ? [] : dotted.split('.');
    if (dots > 0) return this.#fileOf(posix.join(posix.dirname(from.path), ...Array<string>(dots - 1).fill('..')), inner);
    if (OTHERS.test(dotted)) return undefined;
    const roots = foldersAbove(from.path);
    // What a package is imported by lies beside it, not in it; a script's own folder is a root, too.
    const outside = roots.filter((root) => !this.#texts.has(posix.join(root, '__init__.py')));
    for (const root of [...outside, 'src', ...roots]) {
      const found = this.#fileOf(root, inner);
      if (found) return found;
    }
    return undefined;
  }

  #fileOf(root: string, inner: readonly string[]): string | undefined {
    const path = posix.join(root, ...inner);
    return [`${path}.py`, posix.join(path, '__init__.py')].find((file) => this.#texts.has(file));
  }
}

/** Of a file's path: its own folder first, the package's last. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) folders.push(folder);
  return [...folders, '.'];
}
