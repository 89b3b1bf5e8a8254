import type { Enumeration } from '../model/enumeration.ts';
import type { ToolDefinition } from '../model/tool-definition.ts';
import { visibleText } from '../model/visible-text.ts';
import { failureLine } from './failure-line.ts';
import { jsonText } from './json-text.ts';
import { seconds } from './status-line.ts';
import { counted, outputWidth, table } from './table.ts';
import { statusOf, wayOf } from './way-of.ts';

interface Listed {
  readonly target: string;
  readonly enumeration: Enumeration;
}

/** What `assay list --json` prints of a target. The tools are as the server defined them, or as its files have them where it was not listed. */
function documentOf({ target, enumeration }: Listed) {
  const tools = toolsOf(enumeration) ?? [];
  const reading = enumeration.reading && { ...enumeration.reading, tools: undefined };
  const raw = { tools: undefined, answer: undefined };
  return { server: { target }, enumeration: { ...enumeration, ...raw, ...(reading && { reading }) }, tools };
}

function toolsOf(enumeration: Enumeration): readonly ToolDefinition[] | undefined {
  return 'tools' in enumeration ? enumeration.tools : enumeration.reading?.tools;
}

export function printList(listed: Listed, { json }: { readonly json?: true }): void {
  if (json) process.stdout.write(`${jsonText(documentOf(listed))}\n`);
  else if (toolsOf(listed.enumeration)) process.stdout.write(`${listView(listed, outputWidth())}\n`);
}

/** One line for a server whose tools are not known. */
export function failureOf({ target, enumeration }: Listed): string[] {
  return toolsOf(enumeration) ? [] : [failureLine({ server: { target }, enumeration })];
}

function listView({ target, enumeration }: Listed, width: number): string {
  const tools = toolsOf(enumeration) ?? [];
  const how = [counted(tools.length, 'tool'), ...statusOf(enumeration), wayOf(enumeration), seconds(enumeration.durationMs)];
  const lines = [`${visibleText(target)}: ${how.join(' · ')}`];
  if ('fault' in enumeration && enumeration.status !== 'not-started') lines.push(visibleText(enumeration.fault.message));
  const rows = tools.map(({ name, description }) => [name, firstLine(description)]);
  if (rows.length > 0) lines.push('', table(['TOOL', 'DESCRIPTION'], rows, width));
  return lines.join('\n');
}

const MAX_SHOWN = 300;

function firstLine(description: unknown): string {
  return typeof description === 'string' ? (description.trimStart().split('\n', 1)[0] ?? '').slice(0, MAX_SHOWN) : '';
}
