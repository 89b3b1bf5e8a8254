/** Bumped by every change of what a rule, a signal or the decision returns; stored classifications of an older version are made again. */
export const CLASSIFIER_VERSION = '3';
