import { z } from 'zod';
import { JsonObject } from './json.ts';
import { type ToolDefinition as Definition, isToolDefinition } from './tool-definition.ts';

/** The hints a tool's author attached: claims, not facts. A hint that is absent, or not a boolean, is absent, not false. */
export const ToolAnnotations = z.object({
  title: z.string().optional().catch(undefined),
  readOnlyHint: z.boolean().optional().catch(undefined),
  destructiveHint: z.boolean().optional().catch(undefined),
  idempotentHint: z.boolean().optional().catch(undefined),
  openWorldHint: z.boolean().optional().catch(undefined),
});
export type ToolAnnotations = z.infer<typeof ToolAnnotations>;

/** The fields of a tool definition that Assay reads; a field of a wrong type reads as absent, so one odd field does not cost the tool. */
export const Tool = z.object({
  name: z.string(),
  title: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  inputSchema: JsonObject.optional().catch(undefined),
  outputSchema: JsonObject.optional().catch(undefined),
  annotations: ToolAnnotations.optional().catch(undefined),
});
export type Tool = z.infer<typeof Tool>;

export const ToolDefinition = z.custom<ToolDefinition>(isToolDefinition, 'expected an object with a string "name"');
export type ToolDefinition = Definition;

/** How a tool is known: its server's own answer, a registry's list, the package's source, or a README. Live outranks the others. */
export const Provenance = z.enum(['live', 'declared', 'source', 'readme']);
export type Provenance = z.infer<typeof Provenance>;
