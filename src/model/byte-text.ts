const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1.5 GB`, decimal as disks are sold. */
export function byteText(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (Math.round(value * 10) / 10 >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

const SIZE = /^(\d{1,12}(?:\.\d{1,6})?) ?([kmgt]i?)?b?$/i;

/** Bytes of `10GB`, `500 MB`, `1.5GiB` or a number of bytes; nothing for any other text. */
export function bytesOfText(text: string): number | undefined {
  const [, number, unit = ''] = SIZE.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const power = unit === '' ? 0 : 'kmgt'.indexOf(unit.slice(0, 1).toLowerCase()) + 1;
  const bytes = Math.round(Number(number) * (unit.length === 2 ? 1_024 : 1_000) ** power);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
