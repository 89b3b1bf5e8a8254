/**
 * The text of a top-level member's value, exactly as it stands in the JSON text, so that nothing of a server's answer is lost or rewritten.
 *
 * @param json - An object that JSON.parse has accepted; of equal keys the last counts, as it does there.
 * @param key - One of its members.
 */
export function memberText(json: string, key: string): string {
  let found: string | undefined;
  let at = skip(json, json.indexOf('{') + 1);
  while (json[at] === '"') {
    const keyEnd = stringEnd(json, at);
    const start = skip(json, json.indexOf(':', keyEnd) + 1);
    const end = valueEnd(json, start);
    if (JSON.parse(json.slice(at, keyEnd)) === key) found = json.slice(start, end);
    at = skip(json, end);
  }
  if (found === undefined) throw new Error(`no member ${key}`);
  return found;
}

/**
 * The texts of an array's elements, in order, exactly as they stand there.
 *
 * @param json - An array that JSON.parse has accepted.
 */
export function elementTexts(json: string, maxElements: number): string[] {
  const found: string[] = [];
  let at = skip(json, json.indexOf('[') + 1);
  while (found.length < maxElements && at < json.length && json[at] !== ']') {
    const end = valueEnd(json, at);
    found.push(json.slice(at, end));
    at = skip(json, end);
  }
  return found;
}

function skip(json: string, from: number): number {
  let at = from;
  while (at < json.length && ' \t\n\r,'.includes(json.charAt(at))) at += 1;
  return at;
}

function valueEnd(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return stringEnd(json, start);
  if (first === '{' || first === '[') return bracketEnd(json, start);
  const end = /[\s,}\]]/g;
  end.lastIndex = start;
  return end.exec(json)?.index ?? json.length;
}

function bracketEnd(json: string, start: number): number {
  const mark = /["{}[\]]/g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(json); match; match = mark.exec(json)) {
    if (match[0] === '"') {
      mark.lastIndex = stringEnd(json, match.index);
      continue;
    }
    depth += match[0] === '{' || match[0] === '[' ? 1 : -1;
    if (depth === 0) return match.index + 1;
  }
  return json.length;
}

function stringEnd(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return json.length;
}
