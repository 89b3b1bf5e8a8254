import type { Classification } from '../src/model/classification.ts';
import type { ToolDefinition } from '../src/model/tool.ts';

/** A tool as its server sent it, with what the classifier said of it: what a finding across tools, or across versions of one, is made from. */
export interface JudgedTool {
  readonly definition: ToolDefinition;
  readonly classification: Classification;
}
