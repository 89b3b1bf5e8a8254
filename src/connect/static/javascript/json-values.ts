import type { JsonObject, JsonValue } from '../../../model/json.ts';
import { jsonSchemaOf, Schema } from './schema.ts';
import { Accessor, Arr, Link, type Member, Obj, type Value } from './values.ts';

const MAX_DEPTH = 40;
const MAX_VALUES = 20_000;

/** A value as JSON, without what is not known of it. Nothing is left of a value that is not known at all, and of a function. */
export function jsonValueOf(value: Value): JsonValue | undefined {
  return new JsonWriter().write(value, 0);
}

class JsonWriter {
  private left = MAX_VALUES;

  write(value: Member, depth: number): JsonValue | undefined {
    if (--this.left < 0 || depth > MAX_DEPTH) return undefined;
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
    if (value instanceof Link) return this.write(value.read(), depth + 1);
    if (value instanceof Schema) return jsonSchemaOf(value);
    if (value instanceof Arr) return this.writeItems(value, depth);
    return value instanceof Obj && value.constructor === Obj && !(value instanceof Accessor) ? this.writeMembers(value, depth) : undefined;
  }

  private writeItems({ items }: Arr, depth: number): JsonValue[] {
    return items.map((item) => this.write(item, depth + 1)).filter((item) => item !== undefined);
  }

  private writeMembers(object: Obj, depth: number): JsonObject {
    const written: [string, JsonValue][] = [];
    for (const [name, member] of object.members) {
      const value = this.write(member, depth + 1);
      if (value !== undefined) written.push([name, value]);
    }
    return Object.fromEntries(written);
  }
}
