/**
 * An RFC 3339 instant in UTC with nine fractional digits: these sort as text. Sources write 0 to 9 digits, and a `Date` keeps only three of them.
 *
 * @returns `undefined` when the text is no instant.
 */
export function sortableInstant(text: string): string | undefined {
  const [, day, time, fraction = '', offset] = RFC_3339.exec(text) ?? [];
  if (offset === undefined) return undefined;
  const seconds = Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  if (Number.isNaN(seconds)) return undefined;
  return `${new Date(seconds).toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}Z`;
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;
