import type { SyntaxNode } from '@lezer/common';
import type { JsonObject, JsonValue } from '../../../model/json.ts';
import { isEnum } from './attributes.ts';
import { evaluate } from './expressions.ts';
import { jsonOf } from './json-of.ts';
import { modelProperties } from './model-schema.ts';
import type { Run } from './run.ts';
import { parsePython } from './syntax.ts';
import { type ClassValue, isDerivedFrom, type Made, type Scope, textOfValue, UNKNOWN, type Value } from './value.ts';

const MAX_DEPTH = 8;
const SIMPLE: Readonly<Record<string, JsonObject>> = {
  str: { type: 'string' },
  int: { type: 'integer' },
  float: { type: 'number' },
  bool: { type: 'boolean' },
  bytes: { type: 'string', format: 'binary' },
  dict: { type: 'object', additionalProperties: true },
  list: { type: 'array', items: {} },
  tuple: { type: 'array', items: {} },
  set: { type: 'array', items: {}, uniqueItems: true },
  datetime: { type: 'string', format: 'date-time' },
  date: { type: 'string', format: 'date' },
  time: { type: 'string', format: 'time' },
  timedelta: { type: 'string', format: 'duration' },
  UUID: { type: 'string', format: 'uuid' },
  Path: { type: 'string', format: 'path' },
  AnyUrl: { type: 'string', format: 'uri' },
  HttpUrl: { type: 'string', format: 'uri' },
  EmailStr: { type: 'string', format: 'email' },
  Decimal: { anyOf: [{ type: 'number' }, { type: 'string' }] },
};
const ALIASES: Readonly<Record<string, string>> = { List: 'list', Dict: 'dict', Tuple: 'tuple', Set: 'set', Text: 'str' };
const LISTS = new Set(['list', 'List', 'Sequence', 'Iterable', 'Collection', 'tuple', 'Tuple']);
const SETS = new Set(['set', 'Set', 'frozenset', 'FrozenSet']);
const MAPS = new Set(['dict', 'Dict', 'Mapping', 'MutableMapping', 'OrderedDict', 'defaultdict']);
const WRAPPERS = new Set(['Required', 'NotRequired', 'Final', 'ClassVar', 'ReadOnly']);
const MODEL = /(?:^|\.)(?:BaseModel|RootModel|BaseSettings|TypedDict|NamedTuple|SQLModel)$/;
const FIELD = /(?:^|\.)Field$/;
const CONSTRAINTS: readonly (readonly [string, string])[] = [
  ['ge', 'minimum'],
  ['gt', 'exclusiveMinimum'],
  ['le', 'maximum'],
  ['lt', 'exclusiveMaximum'],
  ['multiple_of', 'multipleOf'],
  ['pattern', 'pattern'],
  ['regex', 'pattern'],
  ['min_length', 'minLength'],
  ['max_length', 'maxLength'],
];

/** A parameter's type; one that is quoted is read as it would be without quotes. */
export function typeOf(annotation: SyntaxNode | undefined, scope: Scope, run: Run): Value {
  const value = evaluate(annotation, scope, run);
  if (value.kind !== 'const' || typeof value.value !== 'string' || value.value.length > 1_000) return value;
  const file = parsePython(scope.file.path, value.value, run.modules.budget);
  return evaluate(file.top.firstChild?.firstChild ?? undefined, { file, names: new Map(), parent: scope }, run);
}

/** JSON Schema of a type as pydantic gives it, without titles and references; empty where the type is not known. */
export function schemaOfType(type: Value, run: Run, depth = 0): JsonObject {
  if (depth > MAX_DEPTH || run.isExhausted) return {};
  switch (type.kind) {
    case 'const':
      return type.value === null ? { type: 'null' } : {};
    case 'external': {
      const name = lastOf(type.path);
      return SIMPLE[ALIASES[name] ?? name] ?? {};
    }
    case 'class':
      return ofClass(type, run, depth);
    case 'generic':
      return ofGeneric(type.base, type.args, run, depth);
    default:
      return {};
  }
}

