import { changeFindings } from '../../classifiers/change-findings.ts';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import type { JudgedTool } from '../../classifiers/judged-tool.ts';
import { serverFindings } from '../../classifiers/server-findings.ts';
import type { Classification, Finding } from '../model/classification.ts';
import type { ServerContext } from '../model/server.ts';
import type { ToolDefinition } from '../model/tool.ts';

/**
 * Classifies the definitions of one server. Of several with one name each is a newer version of the one before: what is wrong with the change is among the
 * newer one's findings. What is wrong with the server as a whole and poisons tools is among the findings of the tools that it names.
 */
export function judgeVersions(definitions: readonly ToolDefinition[], context: ServerContext): Classification[] {
  const judged = definitions.map((definition) => ({ definition, classification: classifyTool(definition, context) }));
  const newest = new Map<string, JudgedTool>();
  const changed = judged.map((tool) => {
    const before = newest.get(tool.definition.name);
    newest.set(tool.definition.name, tool);
    return before ? changeFindings(before, tool) : [];
  });
  const ofServer = serverFindings([...newest.values()], context).filter(({ kind }) => kind === 'poisoning');
  return judged.map((tool, index) => {
    const isNewest = newest.get(tool.definition.name) === tool;
    const named = isNewest ? ofServer.filter((finding) => names(finding, tool.definition.name)) : [];
    return withFindings(tool.classification, [...(changed[index] ?? []), ...named]);
  });
}

function names({ evidence }: Finding, tool: string): boolean {
  return evidence.some((piece) => piece.tool === tool);
}

function withFindings(classification: Classification, more: readonly Finding[]): Classification {
  return more.length === 0 ? classification : { ...classification, findings: [...classification.findings, ...more] };
}
