import type { JsonObject, JsonValue } from '../../../model/json.ts';

/** A schema that a library would turn into JSON Schema: what of it stands in the source. Never changed; methods make another one. */
export class Schema {
  /** Keywords beside those of the members below. */
  readonly keywords: JsonObject;
  readonly properties: ReadonlyMap<string, Schema> | undefined;
  readonly items: Schema | undefined;
  readonly values: Schema | undefined;
  readonly anyOf: readonly Schema[] | undefined;
  readonly allOf: readonly Schema[] | undefined;
  /** Whether an object need not have it. */
  readonly isOptional: boolean;

  constructor(parts: SchemaParts = {}) {
    this.keywords = parts.keywords ?? {};
    this.properties = parts.properties;
    this.items = parts.items;
    this.values = parts.values;
    this.anyOf = parts.anyOf;
    this.allOf = parts.allOf;
    this.isOptional = parts.isOptional ?? false;
  }

  with(parts: SchemaParts): Schema {
    return new Schema({ ...this, ...parts });
  }

  withKeywords(keywords: JsonObject): Schema {
    return this.with({ keywords: { ...this.keywords, ...keywords } });
  }
}

export interface SchemaParts {
  readonly keywords?: JsonObject;
  readonly properties?: ReadonlyMap<string, Schema> | undefined;
  readonly items?: Schema | undefined;
  readonly values?: Schema | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly isOptional?: boolean;
}

const MAX_DEPTH = 24;

/** As JSON Schema, the keywords in the order in which the protocol's SDK writes them. Deeper than the bound, an empty schema. */
export function jsonSchemaOf(schema: Schema, depth = 0): JsonObject {
  if (depth > MAX_DEPTH) return {};
  const inner = (part: Schema) => jsonSchemaOf(part, depth + 1);
  const written: [string, JsonValue][] = Object.entries(schema.keywords);
  if (schema.properties) {
    written.push(['properties', Object.fromEntries([...schema.properties].map(([name, part]) => [name, inner(part)]))]);
    const required = [...schema.properties].filter(([, part]) => !part.isOptional).map(([name]) => name);
    if (required.length > 0) written.push(['required', required]);
  }
  if (schema.items) written.push(['items', inner(schema.items)]);
  if (schema.values) written.push(['additionalProperties', inner(schema.values)]);
  if (schema.anyOf) written.push(['anyOf', schema.anyOf.map(inner)]);
  if (schema.allOf) written.push(['allOf', schema.allOf.map(inner)]);
  return Object.fromEntries(written);
}
