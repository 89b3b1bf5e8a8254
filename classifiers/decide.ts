import type { Category, CategoryEvidence } from '../src/model/classification.ts';
import { confidenceIn, LEAST_CONFIDENCE, type Totals } from './fitted/confidence.ts';

export interface Decision {
  readonly category: Category;
  /** 0–1: of all tools given 0.9, nine in ten are right. */
  readonly confidence: number;
  /** Whether evidence settled it, or it is only the best guess. */
  readonly established: boolean;
}

/** Most severe first; of two equally severe ones the better supported wins, then the first here. */
export const SEVERITY: { readonly [C in Category]: number } = {
  Destructive: 4,
  Financial: 4,
  Execute: 3,
  Permissions: 3,
  Write: 2,
  Read: 1,
};
const CATEGORIES = Object.keys(SEVERITY) as readonly Category[];

/** Weight from which a category counts as established: a verb in the name alone, or two hints. */
const ESTABLISHED = 1.5;

/** A best guess is never surer. */
const GUESSED = 0.6;

/**
 * Weighs the evidence of all rules: a category is established when its weights add up to {@link ESTABLISHED}, and the most severe
 * established one is the tool's. Where none is, the best supported is; without any evidence it is Write, with the lowest confidence.
 */
export function decide(evidence: readonly CategoryEvidence[]): Decision {
  const totals = totalsOf(evidence);
  let best: Category | undefined;
  for (const category of CATEGORIES) {
    const supported = (totals.get(category) ?? 0) > 0;
    if (supported && (best === undefined || outweighs(category, best, totals))) best = category;
  }
  if (best === undefined) return { category: 'Write', confidence: LEAST_CONFIDENCE, established: false };
  const confidence = confidenceIn(best, totals);
  return isEstablished(best, totals)
    ? { category: best, confidence, established: true }
    : { category: best, confidence: Math.min(confidence, GUESSED), established: false };
}

/** What is established before what is not, of that the more severe; else the better supported. */
function outweighs(category: Category, other: Category, totals: Totals): boolean {
  const established = isEstablished(category, totals);
  if (established !== isEstablished(other, totals)) return established;
  if (established && SEVERITY[category] !== SEVERITY[other]) return SEVERITY[category] > SEVERITY[other];
  return (totals.get(category) ?? 0) > (totals.get(other) ?? 0);
}

function isEstablished(category: Category, totals: Totals): boolean {
  return (totals.get(category) ?? 0) >= ESTABLISHED;
}

function totalsOf(evidence: readonly CategoryEvidence[]): Map<Category, number> {
  const totals = new Map<Category, number>();
  for (const { category, weight } of evidence) totals.set(category, (totals.get(category) ?? 0) + weight);
  return totals;
}
