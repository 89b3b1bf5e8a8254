import { relative } from 'node:path';
import type { RunChanges, RunFault, RunReport } from '../model/run-report.ts';
import { visibleText } from '../model/visible-text.ts';
import { seconds } from './status-line.ts';
import { pairs, table } from './table.ts';

/** How many rows of a list are shown; the rest is counted. `--json` has them all. */
const SHOWN = 10;

/** A run's report for people. */
export function reportView(report: RunReport, width: number): string {
  const sections = [
    `Run ${report.run} ${report.status} in ${seconds(report.durationMs)}`,
    stageTable(report, width),
    sourceTable(report, width),
    `Servers: ${report.servers.total} (${pairs(report.servers.byStatus)})`,
    `Tools: ${report.tools.total} (${pairs(report.tools.byAccess)}; ${pairs(report.tools.byCategory)})`,
    slowestSection(report, width),
    faultSection(report.faults, width),
    changeSection(report.changes),
    feedLine(report),
  ];
  return sections.filter(Boolean).join('\n\n');
}

function stageTable({ stages }: RunReport, width: number): string {
  const rows = stages.map(({ stage, done, skipped, failed, postponed, durationMs }) => [
    stage,
    String(done),
    String(skipped),
    String(failed),
    String(postponed ?? 0),
    seconds(durationMs),
  ]);
  return table(['STAGE', 'DONE', 'SKIPPED', 'FAILED', 'POSTPONED', 'TIME'], rows, width);
}

function sourceTable({ sources, faults }: RunReport, width: number): string {
  if (sources.length === 0) return '';
  const skipped = new Set(faults.filter(({ fault }) => fault.code === 'source-needs-key').map(({ source }) => source));
  const rows = sources.map((source) => [
    source.source,
    source.scope === 'whole' ? 'everything' : 'changes',
    source.complete ? 'to its end' : skipped.has(source.source) ? 'skipped' : 'broke off',
    ...[source.servers, source.added, source.changed, source.deprecated, source.deleted, source.gone, source.unchanged, source.faults].map(
      String,
    ),
  ]);
  const columns = ['SOURCE', 'ASKED FOR', 'READ', 'NEW SERVERS', 'NEW', 'CHANGED', 'DEPRECATED', 'DELETED', 'GONE', 'UNCHANGED', 'FAULTS'];
  return table(columns, rows, width);
}

function slowestSection({ slowest }: RunReport, width: number): string {
  if (slowest.length === 0) return '';
  const rows = slowest.map(({ server, installMs, durationMs }) => [server, seconds(installMs), seconds(durationMs)]);
  return `Slowest servers\n${table(['SERVER', 'INSTALL', 'LOOK'], rows, width)}`;
}

function faultSection(faults: readonly RunFault[], width: number): string {
  if (faults.length === 0) return 'No faults.';
  const bySource = Map.groupBy(faults, ({ source, stage }) => source ?? stage);
  const counts = Object.fromEntries([...bySource].map(([source, of]) => [source, of.length]));
  const rows = [...bySource.values()]
    .flat()
    .slice(0, SHOWN)
    .map(({ stage, source, fault }) => [source ?? '-', stage, fault.code, fault.subject, fault.message]);
  return `Faults: ${faults.length} (${pairs(counts)})\n${table(['SOURCE', 'STAGE', 'CODE', 'SUBJECT', 'WHAT'], rows, width)}${more(faults)}`;
}

function changeSection({ since, ...changes }: RunChanges): string {
  if (since === null) return 'Changes: this is the first finished run.';
  const lines = [
    named('servers added', changes.serversAdded),
    named('servers gone', changes.serversGone),
    named(
      'status changed',
      changes.statusChanged.map(({ server, from, to }) => `${server} ${from} → ${to}`),
    ),
    named('tools added', changes.toolsAdded.map(toolText)),
    named('tools removed', changes.toolsRemoved.map(toolText)),
    named('tools redefined', changes.toolsRedefined.map(toolText)),
    named(
      'category changed',
      changes.categoryChanged.map((change) => `${toolText(change)} ${change.from} → ${change.to}`),
    ),
    named(
      'access raised',
      changes.accessRaised.map((change) => `${toolText(change)} ${change.from} → ${change.to}`),
    ),
  ].filter(Boolean);
  return lines.length === 0 ? `Changes since run ${since}: none.` : `Changes since run ${since}\n${lines.join('\n')}`;
}

function toolText({ server, tool }: { readonly server: string; readonly tool: string }): string {
  return `${server} ${tool}`;
}

function named(what: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `  ${what}: ${items.length}\n${items
    .slice(0, SHOWN)
    .map((item) => `    ${visibleText(item)}`)
    .join('\n')}${more(items)}`;
}

function more(items: readonly unknown[]): string {
  return items.length > SHOWN ? `\n    … and ${items.length - SHOWN} more (--json has all)` : '';
}

function feedLine({ feed }: RunReport): string {
  if (!feed) return '';
  return `Feed: ${relative('.', feed.folder) || feed.folder}, generation ${feed.generation}${feed.changed ? '' : ', unchanged'}`;
}
