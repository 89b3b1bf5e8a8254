import { z } from 'zod';
import { Severity } from './classification.ts';

/** A is the best. */
export const Grade = z.enum(['A', 'B', 'C', 'D', 'E', 'F']);
export type Grade = z.infer<typeof Grade>;

const Percent = z.number().min(0).max(100);

/** What one server exposes a client to, from its tools and everything that is wrong with it; `docs/scoring.md` has the formula. */
export const ServerGrade = z.object({
  grade: Grade,
  /** 0–100, higher is worse; grows with every tool and every finding. */
  score: z.number().int().min(0).max(100),
  /** The numbers that it was made of. */
  parts: z.object({
    worst: z.object({ tool: z.string(), score: Percent }),
    /** How much there is beside the worst tool: 0 for few and harmless tools, 100 for many that destroy. */
    breadth: Percent,
    /** Of the tools alone. */
    exposure: Percent,
    /** Findings of each severity, worst first; those of the server and of its tools. */
    findings: z.array(z.object({ severity: Severity, count: z.number().int().min(1) })),
    /** A critical poisoning finding makes it F whatever else was found. */
    poisoned: z.literal(true).optional(),
  }),
});
export type ServerGrade = z.infer<typeof ServerGrade>;
