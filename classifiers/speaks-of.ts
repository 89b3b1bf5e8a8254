import { MAX_TEXT } from './excerpt.ts';
import { oncePerTool } from './once-per-tool.ts';
import type { ParsedTool } from './parsed-tool.ts';
import { phrases } from './phrases.ts';

/** Topics are the bits of one number, so that one walk over the text answers for all of them. */
const MAX_TOPICS = 31;
/** As many letters as fit into a small number, five bits each. */
const LETTERS = 6;

// Filled while the rules and signals are loaded, and only read afterwards.
const topicsOf = new Map<number, number>();
/** Marks the slots of the words above: nearly every word of a text stops here. */
const taken = new Uint8Array(4096);
let topics = 0;

/**
 * Whether the description or the title speaks of something at all: the cheap test before a pattern is looked for in them.
 *
 * @param list - Words of English letters, one of which stands in whatever the pattern finds. From the sixth letter on they may go on differently.
 */
export function speaksOf(list: string): (parsed: ParsedTool) => boolean {
  if (topics >= MAX_TOPICS) throw new Error(`more than ${MAX_TOPICS} topics`);
  const topic = 1 << topics++;
  for (const key of [...phrases(list)].map(keyOf)) {
    topicsOf.set(key, topicsOfKey(key) | topic);
    taken[slotOf(key)] = 1;
  }
  return (parsed) => (topicsIn(parsed) & topic) !== 0;
}

/** {@link letterOf} of the first 128 characters: nearly every character of every text is asked for. */
const ALPHABET = Uint8Array.from({ length: 128 }, (_, code) => letterOf(code));

const topicsIn = oncePerTool(({ description, tool }) => topicsOfText(description) | topicsOfText((tool.title ?? '').slice(0, MAX_TEXT)));

function topicsOfText(text: string): number {
  let found = 0;
  let key = 0;
  let letters = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const letter = code < 128 ? (ALPHABET[code] as number) : 0;
    if (letter > 0) {
      if (letters++ < LETTERS) key = (key << 5) | letter;
    } else if (letters > 0) {
      found |= topicsOfKey(key);
      key = 0;
      letters = 0;
    }
  }
  return letters > 0 ? found | topicsOfKey(key) : found;
}

function topicsOfKey(key: number): number {
  return taken[slotOf(key)] === 1 ? (topicsOf.get(key) ?? 0) : 0;
}

/** Twelve bits of a multiplicative hash. */
function slotOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 20;
}

function keyOf(word: string): number {
  let key = 0;
  for (let at = 0; at < Math.min(word.length, LETTERS); at++) key = (key << 5) | letterOf(word.charCodeAt(at));
  return key;
}

/** 1 to 26; 0 for what is no letter of the English alphabet. */
function letterOf(code: number): number {
  const lower = code | 0x20;
  return lower >= 97 && lower <= 122 ? lower - 96 : 0;
}
