import { Pattern } from './values.ts';

const ATOM = String.raw`(?:\[(?:[^\]\\]|\\.){1,80}\]|\\[wdsWDSnt]|\\[^\w\s]|[\w \-:/@,;#&%~"'=<>!]|\.)`;
const PLAIN = new RegExp(`^\\^?(?:\\(${ATOM}\\)|${ATOM}){1,40}\\$?$`);
const REPEATED = new RegExp(`^(?:\\(${ATOM}[+*]\\)|${ATOM}[+*])\\$?$|^\\^${ATOM}[+*]$`);

/**
 * A stranger's regular expression, only where it is cheap on any text: atoms in a row without repetition, or one repeated atom. Others are not known.
 */
export function patternOf(source: string, flags: string): Pattern {
  const isCheap = source.length <= 400 && /^[gimsuy]{0,6}$/.test(flags) && (PLAIN.test(source) || REPEATED.test(source));
  try {
    return new Pattern(isCheap ? new RegExp(source, flags) : null);
  } catch {
    // A pattern that this engine does not know says nothing.
    return new Pattern(null);
  }
}
