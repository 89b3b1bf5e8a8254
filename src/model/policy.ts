import { z } from 'zod';

/** The names and windows of the published policy JSON, version 1. */
const PolicyLimit = z.object({
  counter: z.string(),
  window: z.enum(['minute', 'hour', 'day']),
  max: z.number().int().positive(),
  scope: z.literal('grant'),
});

const PolicyDenial = z.object({
  /** All must hold; an empty list always denies. */
  conditions: z.array(z.never()),
  on_deny: z.string(),
});

export const ToolPolicy = z.object({
  limits: z.array(PolicyLimit).min(1).optional(),
  deny_if: z.array(PolicyDenial).min(1).optional(),
});
export type ToolPolicy = z.infer<typeof ToolPolicy>;

/** What a client may do with a server's tools by default, in the published JSON form. Keys stand in this order. */
export const PolicyDocument = z.object({
  version: z.literal('1'),
  default: z.literal('deny'),
  /** Tools not shown to the client at all, sorted. */
  hide: z.array(z.string()).min(1).optional(),
  /** One body per tool that is shown, sorted by name; `{}` allows every call. */
  tools: z.record(z.string(), ToolPolicy).optional(),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;
