import type { SyntaxNode } from '@lezer/common';
import type { JsonObject, JsonValue } from '../../../model/json.ts';
import { evaluate } from './expressions.ts';
import { fieldsOf } from './functions.ts';
import { fromEntries, jsonOf, valueOfJson } from './json-of.ts';
import { cleanText } from './literal.ts';
import type { Run } from './run.ts';
import { bodyOf, docstringOf } from './syntax.ts';
import { isField, schemaOfType, typeOf, withField } from './type-schema.ts';
import { type ClassValue, type Scope, textOfValue, UNKNOWN, type Value } from './value.ts';

const NO_DEFAULT = 'builtins.Ellipsis';

/** `Model.model_json_schema()`. */
export function modelSchema(of: ClassValue, run: Run): Value {
  return valueOfJson(modelProperties(of, run, 0));
}

/** The object that a model, a data class or a typed dict describes. */
export function modelProperties(of: ClassValue, run: Run, depth: number): JsonObject {
  const fields = fieldsOf(of).filter(({ name }) => !name.startsWith('_') && name !== 'model_config');
  const text = docstringOf(bodyOf(of.node));
  const description = text ? textOfValue(evaluate(text, of.scope, run)) : undefined;
  const schema = objectSchema(
    fields.map(({ name, annotation, value }) => ({ name, annotation, scope: of.scope, ...(value && { fallback: value }) })),
    run,
    depth,
  );
  return description === undefined ? schema : { description: cleanText(description), ...schema };
}

export interface Property {
  readonly name: string;
  readonly annotation?: SyntaxNode;
  readonly scope: Scope;
  readonly fallback?: Value;
}

/** JSON Schema of an object with these properties: required are those without a default. */
export function objectSchema(properties: readonly Property[], run: Run, depth: number): JsonObject {
  const made: [string, JsonValue][] = [];
  const required: string[] = [];
  for (const property of properties) {
    const type = property.annotation ? typeOf(property.annotation, property.scope, run) : UNKNOWN;
    const fallback = defaultOf(property.fallback) ?? annotatedDefault(type);
    const field = isField(property.fallback) ? property.fallback : undefined;
    const name = textOfValue(field?.given.named.get('alias')) ?? property.name;
    const plain = schemaOfType(type, run, depth);
    const schema = field ? withField(plain, field) : plain;
    const json = fallback && jsonOf(fallback);
    if (!fallback) required.push(name);
    made.push([name, json === undefined ? schema : { ...schema, default: json }]);
  }
  return { type: 'object', properties: fromEntries(made), ...(required.length > 0 && { required }) };
}

/** A field's default, known or not; nothing where it has none. */
function defaultOf(value: Value | undefined): Value | undefined {
  if (!isField(value)) return value;
  const { args, named, isWhole } = value.given;
  const given = args[0] ?? named.get('default') ?? (named.has('default_factory') || !isWhole ? UNKNOWN : undefined);
  return given?.kind === 'external' && given.path === NO_DEFAULT ? undefined : given;
}

function annotatedDefault(type: Value): Value | undefined {
  if (type.kind !== 'generic' || type.base.kind !== 'external' || !type.base.path.endsWith('Annotated')) return undefined;
  return type.args.slice(1).flatMap((note) => (isField(note) ? (defaultOf(note) ?? []) : []))[0];
}
