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
  /** Whether the object that it belongs to has to have it. */
  readonly required: boolean;
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

/** A property where it stands. */
interface Property extends Place {
  readonly name: string;
  readonly required: boolean;
}

function propertiesAt({ schema, at, depth }: Place): Property[] {
  const properties = schema['properties'];
  if (!isJsonObject(properties)) return [];
  const places = [];
  const required = Array.isArray(schema['required']) ? new Set(schema['required'].slice(0, MAX_NODES)) : undefined;
  for (const name of Object.keys(properties).slice(0, MAX_NODES)) {
    const property = properties[name];
    places.push({
      name,
      schema: isJsonObject(property) ? property : {},
      at: `${at}/properties/${escaped(name)}`,
      depth: depth + 1,
      required: required?.has(name) ?? false,
    });
  }
  return places;
}

/** As a step of a JSON Pointer; hardly any name needs it. */
function escaped(name: string): string {
  return name.includes('/') || name.includes('~') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

function partsAt({ schema, at, depth }: Place, root: JsonObject): Place[] {
  if (!HAS_PARTS.some((key) => schema[key] !== undefined)) return NO_PLACES;
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

const HAS_PARTS = [...PARTS, ...VARIANTS, '$ref'] as const;
const NO_PLACES: Place[] = [];

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

function parameterFrom({ name, schema, at, depth, required }: Property, root: JsonObject): Parameter {
  const meant = meantBy(schema, root);
  return {
    name,
    words: identifierWords(name),
    at,
    description: textOf(schema['description']),
    types: meant.length === 1 ? typesOf(schema) : [...new Set(meant.flatMap(typesOf))],
    choices: meant.length === 1 && !('enum' in schema) ? choicesOf(schema) : [...new Set(meant.flatMap(choicesOf))].slice(0, MAX_CHOICES),
    depth: depth - 1,
    required,
    schema,
  };
}

/** A schema with its variants and what it refers to; most have neither. */
function meantBy(schema: JsonObject, root: JsonObject): JsonObject[] {
  const target = targetOf(schema, root);
  const meant = target ? [schema, target.schema] : [schema];
  for (const key of VARIANTS)
    if (schema[key] !== undefined) meant.push(...variantsOf(schema, key).slice(0, MAX_CHOICES).filter(isJsonObject));
  return meant;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
}

function typesOf(schema: JsonObject): string[] {
  const type = schema['type'];
  if (typeof type === 'string') return [type];
  return (Array.isArray(type) ? type.slice(0, MAX_CHOICES) : [type]).filter((item) => typeof item === 'string');
}

function choicesOf(schema: JsonObject): string[] {
  const values = schema['enum'];
  if (values === undefined && schema['const'] === undefined) return [];
  const choices = Array.isArray(values) ? values.slice(0, MAX_CHOICES) : [schema['const']];
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
