import type { Evidence } from '../../src/model/classification.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/model/json.ts';
import type { Parameter } from '../parameter.ts';
import { phrases } from '../phrases.ts';
import { atMentions, atParameters, type Signal, withParameters } from '../signal.ts';

/** Anything of these says what is taken. */
const BOUNDS = [
  'properties',
  'patternProperties',
  '$ref',
  'anyOf',
  'oneOf',
  'allOf',
  'enum',
  'const',
  'propertyNames',
  'maxProperties',
  'not',
  '$dynamicRef',
] as const;
const VARIANTS = ['anyOf', 'oneOf'] as const;

export const unboundedSchema: Signal = {
  id: 'unbounded-schema',
  finds: 'an argument that takes anything: an object without properties, a list of such, or a value without a type',
  why: 'Nobody can say beforehand what is passed, and no client can check it.',
  weight: 0.1,
  label: withParameters('Accepts arguments of any shape'),
  detect({ tool, parameters }): Evidence[] {
    const schema = tool.inputSchema;
    if (!schema) return [];
    const top = parameters.filter(
      (parameter) => parameter.depth === 0 && isPayload(parameter) && takesAnythingIn(parameter.schema) && !isBoundedInProse(parameter),
    );
    const whole =
      parameters.length === 0 && schema['additionalProperties'] === true
        ? [{ at: '/inputSchema', excerpt: 'additionalProperties: true' }]
        : [];
    return [...atMentions(unboundedSchema.id, whole), ...atParameters(unboundedSchema.id, top as readonly Parameter[])];
  },
};

/** Notes beside the payload, and a value whose name says what it is though no type does. */
function isPayload({ words, types, schema }: Parameter): boolean {
  const last = words.at(-1) ?? '';
  if (NOTES.has(last)) return false;
  return types.length > 0 || schema['anyOf'] !== undefined || PAYLOADS.has(last);
}

const NOTES: ReadonlySet<string> = phrases('metadata, tags, labels, headers, annotations, notes, tag, cookies, env');
const PAYLOADS: ReadonlySet<string> = phrases(`
  data, body, payload, params, parameters, arguments, args, kwargs, input, inputs, value, values, config, configuration, options,
  properties, fields, filter, filters, object, json, settings, state, document, record, attributes, variables, context, definition,
  spec, changes, updates, content, action, request, response, result, schema, template, item, items, columns, extra`);

/** What the schema leaves open and the description does not: scalars, a map of names to scalars, a range, a reference, a pair. */
function isBoundedInProse({ description, types, words }: Parameter): boolean {
  const said = description.slice(0, MAX_SAID);
  if (types.length === 0 && SCALARS.test(said)) return true;
  return UNIFORM.test(said) || RANGE.test(said) || (REFERRING.has(words.at(-1) ?? '') && REFERENCE.test(said));
}

const MAX_SAID = 400;
const SCALARS =
  /\btrue,? (?:or |\/ ?)?false\b[^.\n]{0,30}\b(?:integer|number|string|percentage)\b|\b(?:bool(?:ean)?|integer|int|number|string|float)s?(?:,| or|\/) ?(?:an? |or )?(?:bool(?:ean)?|integer|int|number|string|float)\b/i;
const UNIFORM =
  /\b(?:map|mapping|dict(?:ionary)?|object|record)\b[^.\n]{0,20}\b(?:of|from|with) [^.\n]{0,30}(?:\bto\b|->|→|:|=>) ?(?:an? |its |their )?(?:bool|int|string|number|str\b|float|true|count|value|id\b|name)|\benvironment variables\b|\{"?\w{1,20}"?: ?(?:bool|int|str|string|number|true|false)\w{0,4}[,}…. ]|\{\w{1,15}, ?\w{1,15}(?:, ?\w{1,15}){0,2}\}/i;
const RANGE = /\b(?:gt|lt|gte|lte)\b[^\n]{1,60}\b(?:gt|lt|gte|lte|eq)\b/;
const REFERRING: ReadonlySet<string> = phrases('target, ref, reference, source, parent');
const REFERENCE = /\b(?:reference|guid|instance ?id|by (?:id|name|path))\b/i;

/** A list is as free as what is in it. */
function takesAnythingIn(schema: JsonObject): boolean {
  const items = schema['items'];
  if (schema['type'] === 'array') return isJsonObject(items) && items['type'] === 'object' && takesAnything(items);
  return takesAnything(schema);
}

function takesAnything(schema: JsonObject): boolean {
  for (const key of VARIANTS) {
    const variants = schema[key];
    if (Array.isArray(variants))
      return variants.slice(0, 20).some((variant: JsonValue) => isJsonObject(variant) && takesAnythingIn(variant));
  }
  const type = schema['type'];
  if (type !== undefined && type !== 'object' && !(Array.isArray(type) && type.includes('object'))) return false;
  if (BOUNDS.some((key) => schema[key] !== undefined)) return false;
  if (type === undefined)
    return (
      schema['default'] === undefined && schema['format'] === undefined && schema['pattern'] === undefined && schema['items'] === undefined
    );
  const more = schema['additionalProperties'];
  return more === undefined || more === true || (isJsonObject(more) && Object.keys(more).length === 0);
}
