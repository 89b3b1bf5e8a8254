import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import type { Interpreter } from './interpreter.ts';
import { iterated, memberNames } from './iteration.ts';
import { jsonValueOf } from './json-values.ts';
import { readMember } from './members.ts';
import { Schema } from './schema.ts';
import { objectSchema, schemaOf } from './schema-builders.ts';
import { Obj, type Value } from './values.ts';

type Builder = (args: readonly Value[], run: Interpreter) => { readonly schema: Schema; readonly options: Value };

const typed =
  (type: string): Builder =>
  ([options]) => ({ schema: new Schema({ keywords: { type } }), options });

const BUILDERS: Readonly<Record<string, Builder>> = {
  String: typed('string'),
  Number: typed('number'),
  Integer: typed('integer'),
  Boolean: typed('boolean'),
  Null: typed('null'),
  Any: ([options]) => ({ schema: new Schema(), options }),
  Unknown: ([options]) => ({ schema: new Schema(), options }),
  Object: ([shape, options], run) => ({ schema: objectSchema(shape, run), options }),
  Array: ([item, options]) => ({ schema: new Schema({ keywords: { type: 'array' }, items: schemaOf(item) }), options }),
  Record: ([, value, options]) => ({ schema: new Schema({ keywords: { type: 'object' }, values: schemaOf(value) }), options }),
  Union: ([options, about], run) => ({ schema: new Schema({ anyOf: iterated(options, run).map(schemaOf) }), options: about }),
  Intersect: ([options, about], run) => ({ schema: new Schema({ allOf: iterated(options, run).map(schemaOf) }), options: about }),
  Literal: ([value, options]) => ({ schema: new Schema({ keywords: constOf(value) }), options }),
  Optional: ([schema]) => ({ schema: schemaOf(schema).with({ isOptional: true }), options: undefined }),
  Partial: ([schema, options]) => ({ schema: partial(schemaOf(schema)), options }),
  Enum: ([values, options], run) => ({ schema: new Schema({ anyOf: literals(values, run) }), options }),
  Unsafe: ([given]) => ({ schema: new Schema(), options: given }),
};

/** `Type.Object({ … })` and its like. */
export function typeboxSchema(name: string, args: readonly Value[], run: Interpreter): Schema | undefined {
  const builder = Object.hasOwn(BUILDERS, name) ? BUILDERS[name] : undefined;
  if (!builder) return undefined;
  const { schema, options } = builder(args, run);
  const keywords = options instanceof Obj ? jsonValueOf(options) : undefined;
  return isJsonObject(keywords) ? schema.withKeywords(keywords) : schema;
}

function constOf(value: Value): JsonObject {
  const isKnown = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isKnown ? { type: typeof value as string, const: value } : {};
}

function literals(values: Value, run: Interpreter): Schema[] {
  return memberNames(values).map((name) => new Schema({ keywords: constOf(readMember(values, name, run)) }));
}

function partial(schema: Schema): Schema {
  const properties = [...(schema.properties ?? [])].map(([name, part]) => [name, part.with({ isOptional: true })] as const);
  return schema.with({ properties: new Map(properties) });
}
