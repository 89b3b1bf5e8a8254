import { z } from 'zod';
import { Finding } from './classification.ts';

/** What is wrong with how a tool's definition last changed. */
export const ToolChange = z.object({
  tool: z.string(),
  /** Hash of the definition that it became. */
  hash: z.string(),
  /** Each says since when. */
  findings: z.array(Finding).min(1),
});
export type ToolChange = z.infer<typeof ToolChange>;
