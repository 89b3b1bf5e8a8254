import { classifyTool } from '../../classifiers/classify-tool.ts';
import { decide } from '../../classifiers/decide.ts';
import { parseTool } from '../../classifiers/parsed-tool.ts';
import type { Rule } from '../../classifiers/rule.ts';
import { RULES } from '../../classifiers/rules/index.ts';
import type { Signal } from '../../classifiers/signal.ts';
import type { Classification, Evidence } from '../../src/model/classification.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { ServerContext } from '../../src/model/server.ts';
import type { Tool, ToolAnnotations } from '../../src/model/tool.ts';

export const CONTEXT: ServerContext = { name: 'example', toolNames: [] };

/** One line of a table: name, description, properties of the input schema, annotations. */
export type Example = readonly [name: string, description?: string, properties?: JsonObject, annotations?: ToolAnnotations];

/** Table rows with a title that reads as the tool. */
export function rows(examples: readonly Example[]): [title: string, example: Example][] {
  return examples.map((example) => [`${example[0]}: ${example[1] ?? 'nothing'}`, example]);
}

function toolOf([name, description, properties, annotations]: Example): Tool {
  return { name, description, annotations, inputSchema: { type: 'object', properties: properties ?? {} } };
}

/** What one rule says of a tool, summed for the rule's own category. */
export function weightBy(rule: Rule, example: Example): number {
  const evidence = rule.detect(parseTool(toolOf(example), CONTEXT)).filter(({ category }) => category === rule.category);
  return evidence.reduce((sum, { weight }) => sum + weight, 0);
}

/** Where one signal fires on a tool. */
export function foundBy(signal: Signal, example: Example): readonly Evidence[] {
  const parsed = parseTool(toolOf(example), CONTEXT);
  return signal.detect(parsed, decide(RULES.flatMap((rule) => rule.detect(parsed))));
}

export function classify(example: Example, context: ServerContext = CONTEXT): Classification {
  return classifyTool(toolOf(example), context);
}
