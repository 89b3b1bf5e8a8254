/** What one language says where an order is given. Texts are plain: lower case. */
export interface Language {
  /** Drop what you were told before. */
  readonly overrides: RegExp;
  /** Do not tell the user. */
  readonly hides: RegExp;
  /** Read, open, copy, send, put: as an order. */
  readonly takes: RegExp;
  /** Secrets, the conversation, private data. */
  readonly secrets: RegExp;
  /** One of its letters; or, where it is written in Latin ones, its common words, of which a sentence holds at least two. */
  readonly speaks: RegExp | ReadonlySet<string>;
}

/** `\b` knows ASCII letters only. */
const BOUNDARY = '(?:(?<![\\p{L}\\p{N}_])(?=[\\p{L}\\p{N}_])|(?<=[\\p{L}\\p{N}_])(?![\\p{L}\\p{N}_]))';

export function bounded({ source }: RegExp): RegExp {
  return new RegExp(source.replaceAll('\\b', BOUNDARY), 'u');
}
