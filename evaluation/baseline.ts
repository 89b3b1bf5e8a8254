import { readFileSync, writeFileSync } from 'node:fs';
import { classifyTool } from '../classifiers/classify-tool.ts';
import { annotatedRows, categoryRows, goldRows, liveTools, poisonedRows } from './corpora.ts';
import { type JudgedRow, judgeAnnotated, judgeCategories, judgePoisoned } from './judge.ts';

/** A file of verdicts: one row a line, sorted, so that a change of the classifier shows as the rows it moved. */
export interface BaselineFile {
  readonly name: string;
  readonly text: string;
}

const FOLDER = new URL('baseline/', import.meta.url);

/** The verdict of every row of every corpus, with and without annotations. */
export function baselineFiles(): BaselineFile[] {
  return [
    file(
      'gold',
      ['found', 'found blind'],
      bothWays((blind) => judgeCategories(goldRows(), blind)),
    ),
    file(
      'reviewed',
      ['found', 'found blind'],
      bothWays((blind) => judgeCategories(categoryRows('reviewed'), blind)),
    ),
    file(
      'composed',
      ['found', 'found blind'],
      bothWays((blind) => judgeCategories(categoryRows('composed'), blind)),
    ),
    ...(['fresh', 'unseen'] as const).map((corpus) =>
      file(
        corpus,
        ['found', 'found blind'],
        bothWays((blind) => judgeCategories(categoryRows(corpus), blind)),
      ),
    ),
    file(
      'annotated',
      ['category', 'category blind'],
      bothWays((blind) => judgeAnnotated(annotatedRows(), blind)),
    ),
    ...(['poisoned', 'composed-poisoned'] as const).map((corpus) => file(corpus, ['found', 'techniques'], poisonedLines(corpus))),
    { name: 'live-tools', text: linesText(['server', 'tool', 'category', 'signals', 'findings'], liveLines()) },
  ];
}

/** @returns the files written. */
export function writeBaseline(): string[] {
  return baselineFiles().map(({ name, text }) => {
    writeFileSync(new URL(`${name}.tsv`, FOLDER), text);
    return `evaluation/baseline/${name}.tsv`;
  });
}

/** What stands in the repository. */
export function writtenBaseline(name: string): string {
  return readFileSync(new URL(`${name}.tsv`, FOLDER), 'utf8');
}

function file(name: string, columns: readonly string[], lines: string[][]): BaselineFile {
  return { name, text: linesText(['server', 'tool', 'expected', ...columns], lines) };
}

function linesText(header: readonly string[], lines: readonly string[][]): string {
  const sorted = lines.map((cells) => cells.map((cell) => cell.replace(/\s+/g, ' ').toWellFormed()).join('\t')).sort();
  return `${[header.join('\t'), ...sorted].join('\n')}\n`;
}

function bothWays(judge: (blind: boolean) => JudgedRow[]): string[][] {
  const blind = judge(true);
  return judge(false).map(({ server, tool, expected, category }, index) => [
    server,
    tool,
    expected,
    category,
    blind[index]?.category ?? '',
  ]);
}

function poisonedLines(corpus: 'poisoned' | 'composed-poisoned'): string[][] {
  return judgePoisoned(poisonedRows(corpus)).map(({ server, tool, expected, found, evidence, labelledBecause }) => {
    const techniques = [...new Set(evidence.map(({ by }) => by))].sort().join(', ');
    return [server, `${labelledBecause} ${tool}`, expected, found, techniques];
  });
}

function liveLines(): string[][] {
  return liveTools().map(({ server, definition, context }) => {
    const { category, signals, findings } = classifyTool(definition, context);
    const found = findings.map(({ kind, technique }) => `${kind}: ${technique}`);
    return [server, definition.name, category, signals.map(({ id }) => id).join(' '), found.sort().join(', ')];
  });
}