function ofClass(of: ClassValue, run: Run, depth: number): JsonObject {
  if (isEnum(of)) {
    const values = [...of.members.values()].flatMap((member) => (member.kind === 'member' ? (jsonOf(member) ?? []) : []));
    return values.length > 0 ? enumeration(values) : {};
  }
  return isDerivedFrom(of, MODEL) || of.fields.length > 0 ? modelProperties(of, run, depth + 1) : {};
}

function enumeration(values: readonly JsonValue[]): JsonObject {
  const [type, ...others] = new Set(values.map((value) => typeof value));
  if (others.length > 0) return { enum: values };
  return { enum: values, type: type === 'string' || type === 'boolean' ? type : 'integer' };
}

function ofGeneric(base: Value, args: readonly Value[], run: Run, depth: number): JsonObject {
  const name = base.kind === 'external' ? lastOf(base.path) : '';
  const [first = UNKNOWN, second] = args;
  const inner = (type: Value) => schemaOfType(type, run, depth + 1);
  if (name === 'Optional') return { anyOf: [inner(first), { type: 'null' }] };
  if (name === 'Union') return { anyOf: unionArms(args).map(inner) };
  if (name === 'Literal') return literal(args);
  if (LISTS.has(name)) return { type: 'array', items: inner(first) };
  if (SETS.has(name)) return { type: 'array', items: inner(first), uniqueItems: true };
  if (MAPS.has(name)) {
    const values = second ? inner(second) : {};
    return { type: 'object', additionalProperties: Object.keys(values).length > 0 ? values : true };
  }
  if (WRAPPERS.has(name)) return inner(first);
  return name === 'Annotated' ? annotated(inner(first), args.slice(1)) : inner(base);
}

function unionArms(args: readonly Value[]): Value[] {
  return args.flatMap((arg) => {
    const isUnion = arg.kind === 'generic' && arg.base.kind === 'external' && arg.base.path === 'typing.Union';
    return isUnion ? unionArms(arg.args) : [arg];
  });
}

function literal(args: readonly Value[]): JsonObject {
  const values = args.flatMap((arg) => jsonOf(arg) ?? []);
  const [only] = values;
  if (values.length === 1 && typeof only === 'string') return { const: only, type: 'string' };
  return values.length > 0 ? enumeration(values) : {};
}

function annotated(plain: JsonObject, notes: readonly Value[]): JsonObject {
  let schema = plain;
  for (const note of notes) {
    const text = textOfValue(note);
    if (isField(note)) schema = withField(schema, note);
    else if (text !== undefined) schema = { ...schema, description: text };
  }
  return schema;
}

/** A type's schema with what `Field(…)` says of it. */
export function withField(schema: JsonObject, { given }: Made): JsonObject {
  const bounds = Object.fromEntries(
    CONSTRAINTS.flatMap(([name, key]) => {
      const json = jsonOf(given.named.get(name) ?? UNKNOWN);
      const isOfList = schema['type'] === 'array' && (key === 'minLength' || key === 'maxLength');
      return json === undefined || json === null ? [] : [[isOfList ? key.replace('Length', 'Items') : key, json]];
    }),
  );
  const description = textOfValue(given.named.get('description'));
  const examples = jsonOf(given.named.get('examples') ?? UNKNOWN);
  const [arm, ...arms] = Array.isArray(schema['anyOf']) ? schema['anyOf'] : [];
  const bounded =
    typeof arm === 'object' && arm !== null && !Array.isArray(arm)
      ? { ...schema, anyOf: [{ ...arm, ...bounds }, ...arms] }
      : { ...schema, ...bounds };
  return { ...bounded, ...(description !== undefined && { description }), ...(Array.isArray(examples) && { examples }) };
}

export function isField(value: Value | undefined): value is Made {
  return value?.kind === 'made' && FIELD.test(value.path);
}

export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
