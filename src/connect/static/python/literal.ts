const PREFIX = /^[a-z]{0,2}/i;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};
const ESCAPE = /\\(?:(\r?\n)|([\\'"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g;

/** What a string literal stands for; nothing for bytes. */
export function stringOf(literal: string): string | undefined {
  const prefix = PREFIX.exec(literal)?.[0].toLowerCase() ?? '';
  if (prefix.includes('b')) return undefined;
  const quoted = literal.slice(prefix.length);
  const quotes = /^(?:"""|''')/.test(quoted) ? 3 : 1;
  const text = quoted.slice(quotes, quoted.length >= 2 * quotes && quoted.endsWith(quoted.slice(0, quotes)) ? -quotes : undefined);
  return prefix.includes('r') ? text : unescaped(text);
}

export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (whole, _newline, simple, octal, hex, four, eight) => {
    if (simple !== undefined) return SIMPLE_ESCAPES[simple] ?? whole;
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    const code = Number.parseInt(hex ?? four ?? eight ?? '', 16);
    if (Number.isNaN(code)) return '';
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

export function numberOf(literal: string): number | undefined {
  const text = literal.replaceAll('_', '');
  if (!/^(?:0[xob][0-9a-f]+|[0-9.]+(?:e[+-]?[0-9]+)?)$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** As `inspect.cleandoc` does it: what all lines but the first are indented by is taken off, and empty lines at both ends. */
export function cleanText(text: string): string {
  const [first = '', ...rest] = text.replaceAll('\t', '        ').split('\n');
  const indents = rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const margin = indents.reduce((least, indent) => Math.min(least, indent), Number.POSITIVE_INFINITY);
  const lines = [first.trimStart(), ...rest.map((line) => line.slice(Math.min(margin, line.length)))];
  return lines
    .map((line, index) => (index > 0 && line.trim() === '' ? '' : line))
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd();
}
