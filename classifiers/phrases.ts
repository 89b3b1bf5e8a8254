/** A set of words or phrases, written as one comma-separated text: lists of vocabulary are read and compared as text. */
export function phrases(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((phrase) => phrase.trim()));
}
