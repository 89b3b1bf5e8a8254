import { Access, type Classification } from '../model/classification.ts';
import { isListedSummary, type SecondLook } from '../model/enumeration.ts';
import type { ScanDocument } from '../model/scan.ts';
import { visibleText } from '../model/visible-text.ts';
import { seconds } from './status-line.ts';
import { counted, table } from './table.ts';
import { statusOf, wayOf } from './way-of.ts';

/** A scan that gave tools, for people: one line on how they are known, the tools worst first, the count by access. */
export function scanView({ server, enumeration, tools }: ScanDocument, width: number): string {
  const { attempts } = enumeration;
  const how = [counted(tools.length, 'tool'), ...statusOf(enumeration), wayOf(enumeration), seconds(enumeration.durationMs)];
  const lines = [`${visibleText(server.target)}: ${how.join(' · ')}`];
  const dummies = attempts.findLast(({ rung }) => rung !== 'widened')?.environmentNames ?? [];
  if (isListedSummary(enumeration) && dummies.length > 0) lines.push(`Listed with dummy values for ${visibleText(dummies.join(', '))}`);
  if ('fault' in enumeration && enumeration.status !== 'not-started') lines.push(visibleText(enumeration.fault.message));
  lines.push(...widestLine(enumeration, tools), ...secondLookLine(enumeration), ...readingLines(enumeration));
  if (tools.length > 0) lines.push('', toolTable(tools, width), '', accessCounts(tools), gradeLine(server));
  for (const { severity, message } of server.findings ?? []) lines.push(`${severity} finding in the server: ${visibleText(message)}`);
  for (const { classification } of tools) lines.push(...notesOn(classification));
  return lines.join('\n');
}

/** What it takes to be shown the tools that are not in the default list. */
function widestLine(enumeration: ScanDocument['enumeration'], tools: ScanDocument['tools']): string[] {
  const attempt = isListedSummary(enumeration) && enumeration.widest && enumeration.attempts[enumeration.widest.attempt];
  if (!attempt) return [];
  const only = tools.filter(({ widest }) => widest).length;
  return [`${only} of them only with ${visibleText([...attempt.args, ...attempt.environmentNames].join(' '))}`];
}

/** What another client is shown: that it is the same is worth a line too, where somebody asked. */
function secondLookLine(enumeration: ScanDocument['enumeration']): string[] {
  const look = isListedSummary(enumeration) ? enumeration.secondLook : undefined;
  return look ? [visibleText(`Looked again as ${look.client}: ${outcomeOf(look)}`)] : [];
}

function outcomeOf({ status, added, removed, changed }: SecondLook): string {
  const differences = Object.entries({ 'defined otherwise': changed, more: added, fewer: removed }).filter(([, names]) => names.length > 0);
  if (differences.length > 0) return differences.map(([what, names]) => `${what}: ${namesOf(names)}`).join('; ');
  return status === 'complete' ? 'the same tools' : `no list to compare (${status})`;
}

const SHOWN_NAMES = 20;

function namesOf(names: readonly string[]): string {
  const more = names.length > SHOWN_NAMES ? ` and ${names.length - SHOWN_NAMES} more` : '';
  return `${names.slice(0, SHOWN_NAMES).join(', ')}${more}`;
}

/** How the tools were read where they were not listed; or, beside a live list, what only stands in the source. */
function readingLines(enumeration: ScanDocument['enumeration']): string[] {
  const { reading } = enumeration;
  const { unlisted = [], faults = [] } = reading ?? {};
  return [
    ...(unlisted.length > 0 ? [visibleText(`Only in the source, not listed: ${namesOf(unlisted)}`)] : []),
    ...(isListedSummary(enumeration) ? [] : faults.map(({ message }) => visibleText(message))),
  ];
}

/** What the table does not say of a tool. */
function notesOn({ name, category, correction, findings }: Classification): string[] {
  const shown = visibleText(name);
  const corrected = correction ? [`corrected: ${shown} is ${category}, not ${correction.classified}: ${visibleText(correction.why)}`] : [];
  return [...corrected, ...findings.map(({ severity, message }) => `${severity} finding in ${shown}: ${visibleText(message)}`)];
}

function gradeLine({ grade, score }: ScanDocument['server']): string {
  return `Grade ${grade}, ${score} of 100 (A is the best, 0 is the best)`;
}

function toolTable(tools: ScanDocument['tools'], width: number): string {
  const worstFirst = tools.map(({ classification }) => classification).sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  const rows = worstFirst.map(({ access, category, risk, score, name, signals }) => {
    return [access, category, risk, String(score), name, signals.map(({ label }) => label).join(' · ')];
  });
  return table(['ACCESS', 'CATEGORY', 'RISK', 'SCORE', 'TOOL', 'SIGNALS'], rows, width);
}

function accessCounts(tools: ScanDocument['tools']): string {
  return Access.options
    .map((access) => `${access} ${tools.filter(({ classification }) => classification.access === access).length}`)
    .join(' · ');
}
