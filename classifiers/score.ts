import type { Category } from '../src/model/classification.ts';

/** Lowest and highest score of each category: the first without any signal, the second never reached by signals alone. */
export const SCORE_RANGE: { readonly [C in Category]: readonly [number, number] } = {
  Read: [5, 59],
  Write: [30, 74],
  Execute: [60, 94],
  Permissions: [60, 94],
  Destructive: [75, 100],
  Financial: [75, 100],
};

/**
 * How bad a call can get, 0–100. Each signal takes its share of the room that is left between the category's lowest and highest score:
 * `low + (high − low) · (1 − Π(1 − weight))`. So more signals never lower it and no number of them leaves the category's range.
 *
 * A Write with credential input (0.2) and a high parameter count (0.06): 30 + 44 · (1 − 0.8 · 0.94) = 30 + 44 · 0.248 = 41.
 * A Read that returns a secret (0.55): 5 + 54 · 0.55 = 35, above a Write without signals.
 */
export function scoreOf(category: Category, weights: readonly number[]): number {
  const [low, high] = SCORE_RANGE[category];
  // Sorted, so that the order in which signals are found cannot change a rounding.
  const left = [...weights].sort((a, b) => a - b).reduce((room, weight) => room * (1 - weight), 1);
  return Math.round(low + (high - low) * (1 - left));
}
