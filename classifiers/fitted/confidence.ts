import { type Category, CONSEQUENCE_OF } from '../../src/model/classification.ts';
import { CONFIDENCE_WEIGHTS } from './confidence-weights.ts';

/** The weights of all rules for each category, summed; one that nothing speaks of may be absent. */
export type Totals = ReadonlyMap<Category, number>;

/** What the log-odds that a category is right are made of. */
export const CONFIDENCE_FEATURES = ['bias', 'margin', 'saysRead', 'saysAdmin'] as const;
export type ConfidenceWeights = { readonly [Feature in (typeof CONFIDENCE_FEATURES)[number]]: number };

/** Where nothing is known at all. */
export const LEAST_CONFIDENCE = 0.3;
/** Readers of the same definition disagree about one in fifty. */
const MOST_CONFIDENCE = 0.98;

/** More evidence than this only repeats itself. */
const MOST_MARGIN = 6;

/**
 * How often a category with this evidence is right, 0–1: a logistic function of how far the evidence is from deciding otherwise, fitted to the
 * labelled tools by `npm run -s fit`.
 */
export function confidenceIn(category: Category, totals: Totals): number {
  const features = confidenceFeatures(category, totals);
  let logOdds = 0;
  for (const feature of CONFIDENCE_FEATURES) logOdds += CONFIDENCE_WEIGHTS[feature] * features[feature];
  return Math.round(clampedConfidence(1 / (1 + Math.exp(-logOdds))) * 100) / 100;
}

export function clampedConfidence(share: number): number {
  return Math.min(MOST_CONFIDENCE, Math.max(LEAST_CONFIDENCE, share));
}

export function confidenceFeatures(category: Category, totals: Totals): ConfidenceWeights {
  const { access } = CONSEQUENCE_OF[category];
  return {
    bias: 1,
    margin: Math.min(MOST_MARGIN, marginOf(category, totals)),
    saysRead: access === 'Read' ? 1 : 0,
    saysAdmin: access === 'Admin' ? 1 : 0,
  };
}

/**
 * What supports the category, less half of the strongest other. Write is no other to what is more severe: the same verb speaks for both.
 */
function marginOf(category: Category, totals: Totals): number {
  let strongest = 0;
  for (const [other, total] of totals) {
    const competes = other !== category && (other !== 'Write' || category === 'Read');
    if (competes && total > strongest) strongest = total;
  }
  return (totals.get(category) ?? 0) - strongest / 2;
}
