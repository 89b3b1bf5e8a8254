import type { Evidence } from '../src/model/classification.ts';

/** Longest excerpt the model allows. */
const MAX_EXCERPT = 160;

/** Text read of any one field: nothing a person would read is longer, and everything here stays linear in it. */
export const MAX_TEXT = 64 * 1024;

/** The place of one mention and the words around it. */
export type Mention = Pick<Evidence, 'at' | 'excerpt'>;

/** The text from `start` to `end` with what surrounds it on its line, cut to the size of an excerpt. */
export function excerptAround(text: string, start: number, end: number): string {
  const room = Math.max(0, MAX_EXCERPT - (end - start));
  const from = Math.max(text.lastIndexOf('\n', start) + 1, start - Math.floor(room / 3));
  return excerptOf(text.slice(from, from + MAX_EXCERPT * 2));
}

const UNEVEN = /[^\S ]| {2}/;

/** A text on one line, cut to the size of an excerpt. */
export function excerptOf(text: string): string {
  const even = evenLength(text);
  if (even === text.length) return text;
  if (even === MAX_EXCERPT && isVisible(text.charCodeAt(even))) return `${text.slice(0, MAX_EXCERPT - 1)}…`;
  const cut = text.slice(0, MAX_EXCERPT * 4);
  const line = (UNEVEN.test(cut) ? cut.replace(/\s+/g, ' ') : cut).trim();
  return (line.length > MAX_EXCERPT ? `${line.slice(0, MAX_EXCERPT - 1)}…` : line).toWellFormed();
}

/** How much of a text, as far as an excerpt reaches, is printable ASCII with single spaces between: nothing to do there. 0 where it does not end so. */
function evenLength(text: string): number {
  const end = Math.min(text.length, MAX_EXCERPT);
  let space = true;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === SPACE ? space : !isVisible(code)) return -1;
    space = code === SPACE;
  }
  return space && end === text.length ? -1 : end;
}

const SPACE = 32;

function isVisible(code: number): boolean {
  return code > SPACE && code < 127;
}
