import { z } from 'zod';

/** The names and windows of the published policy JSON, version 1. */
const PolicyLimit = z.strictObject({
  counter: z.string().min(1),
  window: z.enum(['minute', 'hour', 'day']),
  max: z.number().int().positive(),
  scope: z.literal('grant'),
});

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** The members of a call that a path goes down: `args.filter.name`. No member can be named whose name has a dot in it. */
const PolicyPath = z.string().regex(/^args(?:\.[^.]+){1,16}$/, 'Invalid input: expected a path such as args.amount');

/** One comparison. Where the argument is absent every operator but `exists` is false. Types are compared as they are: `"false"` is not `false`. */
export const PolicyCondition = z.discriminatedUnion('op', [
  z.strictObject({ path: PolicyPath, op: z.enum(['in', 'not_in']), value: z.array(Scalar).min(1) }),
  z.strictObject({ path: PolicyPath, op: z.enum(['eq', 'neq']), value: Scalar }),
  z.strictObject({ path: PolicyPath, op: z.enum(['lte', 'gte', 'lt', 'gt']), value: z.number() }),
  z.strictObject({ path: PolicyPath, op: z.literal('exists'), value: z.boolean() }),
]);
export type PolicyCondition = z.infer<typeof PolicyCondition>;

const PolicyRequirement = z.strictObject({
  /** All must hold, or the call is denied. */
  conditions: z.array(PolicyCondition).min(1),
  on_deny: z.string(),
});

const PolicyDenial = z.strictObject({
  /** Where all hold the call is denied; an empty list always denies. */
  conditions: z.array(PolicyCondition),
  on_deny: z.string(),
});

export const ToolPolicy = z.strictObject({
  require: z.array(PolicyRequirement).optional(),
  /** First denial wins, before limits are looked at. */
  deny_if: z.array(PolicyDenial).optional(),
  limits: z.array(PolicyLimit).optional(),
});
export type ToolPolicy = z.infer<typeof ToolPolicy>;

/** What a client may do with a server's tools by default, in the published JSON form. Keys stand in this order. */
export const PolicyDocument = z.strictObject({
  version: z.literal('1'),
  default: z.enum(['allow', 'deny']),
  /** Tools not shown to the client at all, sorted. */
  hide: z.array(z.string()).optional(),
  /** The form has quotas over all calls; Assay neither writes nor takes them. */
  all_tools: z
    .strictObject({ limits: z.array(PolicyLimit).max(0, 'Limits over all tools are not taken: give each tool its own') })
    .optional(),
  /** One body per tool that is shown, sorted by name; `{}` allows every call. */
  tools: z.record(z.string(), ToolPolicy).optional(),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;
