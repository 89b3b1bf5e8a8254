import type { JsonObject, JsonValue } from '../../../src/model/json.ts';
import type { ServerContext } from '../../../src/model/server.ts';
import type { ToolDefinition } from '../../../src/model/tool.ts';

/** Name, description, parameters (a text is a string's description), and other fields of the definition; `server` there is the server's name. */
export type Row = readonly [name: string, description: string, parameters?: JsonObject, rest?: JsonObject];

export function definitionOf([name, description, parameters = {}, rest = {}]: Row): ToolDefinition {
  const { server: _, ...fields } = rest;
  const properties = JSON.parse(
    `{${Object.keys(parameters).map((key) => `${JSON.stringify(key)}:${JSON.stringify(schemaOf(parameters[key] ?? null))}`)}}`,
  );
  return { name, description, inputSchema: { type: 'object', properties }, ...fields };
}

function schemaOf(parameter: JsonValue): JsonValue {
  return typeof parameter === 'string' ? { type: 'string', description: parameter } : parameter;
}

export function contextOf([name, , , rest]: Row): ServerContext {
  return { name: typeof rest?.['server'] === 'string' ? rest['server'] : 'example', toolNames: [name] };
}
