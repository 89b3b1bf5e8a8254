import type { JsonObject, JsonValue } from '../../../model/json.ts';
import { constant, list, type Value } from './value.ts';

const MAX_DEPTH = 40;

/** A value as JSON; what is not known is left out of lists and objects, but the name of a property stays. */
export function jsonOf(value: Value, depth = 0): JsonValue | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (value.kind) {
    case 'const':
      return value.value;
    case 'member':
      return jsonOf(value.value, depth + 1);
    case 'list':
      return value.items.flatMap((item) => jsonOf(item, depth + 1) ?? []);
    case 'dict':
      return objectOf(value.entries, depth);
    default:
      return undefined;
  }
}

export function objectOf(entries: ReadonlyMap<string, Value>, depth = 0): JsonObject {
  const found: [string, JsonValue][] = [];
  for (const [key, value] of entries) {
    const isProperties = key === 'properties' && value.kind === 'dict';
    const json = isProperties ? propertiesOf(value.entries, depth + 1) : jsonOf(value, depth + 1);
    if (json !== undefined) found.push([key, json]);
  }
  return fromEntries(found);
}

function propertiesOf(entries: ReadonlyMap<string, Value>, depth: number): JsonObject {
  return fromEntries([...entries].map(([name, value]) => [name, jsonOf(value, depth + 1) ?? {}]));
}

/** `__proto__` is a name like any other. */
export function fromEntries(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  return Object.fromEntries(entries);
}

export function valueOfJson(json: JsonValue): Value {
  if (Array.isArray(json)) return list(json.map(valueOfJson));
  if (typeof json !== 'object' || json === null) return constant(json);
  return { kind: 'dict', entries: new Map(Object.entries(json).map(([key, value]) => [key, valueOfJson(value)])), isWhole: true };
}
