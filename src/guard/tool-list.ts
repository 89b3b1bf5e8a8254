import { isJsonObject } from '../model/json.ts';
import { readJson } from '../policy/formats/problems.ts';
import { arrayAt } from './json-parts.ts';
import { MAX_LINE_BYTES } from './lines.ts';

/**
 * The answer to `tools/list` with the tools left out that are not shown; every other character stays.
 *
 * @param text - One JSON-RPC message.
 * @returns Nothing where the list cannot be read in one way only.
 */
export function shownTools(text: string, isShown: (tool: string) => boolean): string | undefined {
  const read = safelyRead(text);
  const result = isJsonObject(read) ? read['result'] : undefined;
  if (!isJsonObject(result)) return isJsonObject(read) && 'error' in read && result === undefined ? text : undefined;
  const { tools } = result;
  const array = arrayAt(text, ['result', 'tools']);
  if (!Array.isArray(tools) || !array || array.parts.length !== tools.length) return undefined;
  const shown: string[] = [];
  for (const [index, tool] of tools.entries()) {
    const name = isJsonObject(tool) ? tool['name'] : undefined;
    if (typeof name !== 'string') return undefined;
    const part = array.parts[index];
    if (part && isShown(name)) shown.push(text.slice(part.from, part.to));
  }
  if (shown.length === tools.length) return text;
  return `${text.slice(0, array.from)}[${shown.join(',')}]${text.slice(array.to)}`;
}

function safelyRead(text: string): unknown {
  try {
    const read = readJson(text, MAX_LINE_BYTES);
    return 'value' in read ? read.value : undefined;
  } catch {
    return undefined;
  }
}
