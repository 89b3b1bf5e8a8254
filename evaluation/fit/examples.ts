import { classifyTool } from '../../classifiers/classify-tool.ts';
import type { Totals } from '../../classifiers/fitted/confidence.ts';
import { type ParsedTool, parseTool } from '../../classifiers/parsed-tool.ts';
import type { Category, CategoryEvidence } from '../../src/model/classification.ts';
import { Tool, type ToolDefinition } from '../../src/model/tool.ts';
import { annotatedRows, type CorpusTool, categoryRows, goldRows } from '../corpora.ts';
import { isHeldOut } from '../split.ts';

export type FittedCorpus = 'gold' | 'reviewed' | 'composed' | 'annotated';

/** A labelled tool of the build part beside what the rules alone say of it. */
export interface Example {
  readonly corpus: FittedCorpus;
  readonly server: string;
  readonly parsed: ParsedTool;
  /** Unknown where the author only says that it does not just read. */
  readonly expected: Category | undefined;
  readonly expectedRead: boolean;
  readonly found: Category;
  readonly confidence: number;
  readonly evidence: readonly CategoryEvidence[];
  readonly totals: Totals;
}

/** Everything a model may be fitted on. Nothing of a held-out server is read, and a tool that stands in two corpora counts once, by its category. */
export function buildExamples(): Example[] {
  const labelled = (['gold', 'reviewed', 'composed'] as const).flatMap((corpus) => {
    const rows = corpus === 'gold' ? goldRows() : categoryRows(corpus);
    return rows.filter(isBuilt).map((row) => exampleOf(corpus, row, row.definition, row.expected, row.expected === 'Read'));
  });
  const known = new Set(labelled.map(({ server, parsed }) => keyOf(server, parsed.tool.name)));
  const annotated = annotatedRows().filter((row) => isBuilt(row) && !known.has(keyOf(row.server, row.definition.name)));
  return [
    ...labelled,
    ...annotated.map((row) => {
      const read = row.expected === 'read';
      return exampleOf('annotated', row, withoutAnnotations(row.definition), read ? 'Read' : undefined, read);
    }),
  ];
}

function isBuilt({ server }: CorpusTool): boolean {
  return !isHeldOut(server);
}

function keyOf(server: string, tool: string): string {
  return JSON.stringify([server, tool]);
}

function exampleOf(
  corpus: FittedCorpus,
  { server, context }: CorpusTool,
  definition: ToolDefinition,
  expected: Category | undefined,
  expectedRead: boolean,
): Example {
  const { category: found, confidence, evidence } = classifyTool(definition, context);
  const parsed = parseTool(Tool.parse(definition), context);
  return { corpus, server, parsed, expected, expectedRead, found, confidence, evidence, totals: totalsOf(evidence) };
}

/** Where the label comes from the hints, the hints may not be seen. */
function withoutAnnotations({ annotations: _, ...definition }: ToolDefinition): ToolDefinition {
  return definition as ToolDefinition;
}

function totalsOf(evidence: readonly CategoryEvidence[]): Totals {
  const totals = new Map<Category, number>();
  for (const { category, weight } of evidence) totals.set(category, (totals.get(category) ?? 0) + weight);
  return totals;
}
