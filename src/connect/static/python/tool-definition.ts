import type { JsonObject, JsonValue } from '../../../model/json.ts';
import type { ToolDefinition } from '../../../model/tool.ts';
import { isToolName } from '../tool-name.ts';
import { evaluate } from './expressions.ts';
import { fromEntries, jsonOf, objectOf } from './json-of.ts';
import { cleanText } from './literal.ts';
import { objectSchema } from './model-schema.ts';
import type { Run } from './run.ts';
import { bodyOf, docstringOf, parametersOf } from './syntax.ts';
import { lastOf, typeOf } from './type-schema.ts';
import { type Arguments, type FunctionValue, isDerivedFrom, type Made, type Place, textOfValue, UNKNOWN, type Value } from './value.ts';

export { isToolName };

/** Of the protocol's own types, under whatever name they are imported. */
const TOOL_PATH = /^(?:mcp|mcp_types|fastmcp)\.(?:.{0,100}\.)?(?:Tool|FunctionTool|MCPTool)$|^mcp_types\.Tool$/;
const CONTEXT = /(?:^|\.)(?:Context|RequestContext|ServerContext)$/;
const INJECTED = /(?:^|\.)(?:Depends|Resolve|Current\w{1,30}|Progress)$/;
const FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  title: 'title',
  description: 'description',
  inputSchema: 'inputSchema',
  input_schema: 'inputSchema',
  parameters: 'inputSchema',
  outputSchema: 'outputSchema',
  output_schema: 'outputSchema',
  annotations: 'annotations',
};

export function isToolPath(path: string): boolean {
  return TOOL_PATH.test(path);
}

/** Keeps a definition that was made for a low-level server, in case its handler cannot be followed. */
export function noteDefinition(made: Made, run: Run): void {
  const definition = definitionOf(made, run);
  if (definition && 'inputSchema' in definition) run.noteMade({ definition, ...made.place });
}

/** Keeps what is answered to `tools/list` by hand, `{"tools": […]}`: dicts with the protocol's own name for a schema. */
export function noteListing(tools: Value | undefined, place: Place, run: Run): void {
  if (tools?.kind !== 'list' || run.listings.length > 5_000) return;
  for (const item of tools.items) {
    if (item.kind !== 'dict' || !item.entries.has('inputSchema')) continue;
    const definition = definitionOf(item, run);
    if (definition) run.listings.push({ definition, ...place });
  }
}

/** What stands in a list of tools: `Tool(…)`, a dict, or an object with such fields. Nothing unless its name is known. */
export function definitionOf(value: Value, run: Run): ToolDefinition | undefined {
  if (value.kind === 'made' && isToolPath(value.path)) return ofEntries(value.given.named);
  if (value.kind === 'dict') return ofEntries(value.entries);
  const isTool =
    value.kind === 'instance' &&
    (isDerivedFrom(value.of, TOOL_PATH) || value.fields.has('inputSchema') || value.fields.has('input_schema'));
  return isTool && !run.isExhausted ? ofEntries(value.fields) : undefined;
}

function ofEntries(entries: ReadonlyMap<string, Value>): ToolDefinition | undefined {
  const name = textOfValue(entries.get('name'));
  if (name === undefined || !isToolName(name)) return undefined;
  const found: [string, JsonValue][] = [];
  for (const [given, value] of entries) {
    const key = Object.hasOwn(FIELDS, given) ? FIELDS[given] : undefined;
    if (key === undefined || key === 'name') continue;
    const json = key === 'annotations' ? annotationsOf(value) : jsonOf(value);
    if (json !== undefined && json !== null) found.push([key, json]);
  }
  return { ...fromEntries(found), name };
}

/** Newer SDKs name the hints in Python's way. */
function annotationsOf(value: Value): JsonObject | undefined {
  const entries = value.kind === 'made' ? value.given.named : value.kind === 'dict' ? value.entries : undefined;
  if (!entries) return undefined;
  const camel = (name: string) => name.replace(/_hint$/, 'Hint').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return fromEntries(Object.entries(objectOf(entries)).flatMap(([name, json]) => (json === null ? [] : [[camel(name), json] as const])));
}

/** A function as a tool: its name, its text and its parameters, but for what the decorator says instead. */
export function definitionOfFunction(fn: FunctionValue, { args, named, isWhole }: Arguments, run: Run): ToolDefinition | undefined {
  const shown = fn.wraps ?? fn;
  const given = named.get('name') ?? args[0];
  const isUnnamed = !given || (given.kind === 'const' && given.value === null);
  // What is given beside it may name it, too.
  const name = isUnnamed ? (isWhole ? shown.name : undefined) : textOfValue(given);
  if (name === undefined || !isToolName(name)) return undefined;
  const description = descriptionOf(
    named.get('description') ?? args.find((arg, index) => index > 0 && textOfValue(arg) !== undefined),
    shown,
    run,
  );
  const title = textOfValue(named.get('title'));
  const annotations = annotationsOf(named.get('annotations') ?? UNKNOWN);
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && description !== '' && { description }),
    inputSchema: parametersSchema(shown, named.get('exclude_args'), run),
    ...(annotations && { annotations }),
  };
}

/** One that is given but not known is not the function's own. */
function descriptionOf(given: Value | undefined, { scope, node }: FunctionValue, run: Run): string | undefined {
  if (given && !(given.kind === 'const' && given.value === null)) return textOfValue(given);
  const text = docstringOf(bodyOf(node));
  const value = text ? textOfValue(evaluate(text, scope, run)) : undefined;
  return value === undefined ? undefined : cleanText(value);
}

function parametersSchema({ scope, node, owner, binding }: FunctionValue, excluded: Value | undefined, run: Run): JsonObject {
  const left = new Set(excluded?.kind === 'list' ? excluded.items.map(textOfValue) : []);
  const properties = parametersOf(scope.file, node).flatMap(({ name, annotation, fallback, star }, index) => {
    const isReceiver = index === 0 && binding !== 'static' && (owner !== undefined || scope.isClass || name === 'self');
    if (star !== '' || isReceiver || left.has(name)) return [];
    if (annotation && isContext(typeOf(annotation, scope, run))) return [];
    const value = fallback ? evaluate(fallback, scope, run) : undefined;
    if (value?.kind === 'made' && INJECTED.test(value.path)) return [];
    return [{ name, scope, ...(annotation && { annotation }), ...(value && { fallback: value }) }];
  });
  return objectSchema(properties, run, 0);
}

function isContext(type: Value): boolean {
  if (type.kind === 'external') return CONTEXT.test(type.path);
  if (type.kind === 'unknown') return lastOf(type.text) === 'Context';
  if (type.kind !== 'generic') return false;
  return isContext(type.base) || type.args.some(isContext);
}
