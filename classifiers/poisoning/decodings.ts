/** Runs looked at in one text: more are data, not messages. */
const MAX_RUNS = 40;
/** Characters decoded of one run. */
const MAX_RUN = 8192;

/** Readable texts that stand encoded in a text. Linear in its length. */
export function decodings(raw: string): string[] {
  const found: string[] = [];
  const add = (decoded: string) => {
    if (isReadable(decoded)) found.push(decoded);
  };
  const { longestRun, longestHex, longestSpelt, digits } = lettersOf(raw);
  if (longestRun >= MIN_BASE64) for (const [run] of firstOf(raw.matchAll(BASE64))) add(fromBase64(run.slice(0, MAX_RUN)));
  const holdsDigit = digits > 0;
  if (longestHex >= MIN_HEX || raw.includes('\\x') || raw.includes('\\X'))
    for (const [run] of firstOf(raw.matchAll(HEX))) add(fromHex(run.slice(0, MAX_RUN)));
  const mayEscape = MAY_ESCAPE.test(raw);
  if (mayEscape && /%[0-9a-f]{2}%[0-9a-f]{2}|%20/i.test(raw))
    for (const [run] of firstOf(raw.matchAll(PERCENT))) add(fromPercent(run.slice(0, MAX_RUN)));
  if (/&#?\w{2,8};/.test(raw)) add(fromEntities(raw));
  if (mayEscape && /\\(?:u\{?[0-9a-f]{2,6}|x[0-9a-f]{2})/i.test(raw)) add(fromEscapes(raw));
  if (holdsDigit && /\b[01]{8}\b/.test(raw)) for (const [run] of firstOf(raw.matchAll(BINARY))) add(fromBinary(run.slice(0, MAX_RUN)));
  if (digits >= MIN_CODES)
    for (const [run] of firstOf(raw.matchAll(CODE_POINTS))) add(String.fromCharCode(...run.slice(0, MAX_RUN).split(/\D+/).map(Number)));
  if (SHIFTED.test(raw)) add(rot13(raw.slice(0, MAX_RUN)));
  if (BACKWARDS.test(raw)) add([...raw.slice(0, MAX_RUN)].reverse().join(''));
  if (digits >= 3 && LEET.test(raw)) add(fromLeet(raw.slice(0, MAX_RUN)));
  if (longestRun >= MIN_BASE64) for (const [run] of firstOf(raw.matchAll(BASE32))) add(fromBase32(run.slice(0, MAX_RUN)));
  if (longestSpelt >= MIN_SPELT && SPACED.test(raw))
    for (const [run] of firstOf(raw.matchAll(SPACED_RUN))) add(run.replace(/(\S)[ .*_-](?=\S)/g, '$1').replace(/\s+/g, ' '));
  return found;
}

/** How long the rows are that each encoding is written in. */
interface Letters {
  /** Letters and digits of base 64 in a row. */
  readonly longestRun: number;
  /** Hexadecimal digits in a row, and what parts them. */
  readonly longestHex: number;
  /** Letters and signs by turns. */
  readonly longestSpelt: number;
  readonly digits: number;
}

/** The shortest of each that its pattern finds. */
const MIN_BASE64 = 20;
const MIN_HEX = 24;
const MIN_CODES = 24;
const MIN_SPELT = 8;

/** One pass, which saves most texts the patterns. */
function lettersOf(raw: string): Letters {
  let [run, hex, spelt, before] = [0, 0, 0, OTHER];
  let [longestRun, longestHex, longestSpelt, digits] = [0, 0, 0, 0];
  for (let index = 0; index < raw.length; index++) {
    const code = raw.charCodeAt(index);
    const kind = code < 128 ? (KINDS[code] ?? OTHER) : OTHER;
    if ((kind & DIGIT) !== 0) digits++;
    run = (kind & BASE64_DIGIT) !== 0 ? run + 1 : 0;
    hex = (kind & HEX_DIGIT) !== 0 ? hex + 1 : 0;
    spelt = ((kind | before) & SPELLING) === SPELLING && (kind & before & SPELLING) === 0 ? spelt + 1 : 0;
    before = kind;
    if (run > longestRun) longestRun = run;
    if (hex > longestHex) longestHex = hex;
    if (spelt > longestSpelt) longestSpelt = spelt;
  }
  return { longestRun, longestHex, longestSpelt, digits };
}

const OTHER = 0;
const DIGIT = 1;
const BASE64_DIGIT = 2;
const HEX_DIGIT = 4;
const LETTER = 8;
const PARTS = 16;
const SPELLING = LETTER | PARTS;
const KINDS = new Uint8Array(128);
for (const [kind, characters] of [
  [DIGIT, /\d/],
  [BASE64_DIGIT, /[\w+/-]/],
  [HEX_DIGIT, /[0-9a-f :]/i],
  [LETTER, /[a-z]/i],
  [PARTS, /[ .*_-]/],
] as const)
  for (let code = 0; code < 128; code++) if (characters.test(String.fromCharCode(code))) KINDS[code] = (KINDS[code] ?? OTHER) | kind;

const BASE64 = /(?<![\w+/=-])[A-Za-z0-9+/_-]{20,}={0,2}/g;
const HEX = /(?<![\w])(?:0x)?(?:[0-9a-f]{2}[ :]?){12,4096}(?![\w])|(?:\\x[0-9a-f]{2}){8,4096}/gi;
const PERCENT = /(?:%[0-9a-f]{2}[^\s%]{0,40}){4,2000}/gi;
const BINARY = /(?:[01]{8}[ ,]?){6,2000}/g;
const CODE_POINTS = /(?<![\d.])(?:\d{2,3}[ ,]{1,2}){11,2000}\d{2,3}(?![\d.])/g;
const SPACED = /(?<![A-Za-z])(?:[A-Za-z][ .*_-]){4}[A-Za-z](?![A-Za-z])/;
const SPACED_RUN = /(?<![A-Za-z])(?:[A-Za-z][ .*_-]{1,3}){12,600}[A-Za-z](?![A-Za-z])/g;
/** Words that are common in such orders, shifted by thirteen letters. */
const SHIFTED = /\b(?:vtaber|ernq|svyr|fraq|cnffjbeq|flfgrz|vafgehpgvbaf?|frperg|hfre|qb abg|gbxra|cebzcg|pbagrag|gur)\b/i;
const BACKWARDS = /\b(?:erongi|snoitcurtsni|drowssap|terces|tpmorp|dnes|daer|metsys|nekot|eht)\b/i;

/** Three words in a row with digits inside of them, in the place of letters. */
const LEET = /(?:\b[a-z']{0,12}[013457][a-z0-9']{0,12}[a-z][a-z0-9']{0,12}[ ,.:]{1,2}){3}/i;
const LEET_LETTERS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't' };

function fromLeet(text: string): string {
  return text.replace(/[013457](?=[a-z0-9' ])/gi, (digit) => LEET_LETTERS[digit] ?? digit);
}

const BASE32 = /\b[A-Z2-7]{24,4096}={0,6}(?![A-Za-z0-9])/g;

function fromBase32(run: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of run.replace(/=+$/, '')) {
    const value = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character);
    bits = ((bits << 5) | value) & 0xffff;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes.push((bits >> held) & 0xff);
  }
  return utf8(bytes);
}

function* firstOf<Item>(items: Iterable<Item>): Generator<Item> {
  let left = MAX_RUNS;
  for (const item of items) {
    if (left-- === 0) return;
    yield item;
  }
}

/** Letters that need no escape, escaped all the same: nothing but hiding explains it. */
export function hidesLetters(raw: string): boolean {
  return MAY_ESCAPE.test(raw) && (raw.match(ESCAPED_LETTER)?.length ?? 0) >= MIN_ESCAPED;
}

const ESCAPED_LETTER =
  /%(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])|&#(?:6[5-9]|[78]\d|90|9[7-9]|1[01]\d|12[0-2]);|&#x(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]);|\\(?:u00|x)(?:4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])/gi;
const MAY_ESCAPE = /[%\\]|&#/;
const MIN_ESCAPED = 8;

/** Several words of letters: not a hash, not an image. */
function isReadable(text: string): boolean {
  if (text.length < 8) return false;
  let plain = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x09 || code > 0xbf) plain++;
  }
  return plain / text.length > 0.95 && /[a-z]{2}[ _/~-]{1,3}\S{0,3}[a-z~./]{2}/i.test(text);
}

function fromBase64(run: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of run) {
    const value = ALPHABET.get(character);
    if (value === undefined) break;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return utf8(bytes);
}

const ALPHABET: ReadonlyMap<string, number> = new Map([
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((character, value): [string, number] => [
    character,
    value,
  ]),
  ['-', 62],
  ['_', 63],
]);

function fromHex(run: string): string {
  const digits = run.replace(/^0x|\\x|[ :]/gi, '');
  const bytes: number[] = [];
  for (let index = 0; index + 1 < digits.length; index += 2) bytes.push(Number.parseInt(digits.slice(index, index + 2), 16));
  return utf8(bytes);
}

function fromPercent(run: string): string {
  return run.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) =>
    utf8(
      escaped
        .slice(1)
        .split('%')
        .map((pair) => Number.parseInt(pair, 16)),
    ),
  );
}

function fromBinary(run: string): string {
  return utf8(
    run
      .replace(/[^01]/g, '')
      .match(/[01]{8}/g)
      ?.map((byte) => Number.parseInt(byte, 2)) ?? [],
  );
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

function fromEntities(raw: string): string {
  const decoded = raw.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));?/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return ENTITIES[name ?? ''] ?? whole;
  });
  return decoded === raw ? '' : decoded;
}

function fromEscapes(raw: string): string {
  return raw.replace(/\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, (whole, ...codes: (string | undefined)[]) => {
    const code = Number.parseInt(codes[0] ?? codes[1] ?? codes[2] ?? '', 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

/** What is not UTF-8 becomes a mark that makes the text unreadable. */
function utf8(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    const extra = byte < 0x80 ? 0 : byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : -1;
    if (extra === 0) text += String.fromCharCode(byte);
    else if (extra < 0 || index + extra >= bytes.length) text += '\u0080';
    else {
      let code = byte & (0x3f >> extra);
      for (let step = 1; step <= extra; step++) code = (code << 6) | ((bytes[index + step] ?? 0) & 0x3f);
      text += code <= 0x10ffff ? String.fromCodePoint(code) : '\u0080';
      index += extra;
    }
  }
  return text;
}
