import type { Node } from '@babel/types';
import type { Schema } from './schema.ts';
import type { Scope } from './scope.ts';

/**
 * What is not known without a run. `setting`: an environment variable or an option of the command line, which is taken as absent. `environment`: what
 * settings are read from. `zod` and `typebox`: the namespaces of those libraries. `module`: what another package exports.
 */
export type UnknownKind = 'any' | 'setting' | 'environment' | 'zod' | 'typebox' | 'module';

export class Unknown {
  readonly kind: UnknownKind;
  /** The last name it was reached by: `ListToolsRequestSchema`. */
  readonly label: string;
  /** Of an instance of another package's class: the members that the program set. */
  readonly written: Map<string, Value> | undefined;

  constructor(kind: UnknownKind = 'any', label = '') {
    this.kind = kind;
    this.label = label;
    this.written = label.startsWith('new ') ? new Map() : undefined;
  }
}

export const UNKNOWN = new Unknown();

/** Where a value stands in the source. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export class Accessor {
  get: Fn | undefined;
  set: Fn | undefined;
}

/** A name of a module or a scope whose value is looked up when it is used. */
export class Link {
  readonly read: () => Value;

  constructor(read: () => Value) {
    this.read = read;
  }
}

export type Member = Value | Accessor | Link;

export class Obj {
  /** A map, so that `__proto__` is a name like others. */
  readonly members = new Map<string, Member>();
  proto: Obj | null = null;
  /** Whether it has further members that are not known. */
  open = false;
  at: Place | undefined;
}

export class Arr {
  readonly items: Value[];
  open = false;

  constructor(items: Value[] = []) {
    this.items = items;
  }
}

/** A `Map`; a `Set` holds each value under itself. */
export class Table {
  readonly entries = new Map<Value, Value>();
  readonly isSet: boolean;

  constructor(isSet: boolean) {
    this.isSet = isSet;
  }
}

/** A regular expression that is cheap on any text, or `null` for one that might not be. */
export class Pattern {
  readonly regex: RegExp | null;

  constructor(regex: RegExp | null) {
    this.regex = regex;
  }
}

/** A `Proxy` that looks at what is read from its target. */
export class Proxied extends Obj {
  readonly target: Value;
  readonly trap: Obj;

  constructor(target: Value, trap: Obj) {
    super();
    this.target = target;
    this.trap = trap;
  }
}

export type NativeCall = (args: readonly Value[], self: Value) => Value;

export class Fn extends Obj {
  name = '';
  node: Node | undefined;
  scope: Scope | undefined;
  native: NativeCall | undefined;
  construct: ((args: readonly Value[]) => Value) | undefined;
  /** Of a class: what it extends. */
  base: Value;
  /** Of a method: the object that holds it, whose prototype `super` is. */
  home: Obj | undefined;
}

export type Value = string | number | boolean | bigint | null | undefined | Unknown | Obj | Arr | Table | Pattern | Schema;

export function nativeFn(name: string, native: NativeCall): Fn {
  const fn = new Fn();
  fn.name = name;
  fn.native = native;
  return fn;
}

export function objectOf(members: Readonly<Record<string, Value>>): Obj {
  const made = new Obj();
  for (const [name, value] of Object.entries(members)) made.members.set(name, value);
  return made;
}

const MAX_JOINED = 10_000;
const MAX_PROTOTYPES = 100;

/** An object and its prototypes, which a program may have made a circle of. */
export function* chainOf(value: Value): Generator<Obj> {
  let holder = value instanceof Obj ? value : null;
  for (let hops = 0; holder && hops < MAX_PROTOTYPES; holder = holder.proto, hops++) yield holder;
}

/** The member of an object itself, without its prototypes and getters. */
export function ownValue(value: Value, name: string): Value {
  if (!(value instanceof Obj)) return undefined;
  const member = value.members.get(name);
  if (member instanceof Link) return member.read();
  return member instanceof Accessor ? undefined : member;
}

export function isPrimitive(value: Value): value is string | number | boolean | bigint | null | undefined {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

/** @returns `undefined` where only a run would tell. */
export function truth(value: Value, settingsAbsent: boolean): boolean | undefined {
  if (!(value instanceof Unknown)) return Boolean(value);
  if (value.kind === 'setting') return settingsAbsent ? false : undefined;
  return value.kind === 'environment' || value.kind === 'zod' ? true : undefined;
}

/** What a value may be that is one of two: both lists in one, otherwise what is known of both. */
export function joined(one: Value, other: Value): Value {
  if (one === other) return one;
  if (one === undefined || one === null || (one instanceof Unknown && !isPrimitive(other))) return other;
  if (other === undefined || other === null || (other instanceof Unknown && !isPrimitive(one))) return one;
  if (isPrimitive(one) || isPrimitive(other)) return UNKNOWN;
  if (one instanceof Arr && other instanceof Arr) {
    const both = new Arr([...new Set([...one.items, ...other.items])].slice(0, MAX_JOINED));
    both.open = true;
    return both;
  }
  if (one instanceof Obj && other instanceof Obj && (one.members.size === 0 || other.members.size === 0))
    return one.members.size === 0 ? other : one;
  const tools = ownValue(one, 'tools');
  const otherTools = ownValue(other, 'tools');
  return tools !== undefined && otherTools !== undefined ? objectOf({ tools: joined(tools, otherTools) }) : other;
}
