import { applyCorrection } from '../../classifiers/apply-correction.ts';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import { gradeOf } from '../../classifiers/grade.ts';
import type { JudgedTool } from '../../classifiers/judged-tool.ts';
import { cloaking } from '../../classifiers/server/cloaking.ts';
import { serverFindings } from '../../classifiers/server-findings.ts';
import type { Finding } from '../model/classification.ts';
import type { Correction } from '../model/correction.ts';
import type { ServerGrade } from '../model/grade.ts';
import type { ServerContext } from '../model/server.ts';
import type { ToolDefinition } from '../model/tool.ts';

/** All that is said of a server from one listing of its tools. */
export interface JudgedServer {
  /** In the order of the listing. */
  readonly tools: readonly JudgedTool[];
  /** Of the server as a whole. */
  readonly findings: readonly Finding[];
  readonly grade?: ServerGrade;
}

export { cloaking };

interface Circumstances {
  readonly context: ServerContext;
  /** Of this server, by tool. */
  readonly corrections: ReadonlyMap<string, Correction>;
  /** What a second look found. */
  readonly cloaked?: readonly Finding[];
}

export function judgeTools(definitions: readonly ToolDefinition[], { context, corrections, cloaked = [] }: Circumstances): JudgedServer {
  const classified = definitions.map((definition) => ({ definition, classification: classifyTool(definition, context) }));
  const findings = [...serverFindings(classified, context), ...cloaked];
  const tools = classified.map((tool) => corrected(tool, corrections));
  return { tools, findings, grade: gradeOfServer(tools, findings) };
}

/** Where a correction says otherwise, it counts. */
export function corrected(tool: JudgedTool, corrections: ReadonlyMap<string, Correction>): JudgedTool {
  const correction = corrections.get(tool.definition.name);
  return correction ? { ...tool, classification: applyCorrection(tool, correction) } : tool;
}

/** The grade of what was found of the tools, and of the server as a whole. */
export function gradeOfServer(tools: readonly Pick<JudgedTool, 'classification'>[], findings: readonly Finding[]): ServerGrade | undefined {
  const classifications = tools.map(({ classification }) => classification);
  return gradeOf(classifications, [...findings, ...classifications.flatMap((classification) => classification.findings)]);
}
