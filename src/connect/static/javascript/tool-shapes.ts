import type { JsonObject } from '../../../model/json.ts';
import { isJsonObject } from '../../../model/json.ts';
import type { ToolDefinition } from '../../../model/tool.ts';
import { jsonValueOf } from './json-values.ts';
import { jsonSchemaOf, Schema } from './schema.ts';
import { Accessor, Arr, chainOf, Fn, Link, Obj, objectOf, ownValue, type Place, Unknown, type Value } from './values.ts';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,127}$/;
const SCHEMA_NAMES = [
  'inputSchema',
  'parameters',
  'schema',
  'input_schema',
  'paramsSchema',
  'inputs',
  'input',
  'params',
  'args',
  'argsSchema',
  'paramsShape',
];
const HANDLER_NAMES = ['execute', 'handler', 'callback', 'cb', 'run', 'func', 'fn', 'handle', 'call', 'implementation', 'action', 'invoke'];
/** What a resource or a prompt says, and a tool does not. */
const OTHERS = ['uri', 'uriTemplate', 'mimeType', 'arguments', 'messages'];
const HINTS: ReadonlySet<string> = new Set(['title', 'readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint']);

/** A member of an object or of what its class gives it; getters are not run. */
export function memberOf(object: Value, name: string): Value {
  for (const holder of chainOf(object)) {
    const member = holder.members.get(name);
    if (member instanceof Link) return member.read();
    if (member instanceof Accessor) return undefined;
    if (holder.members.has(name)) return member;
  }
  return undefined;
}

export function isToolName(value: Value): value is string {
  return typeof value === 'string' && NAME.test(value);
}

/** Whether an object says what a tool says: a name, and what it does or takes. */
export function isToolShaped(value: Value): boolean {
  if (!(value instanceof Obj) || !isToolName(memberOf(value, 'name'))) return false;
  if (OTHERS.some((name) => memberOf(value, name) !== undefined)) return false;
  return memberOf(value, 'description') !== undefined && (schemaMember(value) !== undefined || hasHandler(value));
}

export function hasHandler(value: Obj): boolean {
  return HANDLER_NAMES.some((name) => memberOf(value, name) instanceof Fn);
}

function schemaMember(tool: Obj): Value {
  for (const name of SCHEMA_NAMES) {
    const value = memberOf(tool, name);
    if (value instanceof Schema || value instanceof Unknown || (value instanceof Obj && !(value instanceof Fn))) return value;
  }
  return undefined;
}

/** The definition that an object stands for; nothing where its name is not known. */
export function definitionOf(tool: Obj, name: Value = memberOf(tool, 'name')): ToolDefinition | undefined {
  if (!isToolName(name)) return undefined;
  const annotations = annotationsOf(memberOf(tool, 'annotations'));
  return named(name, {
    ...texts(tool),
    ...schemaMemberOf('inputSchema', schemaMember(tool)),
    ...schemaMemberOf('outputSchema', memberOf(tool, 'outputSchema')),
    ...(annotations ? { annotations } : {}),
  });
}

function named(name: string, parts: JsonObject): ToolDefinition {
  return { name, ...parts };
}

function texts(tool: Obj): JsonObject {
  const title = memberOf(tool, 'title');
  const description = memberOf(tool, 'description');
  return { ...(typeof title === 'string' ? { title } : {}), ...(typeof description === 'string' ? { description } : {}) };
}

function schemaMemberOf(key: string, value: Value): JsonObject {
  const schema = inputSchemaOf(value);
  return schema ? { [key]: schema } : {};
}

/** A schema of a library, a raw shape of such schemas, or JSON Schema as it stands. */
function inputSchemaOf(value: Value): JsonObject | undefined {
  if (value instanceof Schema) return jsonSchemaOf(value);
  if (!(value instanceof Obj) || value instanceof Fn) return undefined;
  const members = [...value.members].map(([name, member]) => [name, member instanceof Link ? member.read() : member] as const);
  const isShape = members.every(([, member]) => member instanceof Schema || member instanceof Unknown);
  const isSure = members.some(([, member]) => member instanceof Schema) || !value.members.has('properties');
  if (isShape && isSure && (members.length > 0 || !value.open)) {
    const properties = new Map(
      members.map(([name, member]) => [name, member instanceof Schema ? member : new Schema({ isOptional: true })]),
    );
    return jsonSchemaOf(new Schema({ keywords: { type: 'object' }, properties }));
  }
  const described = members.map(([name]) => [name, describedSchema(ownValue(value, name))] as const);
  if (described.length > 0 && described.every(([, schema]) => schema !== undefined))
    return inputSchemaOf(objectOf(Object.fromEntries(described)));
  const json = jsonValueOf(value);
  if (json === undefined || !isJsonObject(json)) return undefined;
  return typeof json['type'] === 'string' || isJsonObject(json['properties']) ? json : undefined;
}

