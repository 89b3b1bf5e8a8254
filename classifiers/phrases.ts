/** A set of words or phrases, which also knows the last words of them: hardly any word that is looked for gets further. */
export class Phrases extends Set<string> {
  readonly lastWords: ReadonlySet<string>;

  constructor(list: readonly string[]) {
    super(list);
    this.lastWords = new Set(list.map((phrase) => phrase.slice(phrase.lastIndexOf(' ') + 1)));
  }
}

/** Written as one comma-separated text: lists of vocabulary are read and compared as text. */
export function phrases(list: string): Phrases {
  return new Phrases(list.split(',').map((phrase) => phrase.trim()));
}
