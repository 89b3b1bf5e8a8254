import { isJsonObject, type JsonObject } from './plain-json.ts';

/**
 * One element of `tools/list` as the server sent it, every field included (the protocol SDK's typed parse drops fields).
 * Hashes and the published definition are made from this; classifiers read it through `Tool`.
 */
export type ToolDefinition = JsonObject & { readonly name: string };

export function isToolDefinition(value: unknown): value is ToolDefinition {
  return isJsonObject(value) && typeof value['name'] === 'string';
}
