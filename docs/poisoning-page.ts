import { TECHNIQUES } from '../classifiers/techniques.ts';
import { cell } from './table-cell.ts';

/** Every technique of poisoning there is a finding for. */
export function poisoningPage(note: string): string {
  const rows = TECHNIQUES.map(({ id, severity, finds, why }) => `| \`${id}\` | ${severity} | ${cell(finds)} | ${cell(why)} |`);
  return [
    `# Poisoned definitions\n\n${note}\n`,
    'A finding of kind `poisoning` says that a definition, or what a server says of itself, was written to mislead a model, a person or a program that shows it. Every',
    'string counts: names, titles, descriptions, parameter names, choices, defaults, constants, examples, comments, output schemas, hints, icons, fields nobody knows. The',
    'evidence quotes the place, hidden characters shown as escapes. `npm run -s evaluate` says how much of it is found.\n',
    '| technique | severity | finds | why it matters |\n|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
