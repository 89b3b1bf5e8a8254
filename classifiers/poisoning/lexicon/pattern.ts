/** Alternatives written as one text with a comma and a space between them, as a group for a larger pattern; a space in them stands for any run of white space or a hyphen. */
export function anyOf(...lists: readonly string[]): string {
  const phrases = lists.flatMap((list) => list.split(/,\s/).map((phrase) => phrase.trim().replace(/,$/, '')));
  return `(?:${phrases
    .filter((phrase) => phrase !== '')
    .join('|')
    .replace(SPACE, '[ -]')})`;
}

/** Outside of a class of characters. */
const SPACE = / (?![^[\]]*\])/g;

/** Whole words only. Texts are plain already: lower case, one space between words. */
export function words(pattern: string, flags = ''): RegExp {
  return new RegExp(`(?<![a-z0-9])${pattern}(?![a-z0-9])`, flags);
}
