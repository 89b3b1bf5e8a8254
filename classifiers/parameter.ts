import { isJsonObject, type JsonObject, type JsonValue, jsonPointer, MAX_JSON_DEPTH } from '../src/model/json.ts';
import { excerptOf, MAX_TEXT } from './excerpt.ts';
import { identifierWords } from './words.ts';

/** One property of an input schema, at any depth. */
export interface Parameter {
  readonly name: string;
  /** The name in words: `accessToken` is `access token`. */
  readonly words: readonly string[];
  /** JSON Pointer into the tool. */
  readonly at: string;
  readonly description: string;
  /** Types allowed, those of its variants included; empty when the schema does not say. */
  readonly types: readonly string[];
  /** Strings it is limited to; empty when it is not. */
  readonly choices: readonly string[];
  /** 0 at the top level of the schema. */
  readonly depth: number;
  readonly schema: JsonObject;
}

interface Place {
  readonly schema: JsonObject;
  readonly at: string;
  readonly depth: number;
}

/** Schemas visited of one tool: far more than the largest real one holds. */
const MAX_NODES = 10_000;
/** Choices, and variants, of one parameter that are looked at. */
const MAX_CHOICES = 200;
const VARIANTS = ['anyOf', 'oneOf', 'allOf'] as const;
const PARTS = ['items', 'additionalProperties'] as const;

/**
 * All properties of a schema, those of one object together and before the properties inside them. Each schema object is visited once:
 * a local `$ref` leads to its target, so neither a cycle nor a fan-out of references costs more than the document is long.
 */
export function parametersOf(inputSchema: JsonObject | undefined): Parameter[] {
  if (!inputSchema) return [];
  const parameters: Parameter[] = [];
  const visited = new Set<JsonObject>();
  const open: Place[] = [{ schema: inputSchema, at: '/inputSchema', depth: 0 }];
  for (let place = open.pop(); place && visited.size < MAX_NODES; place = open.pop()) {
    if (visited.has(place.schema) || place.depth > MAX_JSON_DEPTH) continue;
    visited.add(place.schema);
    const properties = propertiesAt(place);
    for (const property of properties) parameters.push(parameterFrom(property, inputSchema));
    open.push(...partsAt(place, inputSchema).reverse(), ...properties.reverse());
  }
  return parameters;
}

function propertiesAt({ schema, at, depth }: Place): (Place & { readonly name: string })[] {
  const properties = schema['properties'];
  if (!isJsonObject(properties)) return [];
  const places = [];
  for (const [name, property] of Object.entries(properties).slice(0, MAX_NODES)) {
    const inner = isJsonObject(property) ? property : {};
    places.push({ name, schema: inner, at: at + jsonPointer(['properties', name]), depth: depth + 1 });
  }
  return places;
}

function partsAt({ schema, at, depth }: Place, root: JsonObject): Place[] {
  const places: Place[] = [];
  const add = (part: JsonValue | undefined, path: (string | number)[]) => {
    if (isJsonObject(part)) places.push({ schema: part, at: at + jsonPointer(path), depth: depth + 1 });
  };
  for (const key of PARTS) add(schema[key], [key]);
  for (const key of VARIANTS) for (const [index, variant] of variantsOf(schema, key).entries()) add(variant, [key, index]);
  const target = targetOf(schema, root);
  if (target) places.push({ ...target, depth: depth + 1 });
  return places;
}

function variantsOf(schema: JsonObject, key: string): readonly JsonValue[] {
  const variants = schema[key];
  return Array.isArray(variants) ? variants.slice(0, MAX_NODES) : [];
}

function targetOf(schema: JsonObject, root: JsonObject): Omit<Place, 'depth'> | undefined {
  const reference = schema['$ref'];
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return undefined;
  const path = reference
    .slice(2)
    .split('/', MAX_JSON_DEPTH)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let target: JsonValue | undefined = root;
  for (const step of path) target = isJsonObject(target) && Object.hasOwn(target, step) ? target[step] : undefined;
  return isJsonObject(target) ? { schema: target, at: `/inputSchema${jsonPointer(path)}` } : undefined;
}

function parameterFrom({ name, schema, at, depth }: Place & { readonly name: string }, root: JsonObject): Parameter {
  const meant = [
    schema,
    targetOf(schema, root)?.schema ?? {},
    ...VARIANTS.flatMap((key) => variantsOf(schema, key).slice(0, MAX_CHOICES).filter(isJsonObject)),
  ];
  return {
    name,
    words: identifierWords(name),
    at,
    description: textOf(schema['description']),
    types: [...new Set(meant.flatMap(typesOf))],
    choices: [...new Set(meant.flatMap(choicesOf))].slice(0, MAX_CHOICES),
    depth: depth - 1,
    schema,
  };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
}

function typesOf(schema: JsonObject): string[] {
  const type = schema['type'];
  return (Array.isArray(type) ? type.slice(0, MAX_CHOICES) : [type]).filter((item) => typeof item === 'string');
}

function choicesOf(schema: JsonObject): string[] {
  const choices = Array.isArray(schema['enum']) ? schema['enum'].slice(0, MAX_CHOICES) : [schema['const']];
  return choices.filter((choice) => typeof choice === 'string').map((choice) => choice.slice(0, 200));
}

/** A parameter as a reader names it, from its pointer: `files[].path`. */
export function parameterPath(at: string): string {
  let path = '';
  const steps = at.split('/').slice(2);
  for (let index = 0; index < steps.length; index++) {
    if (steps[index] === 'items') path += '[]';
    if (steps[index] === 'properties' && index + 1 < steps.length) path += `${path === '' ? '' : '.'}${unescaped(steps[++index] ?? '')}`;
  }
  return path;
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What a reader would look at: the name, and the description where there is one. */
export function parameterExcerpt({ name, description }: Parameter): string {
  return excerptOf(description ? `${name}: ${description}` : name);
}

/** Whether free text, or a list that may be of texts, can be given for it. */
export function takesTextOrTexts(parameter: Parameter): boolean {
  return takesText(parameter) || (parameter.choices.length === 0 && parameter.types.includes('array'));
}

/** Whether free text can be given for it. */
export function takesText({ types, choices }: Parameter): boolean {
  return choices.length === 0 && (types.length === 0 || types.includes('string'));
}
