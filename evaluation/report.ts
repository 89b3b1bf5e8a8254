import type { CategoryEvidence } from '../src/model/classification.ts';
import { visibleText } from '../src/model/visible-text.ts';
import type { CorpusReport, Evaluation, FlaggedTools } from './evaluate.ts';
import type { Confusion, Figures } from './figures.ts';
import type { JudgedRow } from './judge.ts';

/** The whole evaluation for people. */
export function reportText({ part, blind, corpora, realTools, publishedGroups }: Evaluation): string {
  const { both, agreeing } = publishedGroups;
  return [
    `Servers: ${part}${blind ? '; the tools’ own annotations taken away' : ''}\n`,
    ...corpora.map(corpusText),
    '## real tools said to be poisoned\n',
    ...realTools.map(flaggedText),
    `\n## published groups\n\n${both === 0 ? 'no labelled tool is in a published group' : `${agreeing} of ${both} published groups are the labelled category (${percent(agreeing / both)})`}\n`,
  ].join('\n');
}

function flaggedText({ corpus, tools, flagged, perThousand }: FlaggedTools): string {
  const lines = flagged.map(
    ({ server, tool, findings }) =>
      `  ${visibleText(server)} ${visibleText(tool)}: ${findings.map((text) => visibleText(text)).join('; ')}`,
  );
  return [`${corpus}: ${flagged.length} of ${tools} (${perThousand.toFixed(2)} in 1,000)`, ...lines].join('\n');
}

function corpusText(report: CorpusReport): string {
  const { corpus, columns, confusion, reliability, worstServers, disagreements } = report;
  return [
    `## ${corpus}\n`,
    figuresTable(columns),
    `\nshould be (down), said to be (across)\n${confusionTable(confusion)}`,
    `\nconfidence  rows  said   right\n${reliability.map(({ from, rows, meanConfidence, right }) => `${from.toFixed(1)}–${(from + 0.1).toFixed(1)}  ${String(rows).padStart(8)}  ${meanConfidence.toFixed(3)}  ${right.toFixed(3)}`).join('\n')}`,
    `\nworst servers\n${worstServers.map(({ server, rows, right }) => `  ${percent(right).padStart(6)} of ${rows}  ${server}`).join('\n') || '  none'}`,
    `\n${disagreements.length} disagreements\n${disagreements.map(disagreementText).join('\n')}\n`,
  ].join('\n');
}

function figuresTable(columns: Readonly<Record<string, Figures>>): string {
  const titles = Object.keys(columns);
  const names = Object.keys(columns[titles[0] ?? ''] ?? {});
  const width = Math.max(...names.map((name) => name.length));
  const header = ' '.repeat(width) + titles.map((title) => title.padStart(16)).join('');
  const lines = names.map(
    (name) => name.padEnd(width) + titles.map((title) => figureText(columns[title]?.[name] ?? 0).padStart(16)).join(''),
  );
  return [header, ...lines].join('\n');
}

/** Counts as they are, shares with four places. */
function figureText(value: number): string {
  return Number.isInteger(value) && value !== 1 ? String(value) : value.toFixed(4);
}

function confusionTable(confusion: Confusion): string {
  const expected = Object.keys(confusion).sort();
  const found = [...new Set(expected.flatMap((label) => Object.keys(confusion[label] ?? {})))].sort();
  const header = ' '.repeat(12) + found.map((label) => label.padStart(13)).join('');
  const lines = expected.map(
    (label) => label.padEnd(12) + found.map((other) => String(confusion[label]?.[other] ?? '·').padStart(13)).join(''),
  );
  return [header, ...lines].join('\n');
}

const EVIDENCE_SHOWN = 4;

function disagreementText({ server, tool, expected, found, confidence, sure, labelledBecause, evidence }: JudgedRow): string {
  const shown = [...(evidence as CategoryEvidence[])]
    .sort((a, b) => Math.abs(b.weight ?? 0) - Math.abs(a.weight ?? 0))
    .slice(0, EVIDENCE_SHOWN)
    .map(
      ({ by, at, excerpt, category, weight }) =>
        `      ${category ? `${category} ${weight.toFixed(1)} ` : ''}${by} ${visibleText(at)} “${visibleText(excerpt)}”`,
    );
  const label = `${expected}${sure ? '' : '?'}`;
  return [`  ${visibleText(server)} ${visibleText(tool)}: ${label}, said ${found} (${confidence}): ${labelledBecause}`, ...shown].join(
    '\n',
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
