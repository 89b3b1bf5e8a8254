import { z } from 'zod';
import { Access, Category } from './classification.ts';

/** What a policy does with a call, loosest first. `hide`: denied, and the tool is not shown either. */
export const Decision = z.enum(['allow', 'limit', 'approve', 'deny', 'hide']);
export type Decision = z.infer<typeof Decision>;

export const Window = z.enum(['minute', 'hour', 'day']);
export type Window = z.infer<typeof Window>;

/** A value that only the user of the policy knows. A policy that still holds one is not loaded. */
const Placeholder = z.strictObject({ placeholder: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/) });

/**
 * Where an argument stands: names of members, outermost first; no dots or brackets are read into them. Arrays on the way are walked: what is said of the
 * argument holds of every element.
 */
const ArgumentPath = z.array(z.string()).min(1).max(16);

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const OfArgument = z.strictObject({
  path: ArgumentPath,
  /** What it comes to when the call has no such argument. */
  ifAbsent: z.enum(['holds', 'fails']),
});

/** What an argument must be like. A value of another type than the one that is asked for never holds; nothing is converted. */
export const Condition = z.discriminatedUnion('op', [
  OfArgument.extend({ op: z.literal('one-of'), values: z.array(Scalar).min(1) }),
  OfArgument.extend({ op: z.literal('not-one-of'), values: z.array(Scalar).min(1) }),
  /** A finite number from 0 to this one. */
  OfArgument.extend({ op: z.literal('at-most'), value: z.union([z.number().min(0), Placeholder]) }),
  /** A path of this folder or below it as it is written, `.` and `..` worked out; links are not followed. Absolute unless the folder is relative too. */
  OfArgument.extend({ op: z.literal('within-folder'), value: z.union([z.string().min(1), Placeholder]) }),
  /** An https URL without user info whose host is one of these, without regard to case. */
  OfArgument.extend({ op: z.literal('host-one-of'), values: z.union([z.array(z.string().min(1)).min(1), Placeholder]) }),
  /** Texts, such as recipients. */
  OfArgument.extend({ op: z.literal('text-one-of'), values: z.union([z.array(z.string()).min(1), Placeholder]) }),
]);
export type Condition = z.infer<typeof Condition>;

/** How often, or for how much, in a window of the calendar in UTC. */
export const Limit = z.strictObject({
  /** Limits of one counter, window and scope count together, whatever the tool. */
  counter: z.string().min(1),
  window: Window,
  /** The call that would make it more is denied. */
  max: z.number().int().positive(),
  /** `grant`: counted for each grant (a person, an agent) by itself. `all`: over all of them. */
  scope: z.enum(['grant', 'all']),
  /** Adds up this argument instead of counting calls: a finite number from 0, else the call is denied. */
  amount: ArgumentPath.optional(),
});
export type Limit = z.infer<typeof Limit>;

/** Why a tool is treated so: nothing of it decides. */
const Why = z.strictObject({
  category: Category,
  access: Access,
  /** `unknown`: nothing is known of the tool, and it is treated as a Write. */
  by: z.enum(['classification', 'correction', 'unknown']),
  /** One sentence for people. Says what Assay found; quotes of the server's own text stand in `evidence` alone. */
  reason: z.string(),
  /** At most three places in the definition, as the classification gives them. */
  evidence: z.array(z.strictObject({ at: z.string(), excerpt: z.string() })),
  /** Ids of signals, sorted. */
  signals: z.array(z.string()),
});

/** What is done with the calls of one tool. */
export const ToolRule = z.strictObject({
  /** The name exactly; no wildcards, whatever it looks like. */
  tool: z.string(),
  decision: Decision,
  /** All must leave room; at least one where the decision is `limit`, none else than with `limit` and `approve`. */
  limits: z.array(Limit),
  /** All must hold, or the call is denied, whatever the decision says. */
  require: z.array(Condition),
  /** What a denied caller is told. */
  message: z.string().optional(),
  /** SHA-256 of the canonical JSON of the definition that was judged. */
  definition: z.string().optional(),
  why: Why,
});
export type ToolRule = z.infer<typeof ToolRule>;

export const Profile = z.enum(['standard', 'strict', 'read-only']);
export type Profile = z.infer<typeof Profile>;

/** What clients may do with a server's tools, and why: the model that every format is written from. Keys stand in this order. */
export const AccessPolicy = z.strictObject({
  /** Names the form: `assay-policy/1`. */
  form: z.literal('assay-policy/1'),
  /** What the server is called, for people. */
  server: z.string(),
  profile: Profile,
  classifierVersion: z.string().optional(),
  /** What is done with a tool that no rule names. */
  default: z.enum(['allow', 'deny']),
  /** One per tool, by name. */
  rules: z.array(ToolRule),
  /** What has to be filled in before it is loaded, by name. */
  placeholders: z.array(z.strictObject({ name: Placeholder.shape.placeholder, meaning: z.string() })),
});
export type AccessPolicy = z.infer<typeof AccessPolicy>;
