import { visibleText } from '../model/visible-text.ts';

/** Where the output is not a terminal, whose width is infinite, text still has lines that can be read. */
const MOST_COLUMNS = 110;
const FEWEST_COLUMNS = 40;

/**
 * A text of unknown origin as lines of no more than `width` characters, made safe to print; a word that is longer stands alone on its line.
 *
 * @param lead - Before the first line; the others are set in as deep.
 */
export function paragraph(text: string, width: number, lead = ''): string {
  const room = Math.max(FEWEST_COLUMNS, Math.min(width, MOST_COLUMNS)) - lead.length;
  const lines: string[] = [];
  let line = '';
  for (const word of visibleText(text).split(' ').filter(Boolean)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each, index) => `${index === 0 ? lead : ' '.repeat(lead.length)}${each}`.trimEnd()).join('\n');
}
