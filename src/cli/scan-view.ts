import { Access, type Classification } from '../model/classification.ts';
import { isListedSummary } from '../model/enumeration.ts';
import type { ScanDocument } from '../model/scan.ts';
import { visibleText } from '../model/visible-text.ts';
import { seconds } from './status-line.ts';
import { table } from './table.ts';
import { wayOf } from './way-of.ts';

/** A scan that gave tools, for people: one line on how they are known, the tools worst first, the count by access. */
export function scanView({ server, enumeration, tools }: ScanDocument, width: number): string {
  const { attempts } = enumeration;
  const how = [`${tools.length} tools`, ...statusOf(enumeration), wayOf(enumeration), seconds(enumeration.durationMs)];
  const lines = [`${visibleText(server.target)}: ${how.join(' · ')}`];
  const dummies = attempts.findLast(({ rung }) => rung !== 'widened')?.environmentNames ?? [];
  if (isListedSummary(enumeration) && dummies.length > 0) lines.push(`Listed with dummy values for ${visibleText(dummies.join(', '))}`);
  if ('fault' in enumeration && enumeration.status !== 'not-started') lines.push(visibleText(enumeration.fault.message));
  lines.push(...widestLine(enumeration, tools), ...readingLines(enumeration));
  if (tools.length > 0) lines.push('', toolTable(tools, width), '', accessCounts(tools), gradeLine(server));
  for (const { severity, message } of server.findings ?? []) lines.push(`${severity} finding in the server: ${visibleText(message)}`);
  for (const { classification } of tools) lines.push(...notesOn(classification));
  return lines.join('\n');
}

/** Where nothing was to be started, that is what the way says. */
function statusOf({ status }: ScanDocument['enumeration']): string[] {
  return status === 'not-started' ? [] : [status];
}

/** What it takes to be shown the tools that are not in the default list. */
function widestLine(enumeration: ScanDocument['enumeration'], tools: ScanDocument['tools']): string[] {
  const attempt = isListedSummary(enumeration) && enumeration.widest && enumeration.attempts[enumeration.widest.attempt];
  if (!attempt) return [];
  const only = tools.filter(({ widest }) => widest).length;
  return [`${only} of them only with ${visibleText([...attempt.args, ...attempt.environmentNames].join(' '))}`];
}

const SHOWN_NAMES = 20;

/** How the tools were read where they were not listed; or, beside a live list, what only stands in the source. */
function readingLines(enumeration: ScanDocument['enumeration']): string[] {
  const { reading } = enumeration;
  const { unlisted = [], faults = [] } = reading ?? {};
  const names = visibleText(unlisted.slice(0, SHOWN_NAMES).join(', '));
  const more = unlisted.length > SHOWN_NAMES ? ` and ${unlisted.length - SHOWN_NAMES} more` : '';
  return [
    ...(unlisted.length > 0 ? [`Only in the source, not listed: ${names}${more}`] : []),
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
