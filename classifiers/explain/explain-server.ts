import type { Finding } from '../../src/model/classification.ts';
import type { Explanation } from '../../src/model/explanation.ts';
import { gradeOf } from '../grade.ts';
import type { JudgedTool } from '../judged-tool.ts';
import { gradeArithmetic } from './arithmetic.ts';
import { explainedFinding, explainTool } from './explain-tool.ts';

export interface ServerToExplain {
  readonly name: string;
  /** What was scanned, the id in the catalogue, or the file. */
  readonly target: string;
  readonly tools: readonly JudgedTool[];
  /** Of the server as a whole. */
  readonly findings: readonly Finding[];
  /** Names of tools that have another definition by now than their corrections were made for. */
  readonly stale: ReadonlySet<string>;
}

/** Why a server has its grade and each of its tools is what it is, in words. Tools worst first. */
export function explainServer({ name, target, tools, findings, stale }: ServerToExplain): Explanation {
  const classifications = tools.map(({ classification }) => classification);
  const grade = gradeOf(classifications, [...findings, ...classifications.flatMap((classification) => classification.findings)]);
  const worstFirst = [...tools].sort(({ classification: a }, { classification: b }) => b.score - a.score || (a.name < b.name ? -1 : 1));
  return {
    server: {
      name,
      target,
      ...grade,
      arithmetic: grade ? gradeArithmetic(grade, tools.length) : [],
      findings: findings.map(explainedFinding),
    },
    tools: worstFirst.map((tool) => explainTool(tool, { stale: stale.has(tool.definition.name) })),
  };
}
