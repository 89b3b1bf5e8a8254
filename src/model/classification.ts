import { z } from 'zod';

export const Category = z.enum(['Read', 'Write', 'Execute', 'Permissions', 'Destructive', 'Financial']);
export type Category = z.infer<typeof Category>;

export const Access = z.enum(['Read', 'Write', 'Admin']);
export type Access = z.infer<typeof Access>;

export const Risk = z.enum(['low', 'medium', 'high', 'critical']);
export type Risk = z.infer<typeof Risk>;

/** The one table from category to access and risk. */
export const CONSEQUENCE_OF: { readonly [C in Category]: { readonly access: Access; readonly risk: Risk } } = {
  Read: { access: 'Read', risk: 'low' },
  Write: { access: 'Write', risk: 'medium' },
  Execute: { access: 'Admin', risk: 'high' },
  Permissions: { access: 'Admin', risk: 'high' },
  Destructive: { access: 'Admin', risk: 'critical' },
  Financial: { access: 'Admin', risk: 'critical' },
};

/** One place in the tool where one rule or signal fired. */
export const Evidence = z.object({
  /** Id of the rule or signal. */
  by: z.string(),
  /** JSON Pointer into the tool definition; `/instructions`, without a `tool`, into what the server says of itself. */
  at: z.string(),
  /** What a reader would look at there, quoted. At most 160 characters. */
  excerpt: z.string(),
  /** Name of the tool the pointer leads into; only where a finding is about a server, or about several tools of it. */
  tool: z.string().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** Evidence for a category, or against it where `weight` is negative. */
export const CategoryEvidence = Evidence.extend({
  category: Category,
  /** Strength in log-odds: 1 is a hint, 3 nearly settles it. */
  weight: z.number(),
});
export type CategoryEvidence = z.infer<typeof CategoryEvidence>;

/** One named risk detail of a tool; never changes category, access or risk. */
export const SignalReport = z.object({
  id: z.string(),
  /** Wording for people, with the place it was found: `Handles credentials or secrets (access_token)`. */
  label: z.string(),
  evidence: z.array(Evidence).min(1),
});
export type SignalReport = z.infer<typeof SignalReport>;

export const Severity = z.enum(['low', 'medium', 'high', 'critical']);
export type Severity = z.infer<typeof Severity>;

/** Something wrong to act on. */
export const Finding = z.object({
  kind: z.enum(['poisoning', 'contradicted-annotation', 'toxic-combination', 'worsened-definition', 'cloaking']),
  severity: Severity,
  /** Stable slug of what exactly is wrong. */
  technique: z.string(),
  message: z.string(),
  evidence: z.array(Evidence),
  /** When a listing first showed it; only where it is about how a definition changed from one listing to the next. */
  since: z.iso.datetime().optional(),
});
export type Finding = z.infer<typeof Finding>;

/** What one action of a tool with several may do: `delete` of `action: list | delete`. */
export const ActionClassification = z.object({
  /** JSON Pointer to the parameter that chooses the action. */
  at: z.string(),
  /** The value of that parameter. */
  value: z.string(),
  category: Category,
  access: Access,
  risk: Risk,
  evidence: z.array(CategoryEvidence),
});
export type ActionClassification = z.infer<typeof ActionClassification>;

/** Where people changed what the classifier said of one tool of one server. */
export const AppliedCorrection = z.object({
  /** What the classifier says by itself. */
  classified: Category,
  why: z.string(),
  shownBy: z.string(),
  /** The day it was shown, `2026-11-21`. */
  date: z.iso.date(),
});
export type AppliedCorrection = z.infer<typeof AppliedCorrection>;

/** Category, access, risk, score, confidence and the evidence for them: what Assay says of one tool. */
export const Classification = z.object({
  name: z.string(),
  category: Category,
  access: Access,
  risk: Risk,
  /** 0–100, higher is worse; grows with every signal. */
  score: z.number().int().min(0).max(100),
  /** 0–1: of all tools given 0.9, nine in ten are right. */
  confidence: z.number().min(0).max(1),
  signals: z.array(SignalReport),
  findings: z.array(Finding),
  evidence: z.array(CategoryEvidence),
  /** Each action of a tool that offers several, in the order of the definition; the worst decides the tool. Empty for the others. */
  actions: z.array(ActionClassification).default([]),
  correction: AppliedCorrection.optional(),
  /** Version of the rules that said so; part of the key it is stored under. */
  classifierVersion: z.string(),
});
export type Classification = z.infer<typeof Classification>;
