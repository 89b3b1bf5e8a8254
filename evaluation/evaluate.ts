import { classifyTool } from '../classifiers/classify-tool.ts';
import type { Category } from '../src/model/classification.ts';
import { annotatedRows, type CorpusTool, categoryRows, goldRows, liveTools, poisonedRows, publishedGroups } from './corpora.ts';
import {
  type Confusion,
  categoryFigures,
  confusionOf,
  detectionFigures,
  type Figures,
  isRight,
  type ReliabilityBin,
  readFigures,
  reliabilityOf,
  type ServerAccuracy,
  worstServersOf,
} from './figures.ts';
import { isPoisoned, type JudgedRow, judgeAnnotated, judgeCategories, judgePoisoned } from './judge.ts';
import { isHeldOut, isIn, type Part } from './split.ts';

/** What is said of one labelled corpus. */
export interface CorpusReport {
  readonly corpus: string;
  /** The same figures over different rows. */
  readonly columns: Readonly<Record<string, Figures>>;
  readonly confusion: Confusion;
  readonly reliability: readonly ReliabilityBin[];
  readonly worstServers: readonly ServerAccuracy[];
  readonly disagreements: readonly JudgedRow[];
}

/** A real tool that is said to be poisoned: next to none should be. */
export interface FlaggedTool {
  readonly server: string;
  readonly tool: string;
  readonly findings: readonly string[];
}

/** How many of the real tools of a corpus are said to be poisoned. */
export interface FlaggedTools {
  readonly corpus: string;
  readonly tools: number;
  readonly flagged: readonly FlaggedTool[];
  readonly perThousand: number;
}

export interface Evaluation {
  readonly part: Part;
  /** Whether the tools' own annotations were taken away first. */
  readonly blind: boolean;
  readonly corpora: readonly CorpusReport[];
  readonly realTools: readonly FlaggedTools[];
  /** How often a published catalogue's group is gold's category, where both have a tool of the same name. */
  readonly publishedGroups: { readonly both: number; readonly agreeing: number };
}

/** Classifies every corpus and compares. The same corpora and the same code give the same value. */
export function evaluate(part: Part, blind: boolean): Evaluation {
  return {
    part,
    blind,
    corpora: [
      reportOf('gold', judgeCategories(goldRows(), blind), categoryFigures, part),
      reportOf('reviewed', judgeCategories(categoryRows('reviewed'), blind), categoryFigures, part),
      reportOf('composed', judgeCategories(categoryRows('composed'), blind), categoryFigures, part),
      reportOf('fresh', judgeCategories(categoryRows('fresh'), blind), categoryFigures, part, 'build'),
      reportOf('unseen', judgeCategories(categoryRows('unseen'), blind), categoryFigures, part, 'held-out'),
      reportOf('annotated', judgeAnnotated(annotatedRows(), blind), readFigures, part),
      reportOf('poisoned', judgePoisoned(poisonedRows('poisoned')), detectionFigures, part),
      reportOf('composed-poisoned', judgePoisoned(poisonedRows('composed-poisoned')), detectionFigures, part),
    ],
    realTools: [flaggedOf('live-tools', liveTools(), part), flaggedOf('annotated', annotatedRows(), part)],
    publishedGroups: groupAgreement(part),
  };
}

/** @param side - Where all servers of the corpus stand on one side, whatever their names hash to. */
function reportOf<Label extends string>(
  corpus: string,
  judged: readonly JudgedRow<Label>[],
  figuresOf: (rows: readonly JudgedRow<Label>[]) => Figures,
  part: Part,
  side?: Part,
): CorpusReport {
  const rows = judged.filter(({ server }) => (side ? part === 'all' || part === side : isIn(part, server)));
  return {
    corpus,
    columns: Object.fromEntries(columnsOf(rows, side ?? part).map(([title, ofColumn]) => [title, figuresOf(ofColumn)])),
    confusion: confusionOf(rows),
    reliability: reliabilityOf(rows),
    worstServers: worstServersOf(rows),
    disagreements: rows.filter((row) => !isRight(row)),
  };
}

/** All rows and the sure ones, over all servers and over each side of the split. */
function columnsOf<Row extends JudgedRow>(rows: readonly Row[], part: Part): [string, readonly Row[]][] {
  const sides: [string, readonly Row[]][] = [[part, rows]];
  if (part === 'all') {
    sides.push(['build', rows.filter(({ server }) => !isHeldOut(server))]);
    sides.push(['held out', rows.filter(({ server }) => isHeldOut(server))]);
  }
  return sides.flatMap(([title, ofSide]): [string, readonly Row[]][] => {
    const sure = ofSide.filter((row) => row.sure);
    return sure.length === ofSide.length
      ? [[title, ofSide]]
      : [
          [title, ofSide],
          [`${title}, sure`, sure],
        ];
  });
}

function flaggedOf(corpus: string, rows: readonly CorpusTool[], part: Part): FlaggedTools {
  const tools = rows.filter(({ server }) => isIn(part, server));
  const flagged = tools.flatMap(({ server, definition, context }) => {
    const findings = classifyTool(definition, context).findings.filter((finding) => isPoisoned([finding]));
    const said = findings.map(
      ({ technique, severity, evidence }) => `${technique} (${severity}): ${evidence[0]?.at} ${evidence[0]?.excerpt}`,
    );
    return said.length === 0 ? [] : [{ server, tool: definition.name, findings: said }];
  });
  return { corpus, tools: tools.length, flagged, perThousand: (1000 * flagged.length) / Math.max(1, tools.length) };
}

/** The groups that are categories here; `Other` says nothing. */
const GROUPS: ReadonlySet<string> = new Set<Category>(['Read', 'Write', 'Execute', 'Destructive', 'Financial']);

function groupAgreement(part: Part): Evaluation['publishedGroups'] {
  const labelled = [...goldRows(), ...categoryRows('reviewed')].filter(({ server }) => isIn(part, server));
  const byTool = Map.groupBy(
    publishedGroups().filter(({ category }) => GROUPS.has(category)),
    ({ tool }) => tool,
  );
  const both = labelled.flatMap(({ server, definition, expected }) => {
    const group = byTool.get(definition.name)?.find((other) => isSameProduct(other.server, server));
    return group ? [{ expected, group: group.category }] : [];
  });
  return { both: both.length, agreeing: both.filter(({ expected, group }) => expected === group).length };
}

/** The groups are listed under a product, `postman`, the labels under a package or repository: `@postman/postman-mcp-server`. */
function isSameProduct(product: string, server: string): boolean {
  const words = new Set(server.toLowerCase().split(/\W+/));
  return product.split(/\W+/).every((word) => words.has(word));
}
