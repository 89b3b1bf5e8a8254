import { Access, type Classification } from '../model/classification.ts';
import { isListedSummary } from '../model/enumeration.ts';
import type { ScanDocument } from '../model/scan.ts';
import { visibleText } from '../model/visible-text.ts';
import { seconds } from './progress.ts';
import { table } from './table.ts';

/** A scan that listed tools, for people: one line on how the tools were listed, the tools worst first, the count by access. */
export function scanView({ server, enumeration, tools }: ScanDocument, width: number): string {
  const { attempts } = enumeration;
  const how = [`${tools.length} tools`, enumeration.status, wayOf(enumeration), seconds(enumeration.durationMs)];
  const lines = [`${visibleText(server.target)}: ${how.join(' · ')}`];
  const dummies = attempts.at(-1)?.environmentNames ?? [];
  if (isListedSummary(enumeration) && dummies.length > 0) lines.push(`Listed with dummy values for ${visibleText(dummies.join(', '))}`);
  if ('fault' in enumeration) lines.push(visibleText(enumeration.fault.message));
  if (tools.length > 0) lines.push('', toolTable(tools, width), '', accessCounts(tools), gradeLine(server));
  for (const { severity, message } of server.findings ?? []) lines.push(`${severity} finding in the server: ${visibleText(message)}`);
  for (const { classification } of tools) lines.push(...notesOn(classification));
  return lines.join('\n');
}

/** What the table does not say of a tool. */
function notesOn({ name, category, correction, findings }: Classification): string[] {
  const shown = visibleText(name);
  const corrected = correction ? [`corrected: ${shown} is ${category}, not ${correction.classified}: ${visibleText(correction.why)}`] : [];
  return [...corrected, ...findings.map(({ severity, message }) => `${severity} finding in ${shown}: ${visibleText(message)}`)];
}

/** The isolation that it ran in, or how it was called and what it asks of its callers. */
function wayOf({ sandbox, transport, auth }: ScanDocument['enumeration']): string {
  if (sandbox) return `sandbox ${sandbox.rung}${sandbox.lacks.length > 0 ? ` (${sandbox.lacks.join(', ')})` : ''}`;
  return transport ? [transport, ...(auth ? [auth.posture] : [])].join(', ') : 'not started';
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
