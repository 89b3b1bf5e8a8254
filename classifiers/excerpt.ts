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

/** Most names: nothing to do. */
const ONE_WORD = /^[!-~]{1,160}$/;
const UNEVEN = /[^\S ]| {2}/;

/** A text on one line, cut to the size of an excerpt. */
export function excerptOf(text: string): string {
  if (ONE_WORD.test(text)) return text;
  const cut = text.slice(0, MAX_EXCERPT * 4);
  const line = (UNEVEN.test(cut) ? cut.replace(/\s+/g, ' ') : cut).trim();
  return (line.length > MAX_EXCERPT ? `${line.slice(0, MAX_EXCERPT - 1)}…` : line).toWellFormed();
}
