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
  let nodes = 0;
  for (let place = open.pop(); place && nodes < MAX_NODES; place = open.pop()) {
    if (visited.has(place.schema) || place.depth > MAX_JSON_DEPTH) continue;
    visited.add(place.schema);
    const before = parameters.length;
    const inner = addProperties(parameters, place, inputSchema);
    nodes += 1 + parameters.length - before;
    pushReversed(open, partsAt(place, inputSchema));
    pushReversed(open, inner);
  }
  return parameters;
}

function pushReversed(open: Place[], places: readonly Place[]): void {
  for (let index = places.length - 1; index >= 0; index--) open.push(places[index] as Place);
}

/** @returns Where to look for further properties: most have none inside. */
function addProperties(parameters: Parameter[], { schema, at, depth }: Place, root: JsonObject): Place[] {
  const properties = schema['properties'];
  if (!isJsonObject(properties)) return NO_PLACES;
  const required = requiredIn(schema);
  const inner: Place[] = [];
  let left = MAX_NODES;
  for (const name in properties) {
    if (left-- === 0) break;
    const property = properties[name];
    const place = { schema: isJsonObject(property) ? property : {}, at: `${at}/properties/${escaped(name)}`, depth: depth + 1 };
    const structured = isStructured(place.schema);
    if (structured) inner.push(place);
    parameters.push(parameterFrom(name, place, required.has(name), structured ? meantBy(place.schema, root) : undefined));
  }
  return inner;
}

const NO_PLACES: Place[] = [];

function requiredIn(schema: JsonObject): ReadonlySet<JsonValue> {
  const required = schema['required'];
  return Array.isArray(required) && required.length > 0 ? new Set(required.slice(0, MAX_NODES)) : NOTHING;
}

const NOTHING: ReadonlySet<JsonValue> = new Set();

/** As a step of a JSON Pointer; hardly any name needs it. */
function escaped(name: string): string {
  return name.includes('/') || name.includes('~') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

/** Whether other schemas stand in a schema, or it refers to one; one walk over its few keys is cheaper than asking for each of these. */
function isStructured(schema: JsonObject): boolean {
  for (const key in schema) if (HAVING_PARTS.has(key) || key === 'properties') return true;
  return false;
}

const HAVING_PARTS: ReadonlySet<string> = new Set([...PARTS, ...VARIANTS, '$ref']);

/** `additionalProperties: false` is no part. */
function hasParts(schema: JsonObject): boolean {
  for (const key in schema) if (HAVING_PARTS.has(key) && typeof schema[key] !== 'boolean') return true;
  return false;
}

function partsAt({ schema, at, depth }: Place, root: JsonObject): Place[] {
  if (!hasParts(schema)) return NO_PLACES;
  const places: Place[] = [];
  for (const key of PARTS) {
    const part = schema[key];
    if (isJsonObject(part)) places.push({ schema: part, at: `${at}/${key}`, depth: depth + 1 });
  }
  for (const key of VARIANTS) {
    for (const [index, variant] of variantsOf(schema, key).entries())
      if (isJsonObject(variant)) places.push({ schema: variant, at: `${at}/${key}/${index}`, depth: depth + 1 });
  }
  const target = targetOf(schema, root);
  if (target) places.push({ ...target, depth: depth + 1 });
  return places;
}

function variantsOf(schema: JsonObject, key: string): readonly JsonValue[] {
  const variants = schema[key];
  return Array.isArray(variants) ? variants.slice(0, MAX_NODES) : NONE;
}

const NONE: readonly never[] = [];

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

function parameterFrom(name: string, { schema, at, depth }: Place, required: boolean, meant: JsonObject[] | undefined): Parameter {
  return {
    name,
    words: identifierWords(name),
    at,
    description: textOf(schema['description']),
    types: meant ? [...new Set(meant.flatMap(typesOf))] : typesOf(schema),
    choices: meant ? [...new Set(meant.flatMap(choicesOf))].slice(0, MAX_CHOICES) : choicesOf(schema),
    depth: depth - 1,
    required,
    schema,
  };
}

/** A schema with its variants and what it refers to; nothing where it has neither. */
function meantBy(schema: JsonObject, root: JsonObject): JsonObject[] | undefined {
  const target = targetOf(schema, root);
  const meant = target ? [schema, target.schema] : [schema];
  for (const key of VARIANTS)
    if (schema[key] !== undefined) meant.push(...variantsOf(schema, key).slice(0, MAX_CHOICES).filter(isJsonObject));
  return meant.length > 1 ? meant : undefined;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
}

function typesOf(schema: JsonObject): readonly string[] {
  const type = schema['type'];
  if (typeof type === 'string') return ONE_TYPE.get(type) ?? [type];
  return Array.isArray(type) ? type.slice(0, MAX_CHOICES).filter((item) => typeof item === 'string') : NONE;
}

/** Nearly every parameter has one of these: lists of one that all of them share. */
const ONE_TYPE: ReadonlyMap<string, readonly string[]> = new Map(
  ['string', 'number', 'integer', 'boolean', 'array', 'object'].map((type) => [type, [type]]),
);

function choicesOf(schema: JsonObject): readonly string[] {
  const values = schema['enum'];
  if (!Array.isArray(values)) return typeof schema['const'] === 'string' ? [schema['const'].slice(0, MAX_CHOICE)] : NONE;
  const choices = new Set<string>();
  for (const choice of values.slice(0, MAX_CHOICES)) if (typeof choice === 'string') choices.add(choice.slice(0, MAX_CHOICE));
  return [...choices];
}

/** Characters of one choice. */
const MAX_CHOICE = 200;

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
