import type { JsonObject } from '../../../model/json.ts';
import type { Interpreter } from './interpreter.ts';
import { iterated, memberNames } from './iteration.ts';
import { jsonValueOf } from './json-values.ts';
import { readMember } from './members.ts';
import { Schema } from './schema.ts';
import { Arr, Fn, Obj, type Value } from './values.ts';

type Builder = (args: readonly Value[], run: Interpreter) => Schema;

const typed =
  (keywords: JsonObject): Builder =>
  (args) =>
    new Schema({ keywords: { ...keywords, ...described(args[0]) } });

/** `z.string()` and its like, by the names that zod 3, 4 and mini give them. */
const BUILDERS: Readonly<Record<string, Builder>> = {
  string: typed({ type: 'string' }),
  email: typed({ type: 'string', format: 'email' }),
  url: typed({ type: 'string', format: 'uri' }),
  httpUrl: typed({ type: 'string', format: 'uri' }),
  uuid: typed({ type: 'string', format: 'uuid' }),
  guid: typed({ type: 'string', format: 'uuid' }),
  uuidv4: typed({ type: 'string', format: 'uuid' }),
  stringbool: typed({ type: 'string' }),
  number: typed({ type: 'number' }),
  int: typed({ type: 'integer' }),
  int32: typed({ type: 'integer' }),
  bigint: typed({ type: 'integer' }),
  boolean: typed({ type: 'boolean' }),
  date: typed({}),
  null: typed({ type: 'null' }),
  any: typed({}),
  unknown: typed({}),
  undefined: () => new Schema({ isOptional: true }),
  void: () => new Schema({ isOptional: true }),
  object: (args, run) => objectSchema(args[0], run),
  strictObject: (args, run) => objectSchema(args[0], run),
  looseObject: (args, run) => objectSchema(args[0], run),
  array: (args) => new Schema({ keywords: { type: 'array', ...described(args[1]) }, items: schemaOf(args[0]) }),
  set: (args) => new Schema({ keywords: { type: 'array', uniqueItems: true }, items: schemaOf(args[0]) }),
  tuple: () => new Schema({ keywords: { type: 'array' } }),
  record: (args) => new Schema({ keywords: { type: 'object' }, values: schemaOf(args[1] instanceof Schema ? args[1] : args[0]) }),
  partialRecord: (args) => new Schema({ keywords: { type: 'object' }, values: schemaOf(args[1]) }),
  map: () => new Schema(),
  union: (args, run) => new Schema({ anyOf: iterated(args[0], run).map(schemaOf) }),
  xor: (args, run) => new Schema({ anyOf: iterated(args[0], run).map(schemaOf) }),
  discriminatedUnion: (args, run) => new Schema({ anyOf: iterated(args[1], run).map(schemaOf) }),
  intersection: (args) => new Schema({ allOf: [schemaOf(args[0]), schemaOf(args[1])] }),
  enum: (args, run) => enumSchema(args[0], run),
  nativeEnum: (args, run) => enumSchema(args[0], run),
  literal: (args) => literalSchema(args[0]),
  optional: (args) => schemaOf(args[0]).with({ isOptional: true }),
  nullable: (args) => nullable(schemaOf(args[0])),
  nullish: (args) => nullable(schemaOf(args[0])).with({ isOptional: true }),
  lazy: (args, run) => (args[0] instanceof Fn ? schemaOf(run.attempt(() => run.call(args[0], [], undefined), undefined)) : new Schema()),
  preprocess: (args) => schemaOf(args[1]),
  pipe: (args) => schemaOf(args[0]),
  effect: (args) => schemaOf(args[0]),
  readonly: (args) => schemaOf(args[0]),
  custom: typed({}),
  instanceof: () => new Schema(),
  json: () => new Schema(),
  templateLiteral: () => new Schema({ keywords: { type: 'string' } }),
  never: () => new Schema({ keywords: { not: {} } }),
};

export function builtSchema(name: string, args: readonly Value[], run: Interpreter): Schema | undefined {
  return Object.hasOwn(BUILDERS, name) ? BUILDERS[name]?.(args, run) : undefined;
}

function described(options: Value): JsonObject {
  const description = options instanceof Obj ? options.members.get('description') : undefined;
  return typeof description === 'string' ? { description } : {};
}

export function schemaOf(value: Value): Schema {
  return value instanceof Schema ? value : new Schema();
}

export function objectSchema(shape: Value, run: Interpreter): Schema {
  const properties = new Map<string, Schema>();
  const given = shape instanceof Fn ? run.attempt(() => run.call(shape, [], undefined), undefined) : shape;
  for (const name of memberNames(given)) properties.set(name, schemaOf(readMember(given, name, run)));
  return new Schema({ keywords: { type: 'object' }, properties });
}

export function enumSchema(value: Value, run: Interpreter): Schema {
  const values = value instanceof Arr ? value.items : enumValues(value, run);
  const known = values.filter((one) => typeof one === 'string' || typeof one === 'number');
  if (known.length !== values.length || known.length === 0) return new Schema({ keywords: { type: 'string' } });
  const isText = known.every((one) => typeof one === 'string');
  return new Schema({ keywords: { ...(isText ? { type: 'string' } : {}), enum: known } });
}

/** An enum of TypeScript also maps its numbers back to their names; those names are no values. */
function enumValues(value: Value, run: Interpreter): Value[] {
  return memberNames(value)
    .filter((name) => !/^\d+$/.test(name))
    .map((name) => readMember(value, name, run));
}

export function literalSchema(value: Value): Schema {
  const known = jsonValueOf(value);
  if (known === undefined) return new Schema();
  if (Array.isArray(known)) return new Schema({ keywords: { enum: known } });
  const type: string | undefined = typeof known === 'object' ? undefined : typeof known;
  return new Schema({ keywords: type ? { type, const: known } : { const: known } });
}

export function nullable(schema: Schema): Schema {
  const { type } = schema.keywords;
  if (typeof type === 'string' && !schema.properties && !schema.items) return schema.withKeywords({ type: [type, 'null'] });
  return new Schema({ anyOf: [schema, new Schema({ keywords: { type: 'null' } })], isOptional: schema.isOptional });
}
