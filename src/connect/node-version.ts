const NEWER =
  /requested module ['"](?:node:)?[a-z_/]{2,30}['"] does not provide an export named|No such built-in module|ERR_UNKNOWN_BUILTIN_MODULE|markAsUncloneable|\brequires? (?:at least )?node(?:\.?js)?\b|\bnode(?:\.?js)?(?: version)? [^\n]{0,40}\b(?:is )?(?:not supported|unsupported|too old|or (?:later|higher|newer|above))|\bunsupported (?:node|engine)/i;
const NAMED = /\bnode(?:\.?js)?(?: version)?\s{0,3}(?:is |to |of )?["'(]?(?:>=?\s?|\^|version )?\s?v?(\d{2}(?:\.\d{1,3}){0,2})/gi;
/** The last line of every crash says which Node it was. */
const TRAILER = /^Node\.js v[\d.]{1,20}$/gm;

/** Whether a server's output says that this Node is too old for it. */
export function asksForNewerNode(text: string): boolean {
  return NEWER.test(text);
}

/** The version it names, of several the highest: `22.5`. The other is the one it has. */
export function namedNodeVersion(text: string): string | undefined {
  const versions = [...text.replace(TRAILER, '').matchAll(NAMED)].map(([, version = '']) => version);
  return versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))[0];
}
