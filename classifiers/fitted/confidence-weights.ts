import type { ConfidenceWeights } from './confidence.ts';

// Written by `npm run -s fit`, from the build part of evaluation/corpora.
export const CONFIDENCE_WEIGHTS: ConfidenceWeights = {
  bias: 0.978,
  margin: 0.485,
  saysRead: 0.251,
  saysAdmin: -0.11,
};
