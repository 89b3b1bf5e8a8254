import {
  CONFIDENCE_FEATURES,
  type ConfidenceWeights,
  clampedConfidence,
  confidenceFeatures,
  LEAST_CONFIDENCE,
  type Totals,
} from '../../classifiers/fitted/confidence.ts';
import type { Example, FittedCorpus } from './examples.ts';
import { foldOf } from './folds.ts';
import { fitLogistic, type LabelledRow, type LogisticModel, logOddsOf, probability } from './logistic.ts';

/**
 * How many rows one row of a corpus counts for. Composed tools are hard on purpose, so their share of right answers is not that of real ones;
 * annotated ones are many, of few servers, and their labels know nothing of the category except whether it is Read.
 */
const ROW_WEIGHT: { readonly [C in FittedCorpus]: number } = { gold: 1, reviewed: 1, composed: 0.25, annotated: 0.3 };
/**
 * How often a wrong answer counts. Rules are written with these rows in view, so they are right here more often than on servers that nobody has looked at:
 * before the reviewed corpus was used, read or not was wrong for 2.5 % of the corpora that rules were written on and for 4.9 % of its other servers.
 */
const WRONG_WEIGHT = 1.5;
/** Chosen by cross-validation from 0.3, 2 and 8; they hardly differ. */
const PENALTY = 2;

const FOLDS = 8;
const REPETITIONS = 5;

const SLOPES = CONFIDENCE_FEATURES.filter((feature) => feature !== 'bias');

/**
 * The weights that make the confidence in a category the share of tools for which it is right.
 *
 * @throws Error when more evidence would be less sure: then the rules contradict the labels, or there are too few.
 */
export function fitConfidence(examples: readonly Example[]): ConfidenceWeights {
  const { bias, weights } = modelOf(examples);
  if ((weights[SLOPES.indexOf('margin')] ?? 0) <= 0) throw new Error('the fit makes more evidence less sure');
  const fitted = { bias, ...Object.fromEntries(SLOPES.map((feature, index) => [feature, weights[index] ?? 0])) };
  return Object.fromEntries(Object.entries(fitted).map(([name, weight]) => [name, rounded(weight)])) as ConfidenceWeights;
}

/** The confidence that a fit on other owners' servers gives to each example, once for each repetition. */
export function crossValidatedConfidence(examples: readonly Example[]): ReadonlyMap<Example, number>[] {
  return Array.from({ length: REPETITIONS }, (_, repetition) => {
    const confidence = new Map<Example, number>();
    for (let fold = 0; fold < FOLDS; fold++) {
      const isTested = ({ server }: Example) => foldOf(server, repetition, FOLDS) === fold;
      const model = modelOf(examples.filter((example) => !isTested(example)));
      for (const example of examples.filter(isTested)) confidence.set(example, confidenceBy(model, example));
    }
    return confidence;
  });
}

function modelOf(examples: readonly Example[]): LogisticModel {
  const rows = examples.filter(isFair).map((example): LabelledRow => {
    const positive = example.found === 'Read' ? example.expectedRead : example.found === example.expected;
    return { ...rowOf(example), positive, weight: ROW_WEIGHT[example.corpus] * (positive ? 1 : WRONG_WEIGHT) };
  });
  return fitLogistic(rows, new Float64Array(SLOPES.length).fill(PENALTY));
}

/** Of an annotated tool that is not called Read it is not known whether the category is right: only those that are count. Nothing known has its own confidence. */
function isFair({ corpus, found, totals }: Example): boolean {
  return isKnown(totals) && (corpus !== 'annotated' || found === 'Read');
}

/** Whether anything speaks for any category: otherwise `decide` gives the lowest confidence. */
function isKnown(totals: Totals): boolean {
  return [...totals.values()].some((total) => total > 0);
}

function confidenceBy(model: LogisticModel, example: Example): number {
  if (!isKnown(example.totals)) return LEAST_CONFIDENCE;
  return clampedConfidence(probability(logOddsOf(model, rowOf(example))));
}

function rowOf({ found, totals }: Example) {
  const features = confidenceFeatures(found, totals);
  return { indices: SLOPES.map((_, index) => index), values: SLOPES.map((feature) => features[feature]) };
}

function rounded(weight: number): number {
  return Math.round(weight * 1000) / 1000;
}
