import { Link, UNKNOWN, type Value } from './values.ts';

let scopesMade = 0;

/** The names of one function or block. `this`, `arguments` and the home of `super` are kept as names too. */
export class Scope {
  readonly names = new Map<string, Value | Link>();
  readonly parent: Scope | undefined;
  /** Where `var` declares. */
  readonly functionScope: Scope;
  readonly file: string;
  /** A scope made later has the larger number. */
  readonly serial = ++scopesMade;

  constructor(parent: Scope | undefined, file: string, isFunction: boolean) {
    this.parent = parent;
    this.file = file;
    this.functionScope = isFunction || !parent ? this : parent.functionScope;
  }

  block(): Scope {
    return new Scope(this, this.file, false);
  }

  declare(name: string, value: Value | Link): void {
    this.names.set(name, value);
  }

  /** The scope that declares a name. */
  holder(name: string): Scope | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) if (scope.names.has(name)) return scope;
    return undefined;
  }

  read(name: string): Value {
    const holder = this.holder(name);
    if (!holder) return UNKNOWN;
    const value = holder.names.get(name);
    return value instanceof Link ? value.read() : value;
  }
}
