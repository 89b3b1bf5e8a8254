import type { Category, CategoryEvidence } from '../src/model/classification.ts';

export interface Decision {
  readonly category: Category;
  /** 0–1: of all tools given 0.9, nine in ten are right. */
  readonly confidence: number;
  /** Whether evidence settled it, or it is only the best guess. */
  readonly established: boolean;
}

/** Most severe first; of two equally severe ones the better supported wins, then the first here. */
const SEVERITY: { readonly [C in Category]: number } = { Destructive: 4, Financial: 4, Execute: 3, Permissions: 3, Write: 2, Read: 1 };
const CATEGORIES = Object.keys(SEVERITY) as readonly Category[];

/** Weight from which a category counts as established: a verb in the name alone, or two hints. */
const ESTABLISHED = 1.5;

// Logistic fit of right or wrong on the margin, over the gold and development labels.
const CALIBRATION = { offset: 0.6, slope: 0.7 };
const LEAST_CONFIDENCE = 0.3;
const MOST_CONFIDENCE = 0.98;

/**
 * Weighs the evidence of all rules: a category is established when its weights add up to {@link ESTABLISHED}, and the most severe
 * established one is the tool's. Where none is, the best supported is; without any evidence it is Write, with the lowest confidence.
 */
export function decide(evidence: readonly CategoryEvidence[]): Decision {
  const totals = totalsOf(evidence);
  const supported = CATEGORIES.filter((category) => (totals.get(category) ?? 0) > 0);
  if (supported.length === 0) return { category: 'Write', confidence: LEAST_CONFIDENCE, established: false };
  const established = supported.filter((category) => (totals.get(category) ?? 0) >= ESTABLISHED);
  const category = established.length > 0 ? mostSevere(established, totals) : bestSupported(supported, totals);
  return { category, confidence: confidenceIn(category, totals), established: established.length > 0 };
}

function totalsOf(evidence: readonly CategoryEvidence[]): Map<Category, number> {
  const totals = new Map<Category, number>();
  for (const { category, weight } of evidence) totals.set(category, (totals.get(category) ?? 0) + weight);
  return totals;
}

function mostSevere(categories: readonly Category[], totals: ReadonlyMap<Category, number>): Category {
  const worst = Math.max(...categories.map((category) => SEVERITY[category]));
  return bestSupported(
    categories.filter((category) => SEVERITY[category] === worst),
    totals,
  );
}

function bestSupported(categories: readonly Category[], totals: ReadonlyMap<Category, number>): Category {
  return categories.reduce((best, category) => ((totals.get(category) ?? 0) > (totals.get(best) ?? 0) ? category : best));
}

/**
 * How far the evidence is from deciding otherwise: what supports the category, less half of the strongest other. Write is no other to what
 * is more severe: the same verb speaks for both.
 */
function confidenceIn(category: Category, totals: ReadonlyMap<Category, number>): number {
  const others = CATEGORIES.filter((other) => other !== category && (other !== 'Write' || category === 'Read'));
  const margin = (totals.get(category) ?? 0) - Math.max(0, ...others.map((other) => totals.get(other) ?? 0)) / 2;
  const fitted = 1 / (1 + Math.exp(-(CALIBRATION.offset + CALIBRATION.slope * margin)));
  return Math.round(Math.min(MOST_CONFIDENCE, Math.max(LEAST_CONFIDENCE, fitted)) * 100) / 100;
}
