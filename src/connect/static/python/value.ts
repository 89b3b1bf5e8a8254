import type { SyntaxNode } from '@lezer/common';
import type { ToolDefinition } from '../../../model/tool.ts';
import type { PythonFile } from './syntax.ts';

/** Names and what they are bound to, in a module, a class or one call of a function. */
export interface Scope {
  readonly file: PythonFile;
  readonly names: Map<string, Value>;
  readonly parent?: Scope;
  /** Functions inside a class body do not see its names. */
  readonly isClass?: boolean;
  /** Of a method's call: what `super()` means. */
  readonly method?: { readonly owner: ClassValue; readonly self: Value };
  readonly frame?: Frame;
  readonly globals?: Set<string>;
}

/** One call of a function: what it gives back. */
export interface Frame {
  readonly returns: Value[];
  /** From branches that a start without settings does not take. */
  readonly otherReturns: Value[];
  readonly yields: Value[];
  /** In how many branches that are not taken the call itself stands. */
  readonly untaken: number;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly node: SyntaxNode;
  readonly scope: Scope;
  readonly binding: 'plain' | 'property' | 'static' | 'class';
  /** What it stands for to those who ask for its name, text and parameters: `functools.wraps`. */
  readonly wraps?: FunctionValue;
  readonly owner?: ClassValue;
  readonly self?: Value;
}

interface ClassField {
  readonly name: string;
  readonly annotation: SyntaxNode;
  readonly value?: Value;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly node: SyntaxNode;
  readonly scope: Scope;
  readonly bases: readonly Value[];
  readonly members: Map<string, Value>;
  /** Annotated names, in order. */
  readonly fields: ClassField[];
}

export interface Instance {
  readonly kind: 'instance';
  readonly of: ClassValue;
  readonly fields: Map<string, Value>;
  /** Its class is derived from an SDK's server. */
  readonly server?: ServerValue;
}

/** What a call of something outside the package made, with what it was given: `Field(ge=1)`, `Tool(name=…)`. */
export interface Made {
  readonly kind: 'made';
  readonly path: string;
  readonly given: Arguments;
  readonly place: Place;
}

export interface Arguments {
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** False when it was given more than is known: `*x`, `**y`. */
  readonly isWhole: boolean;
}

/** Where something stands; `line` from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface ServerValue {
  readonly kind: 'server';
  readonly tools: Registration[];
  readonly mounts: { readonly server: ServerValue; readonly prefix: string | undefined }[];
  /** Functions that answer `tools/list`. */
  readonly handlers: Value[];
}

/** A tool as it was given to a server; what is in `definition` is known. */
export interface Registration extends Place {
  readonly definition: ToolDefinition;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: Value[];
  /** False when it may hold more than `items`. */
  readonly isWhole: boolean;
}

export interface DictValue {
  readonly kind: 'dict';
  readonly entries: Map<string, Value>;
  readonly isWhole: boolean;
}

export interface ConstValue {
  readonly kind: 'const';
  readonly value: string | number | boolean | null;
}

/** What an expression gives, as far as the source tells. */
export type Value =
  | ConstValue
  | ListValue
  | DictValue
  | FunctionValue
  | ClassValue
  | Instance
  | Made
  | ServerValue
  /** Something outside the package, by its dotted path; Python's own names are in `builtins`. */
  | { readonly kind: 'external'; readonly path: string }
  | { readonly kind: 'generic'; readonly base: Value; readonly args: readonly Value[] }
  | { readonly kind: 'member'; readonly of: ClassValue; readonly name: string; readonly value: Value }
  | { readonly kind: 'module'; readonly scope: Scope }
  | { readonly kind: 'super'; readonly owner: ClassValue; readonly self: Value }
  /** A method of something that has no source here. */
  | { readonly kind: 'method'; readonly self: Value; readonly name: string }
  /** `server.tool(…)`, `server.list_tools()`: what waits for its function. */
  | { readonly kind: 'decorator'; readonly server: ServerValue; readonly of: 'tool' | 'list'; readonly given: Arguments }
  /** `text`: its expression. */
  | { readonly kind: 'unknown'; readonly text: string };

export const UNKNOWN: Value = { kind: 'unknown', text: '' };
export const NONE: Value = { kind: 'const', value: null };
export const NO_ARGUMENTS: Arguments = { args: [], named: new Map(), isWhole: true };

export function constant(value: ConstValue['value']): ConstValue {
  return { kind: 'const', value };
}

export function list(items: Value[], isWhole = true): ListValue {
  return { kind: 'list', items, isWhole };
}

export function newServer(): ServerValue {
  return { kind: 'server', tools: [], mounts: [], handlers: [] };
}

/** Of a text that is put together: longer ones are not known. */
const MAX_TEXT = 200_000;
export const MAX_ITEMS = 5_000;

export function joinedText(text: string): Value {
  return text.length > MAX_TEXT ? UNKNOWN : constant(text);
}

/** A list put together: no longer than lists may be. */
export function joinedList(items: Value[], isWhole: boolean): ListValue {
  return items.length > MAX_ITEMS ? list(items.slice(0, MAX_ITEMS), false) : list(items, isWhole);
}

/** The text it is, if it is one: an enum's member that is a string counts. */
export function textOfValue(value: Value | undefined): string | undefined {
  if (value?.kind === 'member') return textOfValue(value.value);
  return value?.kind === 'const' && typeof value.value === 'string' ? value.value : undefined;
}

/** Whether it counts as true, where that is known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'const':
      return Boolean(value.value);
    case 'list':
      return value.items.length > 0 ? true : value.isWhole ? false : undefined;
    case 'dict':
      return value.entries.size > 0 ? true : value.isWhole ? false : undefined;
    case 'unknown':
    case 'made':
    case 'method':
    case 'external':
    case 'generic':
      return undefined;
    default:
      return true;
  }
}

/** What a name is after two branches of which either may have run. */
export function merged(first: Value, second: Value): Value {
  if (first === second) return first;
  if (first.kind === 'const' && second.kind === 'const' && first.value === second.value) return first;
  if (isNone(first) && isThing(second)) return second;
  if (isThing(first) && (isNone(second) || isThing(second))) return first;
  if (first.kind === 'list' && second.kind === 'list') {
    return joinedList([...new Set([...first.items, ...second.items])], first.isWhole && second.isWhole);
  }
  if (first.kind === 'dict' && second.kind === 'dict') {
    return { kind: 'dict', entries: new Map([...first.entries, ...second.entries]), isWhole: first.isWhole && second.isWhole };
  }
  return UNKNOWN;
}

function isNone(value: Value): boolean {
  return value.kind === 'const' && value.value === null;
}

function isThing({ kind }: Value): boolean {
  return kind === 'function' || kind === 'class' || kind === 'instance' || kind === 'server' || kind === 'module' || kind === 'external';
}

/** The class and those it is derived from, nearest first; at most 30. */
export function lineage(of: ClassValue): (ClassValue | Extract<Value, { kind: 'external' }>)[] {
  const found: ReturnType<typeof lineage> = [];
  const waiting: Value[] = [of];
  for (const value of waiting) {
    const base = value.kind === 'generic' ? value.base : value;
    if (base.kind !== 'class' && base.kind !== 'external') continue;
    if (found.includes(base) || found.length >= 30) continue;
    found.push(base);
    if (base.kind === 'class') waiting.push(...base.bases);
  }
  return found;
}

export function isDerivedFrom(of: ClassValue, path: RegExp): boolean {
  return lineage(of).some((base) => base.kind === 'external' && path.test(base.path));
}
