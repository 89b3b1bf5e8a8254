import { changeFindings } from '../classifiers/change-findings.ts';
import { classifyTool } from '../classifiers/classify-tool.ts';
import { serverFindings } from '../classifiers/server-findings.ts';
import type { Category, Classification, Evidence, Finding } from '../src/model/classification.ts';
import type { ToolDefinition } from '../src/model/tool.ts';
import type { AnnotatedRow, CategoryRow, CorpusTool, PoisonedRow } from './corpora.ts';
import type { Compared } from './figures.ts';

/** A labelled tool beside what the classifier says of it and why. */
export interface JudgedRow<Label extends string = string> extends Compared<Label> {
  readonly tool: string;
  readonly category: Category;
  /** Whether the label is beyond doubt. */
  readonly sure: boolean;
  readonly labelledBecause: string;
  readonly evidence: readonly Evidence[];
}

export function judgeCategories(rows: readonly CategoryRow[], blind: boolean): JudgedRow<Category>[] {
  return rows.map((row) => {
    const classification = classified(row, blind);
    return {
      ...judgedFrom(row, classification),
      expected: row.expected,
      found: classification.category,
      sure: row.sure,
      labelledBecause: row.why,
    };
  });
}

/** Only read or not is labelled, so everything that is not Read is `write` here. */
export function judgeAnnotated(rows: readonly AnnotatedRow[], blind: boolean): JudgedRow<'read' | 'write'>[] {
  return rows.map((row) => {
    const classification = classified(row, blind);
    const found = classification.category === 'Read' ? 'read' : 'write';
    const sure = row.strength === 'explicit' || row.strength === 'grouping';
    return { ...judgedFrom(row, classification), expected: row.expected, found, sure, labelledBecause: `${row.strength} hint` };
  });
}

/** Found is `malicious` from a finding of poisoning of medium severity. Rows of a pair are two versions of one tool, rows of a group one server. */
export function judgePoisoned(rows: readonly PoisonedRow[]): JudgedRow<'malicious' | 'benign'>[] {
  const judged = rows.map((row) => ({
    row,
    tool: { definition: row.definition, classification: classifyTool(row.definition, row.context) },
  }));
  return judged.map(({ row, tool }, index) => {
    const before = judged.slice(0, index).findLast((other) => row.pair !== undefined && other.row.pair === row.pair);
    const group = judged.filter((other) => row.group !== undefined && other.row.group === row.group).map((other) => other.tool);
    const ofServer = serverFindings(group, row.context).filter(({ evidence }) => evidence.some((at) => at.tool === row.definition.name));
    const findings = [...tool.classification.findings, ...(before ? changeFindings(before.tool, tool) : []), ...ofServer];
    const found = isPoisoned(findings) ? 'malicious' : 'benign';
    const evidence = findings.flatMap((finding) =>
      finding.evidence.map((at) => ({ ...at, by: `${finding.technique} (${finding.severity})` })),
    );
    return {
      ...judgedFrom(row, tool.classification),
      expected: row.expected,
      found,
      sure: true,
      labelledBecause: `${row.id} ${row.technique}`,
      evidence,
    };
  });
}

/** Whether a finding of poisoning counts: medium or worse. */
export function isPoisoned(findings: readonly Finding[]): boolean {
  return findings.some(({ kind, severity }) => kind === 'poisoning' && severity !== 'low');
}

function judgedFrom({ server, definition }: CorpusTool, { category, confidence, evidence }: Classification) {
  return { server, tool: definition.name, category, confidence, evidence };
}

function classified({ definition, context }: CorpusTool, blind: boolean): Classification {
  return classifyTool(blind ? withoutAnnotations(definition) : definition, context);
}

function withoutAnnotations({ annotations: _, ...definition }: ToolDefinition): ToolDefinition {
  return definition as ToolDefinition;
}
