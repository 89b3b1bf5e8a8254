import type { Category, CategoryEvidence } from '../src/model/classification.ts';
import type { Mention } from './excerpt.ts';
import type { ParsedTool } from './parsed-tool.ts';

/** One named reason for a category, or against others. Pure: the same tool gives the same evidence in the same order. */
export interface Rule {
  /** A noun phrase for what is found. Published, so never reused. */
  readonly id: string;
  /** What its evidence speaks for, unless the evidence says otherwise. */
  readonly category: Category;
  readonly finds: string;
  readonly why: string;
  detect(parsed: ParsedTool): readonly CategoryEvidence[];
}

/** Evidence of a rule at one place. Weights are log-odds: 1 is a hint, 3 nearly settles it, below 0 speaks against. */
export function weigh(rule: Rule, { at, excerpt }: Mention, weight: number, category: Category = rule.category): CategoryEvidence {
  return { by: rule.id, at, excerpt, category, weight };
}

/** What a reading statement about the whole tool speaks against. */
export const CHANGING: readonly Category[] = ['Write', 'Execute', 'Permissions', 'Destructive', 'Financial'];
