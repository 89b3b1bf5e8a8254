import { callFunction } from './functions.ts';
import { keyText } from './key-text.ts';
import type { Run } from './run.ts';
import { type ClassValue, constant, type FunctionValue, isDerivedFrom, lineage, NO_ARGUMENTS, UNKNOWN, type Value } from './value.ts';

const ENUM = /(?:^|\.)(?:\w{0,20}Enum|\w{0,20}Flag)$/;
/** What pydantic gives every model, and Python every class. */
const OF_CLASSES = new Set(['model_json_schema', 'schema', 'model_validate', '__subclasses__', 'model_construct']);

/** `value.name`. @param text - The whole expression, kept where nothing is known of it. */
export function attributeOf(value: Value, name: string, run: Run, text: string): Value {
  switch (value.kind) {
    case 'module':
      return value.scope.names.get(name) ?? { kind: 'unknown', text };
    case 'external':
      return { kind: 'external', path: `${value.path}.${name}` };
    case 'class':
      return ofClass(value, name, text);
    case 'instance':
      return ofInstance(value, name, run, text);
    case 'super':
      return ofSuper(value, name, run);
    case 'member':
      return name === 'value' ? value.value : name === 'name' ? constant(value.name) : { kind: 'method', self: value.value, name };
    case 'function':
      return ofFunction(value, name);
    case 'made':
      return value.given.named.get(name) ?? { kind: 'method', self: value, name };
    case 'unknown':
      return { kind: 'method', self: { kind: 'unknown', text: value.text === '' ? text : value.text }, name };
    default:
      return { kind: 'method', self: value, name };
  }
}

function ofClass(of: ClassValue, name: string, text: string): Value {
  const found = inherited(of, name);
  if (found?.kind === 'function' && found.binding === 'class') return { ...found, self: of };
  if (found) return found;
  if (name === '__name__') return constant(of.name);
  if (OF_CLASSES.has(name)) return { kind: 'method', self: of, name };
  return { kind: 'unknown', text };
}

function inherited(of: ClassValue, name: string): Value | undefined {
  for (const base of lineage(of)) {
    const found = base.kind === 'class' ? base.members.get(name) : undefined;
    if (found) return found;
  }
  return undefined;
}

function ofInstance(self: Extract<Value, { kind: 'instance' }>, name: string, run: Run, text: string): Value {
  const field = self.fields.get(name);
  if (field) return field;
  const found = inherited(self.of, name);
  if (found) return bound(found, self, run);
  if (name === '__class__') return self.of;
  if (self.server) return { kind: 'method', self: self.server, name };
  return { kind: 'method', self: { kind: 'unknown', text }, name };
}

function bound(found: Value, self: Value, run: Run): Value {
  if (found.kind !== 'function' || found.binding === 'static') return found;
  const method: FunctionValue = { ...found, self: found.binding === 'class' && self.kind === 'instance' ? self.of : self };
  return found.binding === 'property' ? callFunction(method, NO_ARGUMENTS, run) : method;
}

function ofSuper({ owner, self }: Extract<Value, { kind: 'super' }>, name: string, run: Run): Value {
  for (const base of owner.bases) {
    const found = base.kind === 'class' ? inherited(base, name) : undefined;
    if (found) return bound(found, self, run);
  }
  const server = self.kind === 'instance' ? self.server : undefined;
  return server ? { kind: 'method', self: server, name } : { kind: 'unknown', text: 'super' };
}

function ofFunction(value: FunctionValue, name: string): Value {
  if (name === '__name__') return constant((value.wraps ?? value).name);
  if (name === '__wrapped__') return value.wraps ?? UNKNOWN;
  return { kind: 'method', self: value, name };
}

/** `value[keys]`. */
export function itemOf(value: Value, keys: readonly Value[]): Value {
  const [key = UNKNOWN] = keys;
  switch (value.kind) {
    case 'list':
      return key.kind === 'const' && typeof key.value === 'number' ? (value.items.at(key.value) ?? UNKNOWN) : UNKNOWN;
    case 'dict': {
      const text = keyText(key);
      return (text === undefined ? undefined : value.entries.get(text)) ?? UNKNOWN;
    }
    case 'external':
      return { kind: 'generic', base: value, args: keys };
    case 'class': {
      const member = key.kind === 'const' && isEnum(value) ? value.members.get(String(key.value)) : undefined;
      return member ?? { kind: 'generic', base: value, args: keys };
    }
    default:
      return UNKNOWN;
  }
}

export function isEnum(of: ClassValue): boolean {
  return isDerivedFrom(of, ENUM);
}
