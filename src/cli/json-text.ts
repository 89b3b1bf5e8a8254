/**
 * JSON for stdout, which may be a terminal or a CI log: what {@link UNSAFE} names stands escaped in it, so that printing does nothing but print.
 * It parses to the same value.
 */
export function jsonText(value: unknown, indent?: number): string {
  return escapedJson(JSON.stringify(value, null, indent));
}

/** The same of a text that is JSON already. */
export function escapedJson(text: string): string {
  return text.replace(UNSAFE, escaped);
}

// All are inside strings: JSON's own characters are ASCII. DEL, C1, direction marks, invisible characters, line and paragraph separator, private use.
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu;

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
