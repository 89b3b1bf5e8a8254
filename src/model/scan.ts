import { z } from 'zod';
import { Classification } from './classification.ts';
import { EnumerationSummary } from './enumeration.ts';
import { Provenance, ToolDefinition } from './tool.ts';

/** What `assay scan --json` prints for one target. `tools` is empty when the enumeration did not list any; its status says why. */
export const ScanDocument = z.object({
  server: z.object({ name: z.string(), target: z.string() }),
  enumeration: EnumerationSummary,
  tools: z.array(z.object({ hash: z.string(), provenance: Provenance, definition: ToolDefinition, classification: Classification })),
});
export type ScanDocument = z.infer<typeof ScanDocument>;
