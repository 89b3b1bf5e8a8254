import { isJsonObject, type JsonValue } from '../model/json.ts';
import type { ToolDefinition } from '../model/tool.ts';

/**
 * The argument that a place in a definition describes: `/inputSchema/properties/files/items/properties/path` is `files`, `path`.
 *
 * @returns Nothing where the place is no argument, or only one of several shapes of it: what is said there does not hold of every call.
 */
export function argumentPath(at: string): string[] | undefined {
  const [, root, ...segments] = at.split('/').map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (root !== 'inputSchema') return undefined;
  const path: string[] = [];
  for (let index = 0; index < segments.length; index += 1) {
    if (segments[index] === 'items') continue;
    const name = segments[index + 1];
    if (segments[index] !== 'properties' || name === undefined) return undefined;
    path.push(name);
    index += 1;
  }
  return path.length > 0 ? path : undefined;
}

/** The same where each of several shapes of an argument may say its part: `/inputSchema/oneOf/0/properties/action` is `action`. */
export function sharedArgumentPath(at: string): string[] | undefined {
  return argumentPath(at.replaceAll(/\/(?:oneOf|anyOf|allOf)\/\d{1,6}(?=\/|$)/g, ''));
}

/** What a JSON Pointer leads to. */
export function valueAt(definition: ToolDefinition, at: string): JsonValue | undefined {
  let value: JsonValue | undefined = definition;
  for (const segment of at.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}
