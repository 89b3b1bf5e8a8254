/** A member of an object or an element of an array, by where its value stands. */
export interface Part {
  readonly key?: string;
  readonly from: number;
  readonly to: number;
}

/** The parts of the object or array that begins at `from`, so that they can be taken out and all else stay as it was written. @param text - Valid JSON. */
export function partsOf(text: string, from = afterSpace(text, 0)): Part[] {
  const parts: Part[] = [];
  const isObject = text[from] === '{';
  for (let at = afterSpace(text, from + 1); at < text.length && !/[\]}]/.test(text[at] ?? ''); ) {
    const keyEnd = isObject ? endOfString(text, at) : at;
    const start = isObject ? afterSpace(text, afterSpace(text, keyEnd) + 1) : at;
    const to = endOfValue(text, start);
    parts.push({ ...(isObject && { key: JSON.parse(text.slice(at, keyEnd)) as string }), from: start, to });
    at = afterSpace(text, to);
    if (text[at] === ',') at = afterSpace(text, at + 1);
  }
  return parts;
}

/** Where the array at a path of members begins and ends, with its elements; nothing where there is none. */
export function arrayAt(
  text: string,
  path: readonly string[],
): { readonly from: number; readonly to: number; readonly parts: Part[] } | undefined {
  let from = afterSpace(text, 0);
  for (const name of path) {
    const found: Part | undefined = text[from] === '{' ? partsOf(text, from).find(({ key }) => key === name) : undefined;
    if (!found) return undefined;
    from = found.from;
  }
  return text[from] === '[' ? { from, to: endOfValue(text, from), parts: partsOf(text, from) } : undefined;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(text[at] ?? '-')) at += 1;
  return at;
}

/** Just behind the closing quote. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const letter = text[at] ?? '';
    if (letter === '"') at = endOfString(text, at);
    else if (depth === 0 && /[,\]}\s]/.test(letter)) return at;
    else {
      if (letter === '[' || letter === '{') depth += 1;
      if (letter === ']' || letter === '}') depth -= 1;
      at += 1;
      if (depth > 0 || !/[\]}]/.test(letter)) continue;
    }
    if (depth === 0) return at;
  }
  return text.length;
}
