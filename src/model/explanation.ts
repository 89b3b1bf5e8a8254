import { z } from 'zod';
import { ActionClassification, Category, Classification, Evidence, Finding } from './classification.ts';
import { ServerGrade } from './grade.ts';

/** Evidence, and its place in words: `the parameter files[].path`. */
export const ExplainedEvidence = Evidence.extend({ place: z.string() });
export type ExplainedEvidence = z.infer<typeof ExplainedEvidence>;

/** What one rule had to say for or against categories. */
export const Reason = z.object({
  /** Id of the rule. */
  rule: z.string(),
  /** What the rule looks for, and why that matters; absent for a rule that there is no more. */
  finds: z.string().optional(),
  why: z.string().optional(),
  /** What it speaks for, or against where `weight` is negative. */
  categories: z.array(Category).min(1),
  /** The strength of all its evidence together, for each of the categories. */
  weight: z.number(),
  evidence: z.array(ExplainedEvidence).min(1),
});
export type Reason = z.infer<typeof Reason>;

export const ExplainedFinding = Finding.extend({ evidence: z.array(ExplainedEvidence) });
export type ExplainedFinding = z.infer<typeof ExplainedFinding>;

/** Why one tool is what Assay says it is. All texts are for people; what they quote is a stranger's. */
export const ToolExplanation = z.object({
  /** What it is, in a sentence. */
  verdict: z.string(),
  /** The strongest reason, in a line. */
  summary: z.string(),
  classification: Classification,
  /** What spoke for the category, strongest first; empty where nothing did. */
  because: z.array(Reason),
  /** What spoke against it. */
  against: z.array(Reason),
  /** What spoke for or against other categories. */
  otherwise: z.array(Reason),
  /** Why something else that was spoken for did not decide. */
  weighing: z.array(z.string()),
  /** What the author's annotations claim, and what is made of it. */
  claims: z.array(z.string()),
  certainty: z.string(),
  signals: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      why: z.string().optional(),
      /** Share of the room for a higher score that it takes. */
      weight: z.number(),
      evidence: z.array(ExplainedEvidence),
    }),
  ),
  /** How the score comes about, step by step. */
  arithmetic: z.array(z.string()),
  /** Each action of a tool with several, and the strongest reason for its category. */
  actions: z.array(ActionClassification.omit({ evidence: true }).extend({ summary: z.string() })),
  correction: z
    .object({
      text: z.string(),
      /** The definition is another one by now. It is still applied. */
      stale: z.boolean(),
    })
    .optional(),
  findings: z.array(ExplainedFinding),
});
export type ToolExplanation = z.infer<typeof ToolExplanation>;

/** What `assay explain --json` prints: a server with all of its tools, or with those that were asked for. */
export const Explanation = z.object({
  server: z.object({
    name: z.string(),
    /** What was scanned, the id in the catalogue, or the file. */
    target: z.string(),
    grade: ServerGrade.shape.grade.optional(),
    score: ServerGrade.shape.score.optional(),
    parts: ServerGrade.shape.parts.optional(),
    /** How the grade comes about, step by step. */
    arithmetic: z.array(z.string()),
    /** What is wrong with the server as a whole. */
    findings: z.array(ExplainedFinding),
  }),
  /** Worst first. */
  tools: z.array(ToolExplanation),
});
export type Explanation = z.infer<typeof Explanation>;
