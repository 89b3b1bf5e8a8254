import { z } from 'zod';
import { Classification, Finding } from './classification.ts';
import { EnumerationSummary } from './enumeration.ts';
import { ServerGrade } from './grade.ts';
import { Provenance, ToolDefinition } from './tool.ts';

/** What `assay scan --json` prints for one target. `tools` is empty when the enumeration did not list any; its status says why. */
export const ScanDocument = z.object({
  server: z.object({
    name: z.string(),
    target: z.string(),
    /** Absent when it lists no tools. */
    grade: ServerGrade.shape.grade.optional(),
    score: ServerGrade.shape.score.optional(),
    /** What is wrong with the server as a whole; absent when its tools are not known. What is wrong with one tool is in its classification. */
    findings: z.array(Finding).optional(),
  }),
  enumeration: EnumerationSummary,
  tools: z.array(
    z.object({
      hash: z.string(),
      provenance: Provenance,
      /** True where only the widest list has it so; the attempt that gave it says what that took. */
      widest: z.literal(true).optional(),
      definition: ToolDefinition,
      classification: Classification,
    }),
  ),
});
export type ScanDocument = z.infer<typeof ScanDocument>;