/** `{ type: z.string(), description }`, as one framework writes the members of a shape. */
function describedSchema(value: Value): Schema | undefined {
  const schema = ownValue(value, 'type');
  const description = ownValue(value, 'description');
  if (!(schema instanceof Schema)) return undefined;
  return typeof description === 'string' ? schema.withKeywords({ description }) : schema;
}

function annotationsOf(value: Value): JsonObject | undefined {
  const json = jsonValueOf(value);
  return json !== undefined && isJsonObject(json) && Object.keys(json).length > 0 ? json : undefined;
}

function isAnnotations(value: Value): boolean {
  if (!(value instanceof Obj) || value.members.size === 0) return false;
  return [...value.members].every(([name, member]) => HINTS.has(name) && (typeof member === 'boolean' || name === 'title'));
}

/** `(name, description?, schema?, annotations?, handler)` as one object. */
export function toolOfParts([name, ...rest]: readonly Value[], place: Place): Obj | undefined {
  if (!isToolName(name)) return undefined;
  const tool = new Obj();
  tool.at = place;
  tool.members.set('name', name);
  for (const part of rest) {
    if (typeof part === 'string' && !tool.members.has('description')) tool.members.set('description', part);
    else if (part instanceof Fn) tool.members.set('handler', part);
    else if (isAnnotations(part)) tool.members.set('annotations', part);
    else if ((part instanceof Obj || part instanceof Schema) && !tool.members.has('inputSchema')) takeConfig(tool, part);
  }
  return tool;
}

/** What stands where a schema may stand: a schema, or an object that describes the tool. */
function takeConfig(tool: Obj, part: Obj | Schema): void {
  if (
    !(part instanceof Obj) ||
    !(typeof memberOf(part, 'description') === 'string' || part.members.has('inputSchema') || part.members.has('outputSchema'))
  ) {
    tool.members.set('inputSchema', part);
    return;
  }
  for (const [name, member] of part.members) if (name !== 'name') tool.members.set(name, member);
}

/** What another package's `tool('name', …)` or `createTool({ … })` makes: a tool that something else registers. */
export function toolOfArguments(callee: string, args: readonly Value[], place: Place): Obj | undefined {
  const [first] = args;
  if (!/tool/i.test(callee)) return undefined;
  if (first instanceof Obj && !(first instanceof Fn))
    return isToolShaped(first) || /^(?:define|create|make|build)?_?\w{0,20}tool$/i.test(callee) ? first : undefined;
  return args.length >= 3 && args.some((arg) => arg instanceof Fn) ? toolOfParts(args, place) : undefined;
}

/** Like {@link toolsIn}; in an object, a tool without a name has its own id or the name of the member. */
export function namedTools(value: Value): Obj[] {
  if (!(value instanceof Obj)) return toolsIn(value);
  return [...value.members].flatMap(([key, member]) => {
    const tool = member instanceof Link ? member.read() : member;
    if (!(tool instanceof Obj) || tool instanceof Fn) return [];
    if (memberOf(tool, 'name') !== undefined) return [tool];
    const named = new Obj();
    named.at = tool.at;
    named.proto = tool;
    named.members.set('name', memberOf(tool, 'id') ?? key);
    return [named];
  });
}

/** The tools of a list, a map, or an object by name. */
export function toolsIn(value: Value): Obj[] {
  if (value instanceof Arr) return value.items.filter((item) => item instanceof Obj);
  if (!(value instanceof Obj)) return [];
  return [...value.members.values()]
    .map((member) => (member instanceof Link ? member.read() : member))
    .filter((item) => item instanceof Obj);
}
