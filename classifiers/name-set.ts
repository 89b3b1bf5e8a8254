import { phrases } from './phrases.ts';

/**
 * Whether the words of a parameter's name are one of these names. Looks at the last word first: hardly any parameter gets further, and all of
 * them are asked by nearly every signal.
 */
export function namedOneOf(list: string): (words: readonly string[]) => boolean {
  const names = phrases(list);
  return (words) =>
    names.lastWords.has(words[words.length - 1] ?? '') && names.has(words.length === 1 ? (words[0] ?? '') : words.join(' '));
}
