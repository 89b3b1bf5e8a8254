import { isDeeperThan, MAX_JSON_DEPTH } from '../../src/model/json.ts';

/** JSON as people write it in documentation: with comments, trailing commas, and `…` where they left something out. Nothing when it is none even so. */
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
  for (let at = 0; at < text.length; ) {
    const end = tokenEnd(text, at);
    const token = text.slice(at, end);
    at = end;
    if (!/^(\s|\/[/*])/.test(token)) keep(token, kept);
  }
  return kept.join('');
}

/** What was left out stands for no member of a list or an object, or for a value. It divides what is around it, whether a comma is there or not. */
function keep(token: string, kept: string[]): void {
  const before = kept.at(-1) ?? '';
  const isEllipsis = token === '...' || token === '…';
  if (isEllipsis && before === ':') kept.push('null');
  else if (isEllipsis || token === ',') {
    if (!/^[,{[]?$/.test(before)) kept.push(',');
  } else {
    if ((token === '}' || token === ']') && before === ',') kept.pop();
    kept.push(token);
  }
}

function tokenEnd(text: string, at: number): number {
  const [first = '', second = ''] = [text[at], text[at + 1]];
  if (first === '"') return stringEnd(text, at);
  if (text.startsWith('...', at)) return at + 3;
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
