import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import type { Interpreter } from './interpreter.ts';
import { iterated, memberNames } from './iteration.ts';
import { jsonValueOf } from './json-values.ts';
import { Schema } from './schema.ts';
import { nullable, objectSchema, schemaOf } from './schema-builders.ts';
import { Arr, Obj, objectOf, UNKNOWN, Unknown, type Value } from './values.ts';

type Method = (schema: Schema, args: readonly Value[], run: Interpreter) => Value;

const keyword =
  (keywords: JsonObject): Method =>
  (schema) =>
    schema.withKeywords(keywords);
const optional: Method = (schema) => schema.with({ isOptional: true });

/** What is called on a schema. Others, such as `refine`, change nothing that JSON Schema shows. */
const METHODS: Readonly<Record<string, Method>> = {
  describe: (schema, [text]) => (typeof text === 'string' ? schema.withKeywords({ description: text }) : schema),
  meta: (schema, [about]) => withMeta(schema, about),
  register: (schema, [, about]) => withMeta(schema, about),
  openapi: (schema, [about]) => withMeta(schema, about),
  optional,
  exactOptional: optional,
  catch: optional,
  default: withDefault,
  prefault: withDefault,
  nullish: (schema) => nullable(schema).with({ isOptional: true }),
  nullable,
  array: (schema) => new Schema({ keywords: { type: 'array' }, items: schema }),
  or: (schema, [other]) => new Schema({ anyOf: [schema, schemaOf(other)] }),
  and: (schema, [other]) => new Schema({ allOf: [schema, schemaOf(other)] }),
  min: (schema, args) => bounded(schema, 'min', args),
  max: (schema, args) => bounded(schema, 'max', args),
  gte: (schema, args) => bounded(schema, 'min', args),
  lte: (schema, args) => bounded(schema, 'max', args),
  length: (schema, args) => schemaOf(bounded(schemaOf(bounded(schema, 'min', args)), 'max', args)),
  nonempty: (schema) => bounded(schema, 'min', [1]),
  nonnegative: keyword({ minimum: 0 }),
  positive: keyword({ exclusiveMinimum: 0 }),
  int: keyword({ type: 'integer' }),
  email: keyword({ format: 'email' }),
  url: keyword({ format: 'uri' }),
  uuid: keyword({ format: 'uuid' }),
  datetime: keyword({ format: 'date-time' }),
  extend: (schema, [other], run) => merged(schema, other, run),
  safeExtend: (schema, [other], run) => merged(schema, other, run),
  merge: (schema, [other], run) => merged(schema, other, run),
  pick: (schema, [names]) => selected(schema, names, true),
  omit: (schema, [names]) => selected(schema, names, false),
  partial: (schema, [names]) => eachProperty(schema, names, (part) => part.with({ isOptional: true })),
  required: (schema, [names]) => eachProperty(schema, names, (part) => part.with({ isOptional: false })),
  strict: keyword({ additionalProperties: false }),
  keyof: (schema) => new Schema({ keywords: { type: 'string', enum: [...(schema.properties?.keys() ?? [])] } }),
  unwrap: (schema) => schema.with({ isOptional: false }),
  removeDefault: (schema) => schema.with({ isOptional: false }),
  parse: (schema, [given]) => parsed(schema, given),
  safeParse: (schema, [given]) => objectOf({ success: UNKNOWN, data: parsed(schema, given), error: UNKNOWN }),
  exclude: (schema, [names], run) => withoutValues(schema, names, run),
};

export function callSchemaMethod(schema: Schema, name: string, args: readonly Value[], run: Interpreter): Value {
  return Object.hasOwn(METHODS, name) ? METHODS[name]?.(schema, args, run) : schema;
}

/** A member of a schema that is read: `shape`, `options`. */
export function schemaMember(schema: Schema, name: string): Value {
  if (name === 'shape' && schema.properties) return objectOf(Object.fromEntries(schema.properties));
  if (name === 'description') return typeof schema.keywords['description'] === 'string' ? schema.keywords['description'] : undefined;
  if (name === 'element') return schema.items ?? UNKNOWN;
  const { enum: values, const: value } = schema.keywords;
  if ((name === 'options' || name === 'enum' || name === 'Enum') && Array.isArray(values)) {
    const texts = values.filter((one) => typeof one === 'string');
    return name === 'options' ? new Arr([...texts]) : objectOf(Object.fromEntries(texts.map((one) => [one, one])));
  }
  return name === 'value' && typeof value === 'string' ? value : UNKNOWN;
}

function withMeta(schema: Schema, about: Value): Schema {
  const known = jsonValueOf(about);
  return isJsonObject(known) ? schema.withKeywords(known) : schema;
}

function withDefault(schema: Schema, [given]: readonly Value[]): Schema {
  const value = jsonValueOf(given);
  return (value === undefined ? schema : schema.withKeywords({ default: value })).with({ isOptional: true });
}

function bounded(schema: Schema, end: 'min' | 'max', [limit]: readonly Value[]): Schema {
  if (typeof limit !== 'number') return schema;
  const { type } = schema.keywords;
  const noun = type === 'string' ? 'Length' : type === 'array' ? 'Items' : 'imum';
  return schema.withKeywords({ [`${end}${noun}`]: limit });
}

function merged(schema: Schema, other: Value, run: Interpreter): Schema {
  const added = other instanceof Schema ? other : objectSchema(other, run);
  return schema.with({ properties: new Map([...(schema.properties ?? []), ...(added.properties ?? [])]) });
}

function selected(schema: Schema, names: Value, isKept: boolean): Schema {
  const listed = new Set(memberNames(names));
  return schema.with({ properties: new Map([...(schema.properties ?? [])].filter(([name]) => listed.has(name) === isKept)) });
}

function eachProperty(schema: Schema, names: Value, change: (part: Schema) => Schema): Schema {
  const listed = names instanceof Obj ? new Set(memberNames(names)) : undefined;
  const changed = [...(schema.properties ?? [])].map(([name, part]) => [name, !listed || listed.has(name) ? change(part) : part] as const);
  return schema.with({ properties: new Map(changed) });
}

/** What a program reads its settings through: their defaults, and the rest absent. */
function parsed(schema: Schema, given: Value): Value {
  if (!schema.properties) return given instanceof Unknown && given.kind === 'setting' ? (knownDefault(schema) ?? given) : UNKNOWN;
  const isSettings = given instanceof Unknown && (given.kind === 'environment' || given.kind === 'setting');
  const made = new Obj();
  made.open = true;
  for (const [name, part] of schema.properties) {
    const value = given instanceof Obj ? given.members.get(name) : undefined;
    const from = value instanceof Unknown ? value : isSettings ? new Unknown('setting', name) : UNKNOWN;
    const fallback = knownDefault(part);
    made.members.set(name, from.kind === 'setting' ? (fallback ?? from) : UNKNOWN);
  }
  return made;
}

function knownDefault({ keywords }: Schema): Value {
  const value = keywords['default'];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function withoutValues(schema: Schema, names: Value, run: Interpreter): Schema {
  const values = schema.keywords['enum'];
  const left = new Set<Value>(iterated(names, run));
  return Array.isArray(values) ? schema.withKeywords({ enum: values.filter((one) => typeof one !== 'string' || !left.has(one)) }) : schema;
}

/** `z.coerce.number().default(5)` and a schema's `.options` are read like any other; this is what a discriminator says. */
export function methodLiteral(schema: Value): string | undefined {
  const method = schema instanceof Schema ? schema.properties?.get('method')?.keywords['const'] : undefined;
  return typeof method === 'string' ? method : undefined;
}
