import { visibleText } from '../model/visible-text.ts';

/**
 * Columns for people. Cells are made safe to print; where a line would be longer than `width`, its last column is cut, and nothing else is.
 *
 * @param width - Characters of a line; infinite where the output is not a terminal.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string {
  const lines = [head, ...rows.map((row) => row.map((cell) => visibleText(cell)))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const uncut = widths.slice(0, -1).reduce((sum, columnWidth) => sum + columnWidth + 2, 0);
  return lines
    .map((line) => {
      const text = line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
      return cut(text.trimEnd(), Math.max(width, uncut));
    })
    .join('\n');
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** `1 tool`, `2 tools`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Width of the terminal, or infinite where stdout is not one. */
export function outputWidth(): number {
  return process.stdout.isTTY ? (process.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
}

/** Counts in one line, those of nothing left out: `Read 3, Admin 1`. */
export function pairs(counts: Readonly<Record<string, number>>): string {
  const known = Object.entries(counts).filter(([, count]) => count > 0);
  return known.map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
}
