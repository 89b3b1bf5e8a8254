import { Stem } from './lexicon/stems.ts';

/** What a character is to a word. */
export const LOWER = 1;
export const UPPER = 2;
export const DIGIT = 3;
export const OTHER = 0;
/** Stands between words and says nothing. */
export const QUIET = 4;

/** What an ASCII character is; all others are letters of their own kind or marks. */
export function classOf(code: number): number {
  return code < 128 ? (CLASSES[code] ?? OTHER) : OTHER;
}

/** By character code; beyond ASCII, {@link isLetterOfOtherScript} says. */
const CLASSES = new Uint8Array(128);
for (let code = 0; code < 128; code++)
  CLASSES[code] = isLower(code) ? LOWER : code >= 65 && code <= 90 ? UPPER : code >= 48 && code <= 57 ? DIGIT : OTHER;
for (const sign of ',;()\'"-/#$*+{}|~[>^') CLASSES[sign.charCodeAt(0)] = QUIET;

/** `=` between blanks, `:=`, an arrow. */
export function isAssignment(code: number, text: string, index: number): boolean {
  if (code === 0x2192) return true;
  if (code !== 61 || text.charCodeAt(index + 1) !== 32) return false;
  const before = text.charCodeAt(index - 1);
  return before === 32 || before === 58;
}

/** A blank that is a character of its own. */
export const BRAILLE_BLANK = 0x2800;

/** Chinese, Japanese, Korean: two characters in a row stand for a word. */
function isWrittenWithoutSpaces(code: number): boolean {
  return code >= 0x3040 && code < 0xd7b0;
}

/** At the end of a line, and at a full stop only before white space: `~/.ssh` goes on. */
export function endsAt(code: number, text: string, index: number): boolean {
  if (code === 32) return false;
  if (code === 10 || code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 0x964 || code === 0x61f) return true;
  if (code !== 46 && code !== 33 && code !== 63) return false;
  // Not after `e.g.`
  if (text.charCodeAt(index - 2) === 46) return false;
  const next = text.charCodeAt(index + 1);
  const isQuote = next === 34 || next === 39 || next === 41 || next === 93;
  const after = isQuote ? text.charCodeAt(index + 2) : next;
  return Number.isNaN(after) || after === 32 || after === 10 || after === 9 || after === 13;
}

/** A letter of another script that writes words with spaces between them. */
export function isSpelledLetter(code: number): boolean {
  return code > 0xbf && isLetterOfOtherScript(code) && !isWrittenWithoutSpaces(code);
}

/** Not the dashes, arrows, quotes and emoji that English texts hold. */
export function isLetterOfOtherScript(code: number): boolean {
  return (
    code !== 0xd7 &&
    code !== 0x60c &&
    code !== 0x61b &&
    code !== 0x61f &&
    code !== 0x964 &&
    (code < 0x2000 || (code >= 0x2c00 && code < 0x3000) || (code > 0x3002 && code < 0xd800) || (code >= 0xf900 && code < 0xfe00))
  );
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

export function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** Dashes, arrows and signs that stand for nothing else. */
const PUNCTUATION: ReadonlySet<number> = new Set([...'–—…•·→←↔⇒×≤≥≈≠°€£§✓✔✅❌⚠★'].map((sign) => sign.charCodeAt(0)));

const SCHEMES = /(?:javascript|vbscript|data)\s?$/i;

/** Their last letter, or white space, stands before the colon. */
function mayEndScheme(text: string, index: number): boolean {
  if (index === 0) return false;
  const code = text.charCodeAt(index - 1) | 32;
  return code === 116 || code === 97 || !isLower(code);
}

export function markOf(code: number, text: string, index: number): number {
  switch (code) {
    case 58: // :
      if (text.charCodeAt(index + 1) === 47) return Stem.address;
      return mayEndScheme(text, index) && SCHEMES.test(text.slice(Math.max(0, index - 10), index)) ? Stem.form : 0;
    case 64: // @
      return Stem.address;
    case 96: // `
      return Stem.quoted;
    case 60: // <
      return Stem.form | Stem.voice;
    case 33: // ![
      return text.charCodeAt(index + 1) === 91 ? Stem.form : 0;
    case 93: // ](
      return text.charCodeAt(index + 1) === 40 ? Stem.form : 0;
    case 37: // %41
      return isHex(text.charCodeAt(index + 1)) && isHex(text.charCodeAt(index + 2)) ? Stem.encoded : 0;
    case 92: // \u0041, \x41
      return text[index + 1] === 'u' || text[index + 1] === 'x' ? Stem.encoded : 0;
    case 38: // &#
      return text.charCodeAt(index + 1) === 35 ? Stem.encoded : 0;
    case 95: // _
      return Stem.identifier;
    default:
      if (code > 126) return PUNCTUATION.has(code) ? 0 : Stem.control;
      return code < 32 && code !== 10 && code !== 9 ? Stem.control : 0;
  }
}
