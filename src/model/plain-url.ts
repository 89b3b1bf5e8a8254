// biome-ignore lint/suspicious/noControlCharactersInRegex: parsers drop some of them, others do not.
const MISREAD = /[\\\s\0-\x1f\x7f]/;

/**
 * An address of the web that everybody reads as leading to the same host. Of `https://called.example\@shown.example` a reader may take the one for the
 * other, so what names a server and what calls it both begin here.
 *
 * @returns Nothing for another scheme, and for user info, backslashes, whitespace and control characters.
 */
export function plainUrl(text: string): URL | undefined {
  const url = MISREAD.test(text) ? null : URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : undefined;
}
