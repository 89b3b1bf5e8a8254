import { Stem } from '../lexicon/stems.ts';
import type { Passage } from '../passage.ts';
import type { TextTechnique } from '../technique.ts';

/** A technique that one pattern over the text as it was sent shows. */
function characters(
  id: string,
  severity: TextTechnique['severity'],
  finds: string,
  why: string,
  find: (raw: string) => string | undefined,
): TextTechnique {
  return {
    id,
    severity,
    finds,
    why,
    needs: [Stem.control],
    detect: ({ raw, isPlainlyPut }: Passage) => (isPlainlyPut ? undefined : find(raw)),
  };
}

function around(raw: string, pattern: RegExp): string | undefined {
  const match = pattern.exec(raw);
  return match ? raw.slice(Math.max(0, match.index - 20), match.index + match[0].length + 40) : undefined;
}

/** Three flags (England, Scotland, Wales) are spelt with tag characters, after a black flag. */
const FLAG = /\u{1f3f4}[\u{e0030}-\u{e007a}]{1,7}\u{e007f}/gu;

export const tagCharacters = characters(
  'tag-characters',
  'high',
  'text in tag characters, which are not shown',
  'Each is a copy of an ASCII character: a model reads the sentence, a person sees nothing.',
  (raw) => around(raw.replace(FLAG, ''), /[\u{e0000}-\u{e007f}]{1,400}/u),
);

/** Joiners belong between letters of some scripts and between emoji. */
const ZERO_WIDTH_RUN =
  /(?:[\u200b-\u200d\u2060-\u2064\u180e\ufeff\u00ad\u115f\u1160\u3164\uffa0\u206a-\u206f][\u200b-\u200f\u2060-\u2064\u180e\ufeff\u00ad\u206a-\u206f]{3,})/u;
const ZERO_WIDTH = /[\u200b\u2060-\u2064\u180e\ufeff\u00ad\u115f\u1160\u3164\uffa0\u206a-\u206f]/g;
/** A stray one may come out of a text editor; more of them inside of Latin words break words up for a reader that is no person. */
const INSIDE_WORD = /[a-z][\u200b-\u200d\u2060-\u2064\u180e\ufeff\u206a-\u206f][a-z]/gi;
/** As many as a paragraph needs of them in a language that writes without spaces. */
const FEW = 7;

export const zeroWidthText = characters(
  'zero-width-text',
  'high',
  'many characters without width',
  'A row of them can spell a hidden text, and inside of words they hide words from filters.',
  (raw) =>
    around(raw, ZERO_WIDTH_RUN) ?? ((raw.match(INSIDE_WORD)?.length ?? 0) > 2 || isCrowded(raw) ? around(raw, ZERO_WIDTH) : undefined),
);

function isCrowded(raw: string): boolean {
  return (raw.match(ZERO_WIDTH)?.length ?? 0) > Math.max(FEW, raw.length / 40) && !/[\u0e00-\u0fff\u1780-\u17ff\u1000-\u109f]/.test(raw);
}

export const strayInvisibleCharacter = characters(
  'stray-invisible-character',
  'low',
  'a character that is not shown',
  'Mostly left over by an editor; it makes two names that look the same differ.',
  (raw) =>
    around(
      raw,
      /[\u200b\u2060\u180e\ufeff\u00ad]|(?<!\p{Variation_Selector}|[\p{M}\p{Emoji_Modifier}\p{Extended_Pictographic}\u0600-\u0fff])\u200d/u,
    ),
);

export const variationSelectors = characters(
  'variation-selector-text',
  'high',
  'a row of variation selectors',
  'A selector picks a shape of the character before it; a row of them spells bytes that are not shown.',
  (raw) =>
    around(raw, /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3,400}/u) ??
    ((raw.match(/[\u{e0100}-\u{e01ef}\ufe00-\ufe0d]/gu)?.length ?? 0) > 5 && !/[\u3400-\u9fff]/.test(raw)
      ? around(raw, /[\u{e0100}-\u{e01ef}\ufe00-\ufe0d]/u)
      : undefined),
);

export const bidiControls = characters(
  'bidi-control',
  'high',
  'characters that change the direction of writing',
  'What is shown is in another order than what is read.',
  (raw) => around(raw, /[\u202d\u202e]/) ?? (RIGHT_TO_LEFT.test(raw) ? undefined : around(raw, /[\u202a-\u202c\u2066-\u2069]/)),
);
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

export const privateUseText = characters(
  'private-use-text',
  'high',
  'a row of private use characters',
  'Nobody but the author knows what they stand for; a model can be told to read them.',
  (raw) =>
    around(raw, /[\ue000-\uf8ff\u{f0000}-\u{ffffd}\u{100000}-\u{10fffd}]{3,400}/u) ??
    ((raw.match(/[\ue000-\uf8ff]/g)?.length ?? 0) > 8 ? around(raw, /[\ue000-\uf8ff]/) : undefined),
);

export const terminalEscape = characters(
  'terminal-escape',
  'high',
  'control sequences for a terminal',
  'Shown in a terminal they hide, erase or overwrite text, set the title or write to the clipboard.',
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  (raw) => around(raw, /\u001b[[\]()PX^_#cM78=>]|[\u0080-\u0084\u0086-\u009f]|[\u0000-\u0007\u000b\u000e-\u001a\u001c-\u001f\u007f]{1,40}/),
);

export const overwrittenLine = characters(
  'overwritten-line',
  'high',
  'a carriage return or backspaces that write over the line',
  'A terminal shows the second text in the place of the first; a model reads both.',
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  (raw) => around(raw, /[^\r\n]\r(?![\r\n]|$)(?=.)|\u0008{2,}|\u000c(?=\S)/),
);

/** Text a screen away from the rest: more blank than any layout needs. */
const FAR_AWAY = /[ \t\u00a0\u2000-\u200a\u2800\u3000]{120}|(?:[ \t]{0,40}\r?\n){25}/;

export const farOffText: TextTechnique = {
  id: 'far-off-text',
  severity: 'medium',
  finds: 'text pushed out of sight by white space',
  why: 'A person who looks at the definition in a window sees only its beginning.',
  needs: [Stem.form],
  detect: ({ raw }) => (raw.length > 80 ? farOff(raw) : undefined),
};

function farOff(raw: string): string | undefined {
  const match = FAR_AWAY.exec(raw);
  if (!match) return undefined;
  const rest = raw.slice(match.index + match[0].length).trimStart();
  return rest.length > 20 ? rest.slice(0, 120) : undefined;
}
