/** A text as a model reads it: compatibility forms folded, what cannot be seen left out, look-alike letters made Latin, in lower case, straight quotes. */
export function plainText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  if (PUNCTUATED.test(text))
    return text
      .replace(/[‘’‚‛´]/g, "'")
      .replace(/[“”„«»]/g, '"')
      .toLowerCase();
  const seen = text.normalize('NFKC').replace(INVISIBLE, '');
  const folded = (OTHER_SCRIPT.test(seen) ? seen.replace(MIXED_WORD, foldLookAlikes) : seen)
    .replace(/[‘’‚‛´]/g, "'")
    .replace(/[“”„«»]/g, '"');
  return folded.toLowerCase();
}

/** Letters that look Latin, as Latin letters: within one word they have no honest use beside Latin ones. */
export function foldLookAlikes(word: string): string {
  return LATIN.test(word) ? word.replace(LOOK_ALIKE, (letter) => LOOK_ALIKES.get(letter) ?? letter) : word;
}

/** Whether a word mixes Latin letters with look-alikes from another script. */
export function mixesScripts(word: string): boolean {
  return LATIN.test(word) && new RegExp(LOOK_ALIKE.source, 'u').test(word);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is ASCII is decided here
const ASCII = /^[\x00-\x7f]*$/;
/** Most texts that are not ASCII: dashes, quotation marks, arrows and the like, which stand for nothing else. */
const PUNCTUATED = /^[\n\t\x20-\x7e‘’‚‛´“”„«»–—…•·→←↔⇒×≤≥≈≠°€£§✓✔✅❌⚠★]*$/;
/** Where look-alikes come from: Greek, Cyrillic, Armenian, and a few Latin letters of phonetics. */
const OTHER_SCRIPT = /[\u0131\u0250-\u02af\u0370-\u058f]/;
const LATIN = /[a-z]/i;
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|[\u115f\u1160\u3164\uffa0]/gu;
const MIXED_WORD = /[\p{L}\p{N}]{2,80}/gu;
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    е: 'e',
    ё: 'e',
    к: 'k',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    с: 'c',
    т: 't',
    у: 'y',
    х: 'x',
    ѕ: 's',
    і: 'i',
    ї: 'i',
    ј: 'j',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    һ: 'h',
    ь: 'b',
    А: 'A',
    В: 'B',
    Е: 'E',
    К: 'K',
    М: 'M',
    Н: 'H',
    О: 'O',
    Р: 'P',
    С: 'C',
    Т: 'T',
    У: 'Y',
    Х: 'X',
    Ѕ: 'S',
    І: 'I',
    Ј: 'J',
    α: 'a',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    γ: 'y',
    Α: 'A',
    Β: 'B',
    Ε: 'E',
    Η: 'H',
    Ι: 'I',
    Κ: 'K',
    Μ: 'M',
    Ν: 'N',
    Ο: 'O',
    Ρ: 'P',
    Τ: 'T',
    Υ: 'Y',
    Χ: 'X',
    Ζ: 'Z',
    ı: 'i',
    ɡ: 'g',
    ɑ: 'a',
    ո: 'n',
    օ: 'o',
    ѵ: 'v',
  }),
);
const LOOK_ALIKE = new RegExp(`[${[...LOOK_ALIKES.keys()].join('')}]`, 'gu');
