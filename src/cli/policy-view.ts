import { visibleText } from '../model/visible-text.ts';
import type { Note, PolicyFormat, Problem } from '../policy/formats/policy-format.ts';
import { usageError } from './errors.ts';
import { escapedJson } from './json-text.ts';

/** One line for each form: id, file, title, and what the tests gave it to. */
export function formatList(formats: readonly PolicyFormat[]): string {
  const widths = { id: widest(formats.map(({ id }) => id)), file: widest(formats.map(({ fileName }) => fileName)) };
  const lines = formats.map(
    (format) => `${format.id.padEnd(widths.id)}  ${format.fileName.padEnd(widths.file)}  ${format.title} [${checkedBy(format)}]`,
  );
  return `${lines.join('\n')}\n`;
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(({ length }) => length));
}

function checkedBy({ verifiedBy }: PolicyFormat): string {
  return verifiedBy ? `${verifiedBy.how} of ${verifiedBy.consumer} ${verifiedBy.version}` : 'checked by Assay only';
}

/** Tools named for one note. */
const MAX_NAMED = 5;

/** What a form could not say, each thing once with the tools it is about. */
export function noteLines(format: string, notes: readonly Note[]): string {
  const byMessage = Map.groupBy(notes, ({ message }) => message);
  return [...byMessage].map(([message, of]) => `assay: ${format}: ${message}${toolsIn(of)}\n`).join('');
}

function toolsIn(notes: readonly Note[]): string {
  const tools = notes.flatMap(({ tool }) => (tool === undefined ? [] : [visibleText(JSON.stringify(tool))]));
  if (tools.length === 0) return '';
  const more = tools.length > MAX_NAMED ? ` and ${tools.length - MAX_NAMED} more` : '';
  return ` (${tools.slice(0, MAX_NAMED).join(', ')}${more})`;
}

/** Each thing that is wrong once, with the first place where it is. */
export function problemLines(problems: readonly Problem[]): string {
  const byMessage = Map.groupBy(problems, ({ message }) => message);
  return [...byMessage].map(([message, [first]]) => (first?.at ? `${first.at}: ${message}` : message)).join('\n');
}

/** For a terminal or a log: JSON has its invisible characters escaped, which changes nothing in it. Other forms escape them when they are written. */
export function safeText(text: string, onOneLine: boolean): string {
  const value = parsed(text);
  if (value === undefined && onOneLine) throw usageError('--json prints forms that are JSON. Leave it out for this one');
  if (value === undefined) return text;
  return onOneLine ? `${escapedJson(JSON.stringify(value))}\n` : escapedJson(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
