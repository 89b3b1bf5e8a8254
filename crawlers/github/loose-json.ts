import { isDeeperThan, MAX_JSON_DEPTH } from '../../src/model/json.ts';

/** JSON as people write it in documentation: with comments and trailing commas. Nothing when it is none even so. */
export function parseLooseJson(text: string): unknown {
  try {
    const document: unknown = JSON.parse(strict(text));
    return isDeeperThan(document, MAX_JSON_DEPTH) ? undefined : document;
  } catch {
    return undefined;
  }
}

/** Walked, not matched by one expression: that takes quadratic time on comments that do not end. */
function strict(text: string): string {
  const kept: string[] = [];
  let comma = -1;
  for (let at = 0; at < text.length; ) {
    const end = tokenEnd(text, at);
    const token = text.slice(at, end);
    at = end;
    if (/^(\s|\/[/*])/.test(token)) continue;
    if ((token === '}' || token === ']') && comma === kept.length - 1 && comma !== -1) kept.pop();
    kept.push(token);
    if (token === ',') comma = kept.length - 1;
  }
  return kept.join('');
}

function tokenEnd(text: string, at: number): number {
  const [first = '', second = ''] = [text[at], text[at + 1]];
  if (first === '"') return stringEnd(text, at);
  if (first === '/' && second === '/') return orEnd(text, text.indexOf('\n', at));
  if (first === '/' && second === '*') return orEnd(text, text.indexOf('*/', at + 2) + 2, 2);
  return at + 1;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Where something ends that may not: `end` is then what `indexOf` gives, moved by `offset`. */
function orEnd(text: string, end: number, offset = 0): number {
  return end === offset - 1 ? text.length : end;
}
