import type * as t from '@babel/types';
import type { Interpreter } from './interpreter.ts';
import { Schema } from './schema.ts';
import { schemaMember } from './schema-methods.ts';
import type { Scope } from './scope.ts';
import { Accessor, Arr, chainOf, Fn, isPrimitive, Link, Obj, Proxied, Table, UNKNOWN, Unknown, type Value } from './values.ts';

const MAX_ITEMS = 50_000;
const ZOD_NAMESPACES: ReadonlySet<string> = new Set(['z', 'default', 'coerce', 'zod', 'iso', 'core']);

type Named = { readonly computed?: boolean | null } & ({ readonly property: t.Node } | { readonly key: t.Node });

/** The name of a member or of what a class or object declares; nothing where only a run would tell. */
export function propertyName(node: Named, scope: Scope, run: Interpreter): string | undefined {
  const key = 'property' in node ? node.property : node.key;
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  if (!node.computed && key.type === 'Identifier') return key.name;
  const value = run.evaluate(key, scope);
  return isPrimitive(value) ? String(value) : value instanceof Unknown && value.label.startsWith('Symbol.') ? value.label : undefined;
}

export function readMember(value: Value, name: string, run: Interpreter): Value {
  if (value instanceof Proxied) return readProxied(value, name, run);
  if (value instanceof Obj) return readObject(value, name, run);
  if (value instanceof Unknown) return readUnknown(value, name);
  if (value instanceof Schema) return schemaMember(value, name);
  if (value instanceof Arr) return readItem(value, name);
  if (typeof value === 'string') return name === 'length' ? value.length : /^\d{1,7}$/.test(name) ? value[Number(name)] : UNKNOWN;
  return value instanceof Table && name === 'size' ? value.entries.size : UNKNOWN;
}

function readProxied({ target, trap }: Proxied, name: string, run: Interpreter): Value {
  const get = readMember(trap, 'get', run);
  return get instanceof Fn ? run.call(get, [target, name, target], trap) : readMember(target, name, run);
}

function readObject(object: Obj, name: string, run: Interpreter): Value {
  let isOpen = object.open;
  for (const holder of chainOf(object)) {
    isOpen ||= holder.open;
    const member = holder.members.get(name);
    if (member instanceof Link) return member.read();
    if (member instanceof Accessor) return member.get ? run.call(member.get, [], object) : UNKNOWN;
    if (member !== undefined || holder.members.has(name)) return member;
  }
  if (object instanceof Fn && name === 'name') return object.name || UNKNOWN;
  return isOpen || object instanceof Fn ? new Unknown('any', name) : undefined;
}

function readUnknown(value: Unknown, name: string): Value {
  const written = value.written?.get(name);
  if (written !== undefined) return written;
  switch (value.kind) {
    case 'environment':
    case 'setting':
      return new Unknown('setting', name);
    case 'zod':
      return ZOD_NAMESPACES.has(name) ? value : new Unknown('any', name);
    case 'typebox':
      return name === 'Type' || name === 'default' ? value : new Unknown('any', name);
    case 'module':
      if (name === 'z') return new Unknown('zod', name);
      return name === 'default' ? value : new Unknown('any', name);
    default:
      return new Unknown('any', name);
  }
}

function readItem({ items, open }: Arr, name: string): Value {
  if (name === 'length') return open ? UNKNOWN : items.length;
  if (!/^\d{1,7}$/.test(name)) return UNKNOWN;
  return Number(name) < items.length || !open ? items[Number(name)] : UNKNOWN;
}

export function writeMember(object: Value, name: string, value: Value, run: Interpreter): void {
  run.step();
  if (object instanceof Arr) {
    writeItem(object, name, value);
    return;
  }
  if (object instanceof Unknown) object.written?.set(name, value);
  if (!(object instanceof Obj)) return;
  for (const holder of chainOf(object)) {
    const member = holder.members.get(name);
    if (member instanceof Accessor && member.set) {
      run.call(member.set, [value], object);
      return;
    }
  }
  if (!(object.members.get(name) instanceof Accessor)) object.members.set(name, value);
}

function writeItem(list: Arr, name: string, value: Value): void {
  if (name === 'length') {
    if (typeof value === 'number' && value >= 0 && value < list.items.length) list.items.length = value;
  } else if (/^\d{1,5}$/.test(name) && Number(name) < MAX_ITEMS) {
    while (list.items.length < Number(name)) list.items.push(undefined);
    list.items[Number(name)] = value;
  }
}
