import type { Interpreter } from './interpreter.ts';
import { Arr, chainOf, Fn, isPrimitive, Obj, Pattern, Table, UNKNOWN, Unknown, type Value } from './values.ts';

const MAX_TEXT = 1_000_000;

/** @returns `undefined` where only a run would tell. A setting is no literal that is named in the source. */
export function strictlyEqual(one: Value, other: Value): boolean | undefined {
  if (one instanceof Unknown || other instanceof Unknown) {
    const isSetting = (value: Value) => value instanceof Unknown && value.kind === 'setting';
    if (!isSetting(one) && !isSetting(other)) return undefined;
    const literal = isSetting(one) ? other : one;
    return literal === undefined || literal === null ? undefined : literal instanceof Unknown ? undefined : false;
  }
  return one === other;
}

export function negated(value: boolean | undefined): Value {
  return value === undefined ? UNKNOWN : !value;
}

const NUMERIC: Readonly<Record<string, (one: number, other: number) => Value>> = {
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '%': (one, other) => one % other,
  '**': (one, other) => one ** other,
  '|': (one, other) => one | other,
  '&': (one, other) => one & other,
  '^': (one, other) => one ^ other,
  '<<': (one, other) => one << other,
  '>>': (one, other) => one >> other,
  '>>>': (one, other) => one >>> other,
};

export function binary(operator: string, one: Value, other: Value, run: Interpreter): Value {
  switch (operator) {
    case '===':
    case '==':
      return compared(operator, one, other, run);
    case '!==':
    case '!=': {
      const equal = compared(operator, one, other, run);
      return typeof equal === 'boolean' ? !equal : equal;
    }
    case '+':
      return added(one, other);
    case 'in':
      return other instanceof Obj && typeof one === 'string' && !other.open ? hasMember(other, one) : UNKNOWN;
    case 'instanceof':
      return isInstance(one, other);
    default:
      return ordered(operator, one, other);
  }
}

function compared(operator: string, one: Value, other: Value, run: Interpreter): Value {
  const isLoose = operator.length === 2;
  if (isLoose && isPrimitive(one) && isPrimitive(other)) {
    // biome-ignore lint/suspicious/noDoubleEquals: it is the program's own operator.
    return one == other;
  }
  const equal = strictlyEqual(one, other);
  if (equal !== undefined || !run.settingsAbsent) return equal === undefined ? UNKNOWN : equal;
  const setting = one instanceof Unknown ? one : other;
  const literal = one instanceof Unknown ? other : one;
  if (!(setting instanceof Unknown) || setting.kind !== 'setting') return UNKNOWN;
  return literal === undefined || (literal === null && isLoose);
}

function added(one: Value, other: Value): Value {
  if (typeof one === 'number' && typeof other === 'number') return one + other;
  if (!isPrimitive(one) || !isPrimitive(other)) return UNKNOWN;
  const text = `${one}${other}`;
  return (typeof one === 'string' || typeof other === 'string') && text.length <= MAX_TEXT ? text : UNKNOWN;
}

function ordered(operator: string, one: Value, other: Value): Value {
  const numeric = NUMERIC[operator];
  if (numeric) return typeof one === 'number' && typeof other === 'number' ? numeric(one, other) : UNKNOWN;
  if (one instanceof Unknown || other instanceof Unknown || typeof one !== typeof other) return UNKNOWN;
  if (typeof one !== 'number' && typeof one !== 'string') return UNKNOWN;
  const [left, right] = [one as number, other as number];
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  if (operator === '<=') return left <= right;
  return operator === '>=' ? left >= right : UNKNOWN;
}

function hasMember(object: Obj, name: string): boolean {
  for (const holder of chainOf(object)) if (holder.members.has(name)) return true;
  return false;
}

function isInstance(value: Value, type: Value): Value {
  if (!(value instanceof Obj) || !(type instanceof Fn)) return UNKNOWN;
  const wanted = type.members.get('prototype');
  for (const holder of chainOf(value.proto)) if (holder === wanted) return true;
  return value.open ? UNKNOWN : false;
}

export function typeName(value: Value): Value {
  if (value instanceof Unknown) return UNKNOWN;
  if (value instanceof Fn) return 'function';
  if (value === null || value instanceof Obj || value instanceof Arr || value instanceof Table || value instanceof Pattern) return 'object';
  return typeof value;
}

/** What a value becomes inside a text; nothing where only a run would tell. */
export function asText(value: Value): string | undefined {
  if (isPrimitive(value)) return String(value);
  if (!(value instanceof Arr) || value.open || value.items.length > 1_000) return undefined;
  const parts = value.items.map((item) => (isPrimitive(item) ? String(item ?? '') : undefined));
  return parts.includes(undefined) ? undefined : parts.join(',');
}
