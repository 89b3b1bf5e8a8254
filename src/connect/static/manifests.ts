import { z } from 'zod';
import type { Fault } from '../../model/fault.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts';
import type { ReadTool, SourceFile, SourceReading } from './source-reader.ts';
import { isToolName } from './tool-name.ts';

/** Of an MCP bundle, also of the time when it was called otherwise. */
const BundleManifest = z.object({
  name: z.string(),
  server: z.unknown(),
  tools: z.array(z.unknown()).catch([]),
  tools_generated: z.boolean().catch(false),
});
const LIST_FILE =
  /(?:^|\/)[a-z0-9._-]{0,60}tools?[a-z0-9._-]{0,60}\.json$|(?:^|\/)(?:mcp|server|manifest|mcp[-_.][a-z0-9._-]{1,60})\.json$/i;
const NAMED_FOR_TOOLS = /(?:^|\/)(?:mcp[-_.]?)?tools(?:[-_.](?:list|manifest|schemas?|definitions?))?\.json$/i;
const MAX_CHARS = 4 * 2 ** 20;
const MAX_TOOLS = 2_000;
const KEPT = ['title', 'description', 'inputSchema', 'outputSchema', 'annotations'] as const;

/** Tools that a package's own JSON files list: the manifest of a bundle, and lists that were committed as `tools/list` gives them. */
export function readManifests(files: readonly SourceFile[]): SourceReading {
  const tools: ReadTool[] = [];
  const faults: Fault[] = [];
  for (const { path, text } of files) {
    if (!LIST_FILE.test(path) || text.length > MAX_CHARS) continue;
    const json = jsonOf(text);
    const bundle = isBundle(path, json) ? BundleManifest.safeParse(json) : undefined;
    const listed = bundle?.success ? bundle.data.tools : listIn(json, path);
    for (const item of listed.slice(0, MAX_TOOLS)) {
      const definition = definitionOf(item);
      if (definition) tools.push({ definition, file: path, line: lineOf(text, definition.name) });
    }
    if (bundle?.success && bundle.data.tools_generated) faults.push(generated(path));
  }
  return { tools, faults };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isBundle(path: string, json: unknown): boolean {
  return (
    path.endsWith('manifest.json') &&
    isJsonObject(json) &&
    ('manifest_version' in json || 'dxt_version' in json) &&
    isJsonObject(json['server'])
  );
}

/** A list is one where every element looks like a tool: with schemas as the protocol names them, or in a file that is named for tools. */
function listIn(json: unknown, path: string): readonly unknown[] {
  const result = isJsonObject(json) ? json['result'] : undefined;
  const list = Array.isArray(json)
    ? json
    : isJsonObject(json)
      ? (json['tools'] ?? (isJsonObject(result) ? result['tools'] : undefined))
      : undefined;
  if (!Array.isArray(list) || list.length === 0 || !list.every(looksLikeTool)) return [];
  const withSchema = list.filter((item) => isJsonObject(item['inputSchema'])).length;
  return withSchema === list.length || (NAMED_FOR_TOOLS.test(path) && withSchema > 0) ? list : [];
}

function looksLikeTool(item: unknown): item is JsonObject {
  if (!isJsonObject(item) || typeof item['name'] !== 'string' || !isToolName(item['name'])) return false;
  return typeof item['description'] === 'string' || isJsonObject(item['inputSchema']);
}

function definitionOf(item: unknown): ReadTool['definition'] | undefined {
  if (!isJsonObject(item) || typeof item['name'] !== 'string' || !isToolName(item['name'])) return undefined;
  const kept: [string, JsonValue][] = KEPT.flatMap((key) => {
    const value = item[key];
    const isText = key === 'title' || key === 'description';
    return value !== undefined && (isText ? typeof value === 'string' : isJsonObject(value)) ? [[key, value] as [string, JsonValue]] : [];
  });
  return { ...Object.fromEntries(kept), name: item['name'] };
}

function lineOf(text: string, name: string): number {
  const at = text.indexOf(`"${name}"`);
  return at === -1 ? 1 : text.slice(0, at).split('\n').length;
}

function generated(path: string): Fault {
  const message = 'Its manifest says that it offers more tools than those it lists.';
  return { code: 'tools-generated', subject: path, message, retryable: false };
}
