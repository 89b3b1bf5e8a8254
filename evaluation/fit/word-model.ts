import { Category } from '../../src/model/classification.ts';
import type { Example } from './examples.ts';
import { foldOf } from './folds.ts';
import { fitLogistic, type LabelledRow, type LogisticModel, logOddsOf, type SparseRow } from './logistic.ts';
import { spokenFeatures } from './words.ts';

/** What a model may look at: what the tool says, what the rules made of it, or both. */
export interface Sight {
  readonly words: boolean;
  readonly rules: boolean;
}

/** Log-odds of each category, by a model that saw no server of this owner. */
export type Scores = { readonly [C in Category]: number };

/** Strong, because most words stand in a handful of servers; what the rules say is on another scale, and there are few of them. */
const PENALTY = { words: 2, rules: 0.5 };
const MOST_OF_A_RULE = 3;
/** Features of a single server cannot help on another. */
const FEWEST_SERVERS = 2;
/** Rows of annotated servers are many, of few servers. */
const ANNOTATED_WEIGHT = 0.3;
/** The kinds of Admin are rare. */
const ADMIN_WEIGHT = 4;

/** Fits one-against-the-rest models on all folds but one, and scores that one; each example is scored once. */
export function crossValidatedScores(examples: readonly Example[], sight: Sight, repetition: number, folds: number): Map<Example, Scores> {
  const said = new Map(examples.map((example) => [example, featuresOf(example, sight)]));
  const scores = new Map<Example, Scores>();
  for (let fold = 0; fold < folds; fold++) {
    const isTested = ({ server }: Example) => foldOf(server, repetition, folds) === fold;
    const scorer = scorerOf(
      examples.filter((example) => !isTested(example)),
      said,
    );
    for (const example of examples.filter(isTested)) scores.set(example, scorer(said.get(example) ?? new Map()));
  }
  return scores;
}

/** Features by name; a word counts 1, a rule what it weighed. */
type Said = ReadonlyMap<string, number>;

function featuresOf({ parsed, evidence, found, totals }: Example, { words, rules }: Sight): Said {
  const said = new Map<string, number>(words ? spokenFeatures(parsed).map((feature) => [feature, 1]) : []);
  if (!rules) return said;
  const add = (feature: string, weight: number) => said.set(`rule ${feature}`, bounded((said.get(`rule ${feature}`) ?? 0) + weight));
  for (const { by, category, weight } of evidence) add(`${by} for ${category}`, weight);
  for (const [category, total] of totals) add(`total of ${category}`, total);
  return said.set(`rule decides ${found}`, 1);
}

function bounded(weight: number): number {
  return Math.max(-MOST_OF_A_RULE, Math.min(MOST_OF_A_RULE, weight));
}

function scorerOf(examples: readonly Example[], said: ReadonlyMap<Example, Said>): (features: Said) => Scores {
  const indices = indicesOf(examples, said);
  const penalties = Float64Array.from(indices.keys(), (feature) => (feature.startsWith('rule ') ? PENALTY.rules : PENALTY.words));
  const rows = examples.map((example) => ({ example, row: rowOf(said.get(example) ?? new Map(), indices) }));
  const models = Category.options.map((category) => [category, fitLogistic(labelled(rows, category), penalties)] as const);
  return (features) => scoresBy(models, rowOf(features, indices));
}

function indicesOf(examples: readonly Example[], said: ReadonlyMap<Example, Said>): Map<string, number> {
  const servers = new Map<string, Set<string>>();
  for (const example of examples) {
    for (const feature of said.get(example)?.keys() ?? []) {
      const known = servers.get(feature) ?? new Set();
      servers.set(feature, known.add(example.server));
    }
  }
  const shared = [...servers].filter(([, { size }]) => size >= FEWEST_SERVERS);
  return new Map(shared.map(([feature], index) => [feature, index]));
}

/** An annotated tool that does not only read teaches Read alone. */
function labelled(rows: readonly { example: Example; row: SparseRow }[], category: Category): LabelledRow[] {
  return rows.flatMap(({ example: { corpus, expected, expectedRead }, row }) => {
    if (category !== 'Read' && expected === undefined) return [];
    const positive = category === 'Read' ? expectedRead : expected === category;
    const rare = positive && category !== 'Read' && category !== 'Write' ? ADMIN_WEIGHT : 1;
    return [{ ...row, positive, weight: rare * (corpus === 'annotated' ? ANNOTATED_WEIGHT : 1) }];
  });
}

function rowOf(features: Said, indices: ReadonlyMap<string, number>): SparseRow {
  const known = [...features].flatMap(([feature, value]) => {
    const index = indices.get(feature);
    return index === undefined ? [] : [{ index, value }];
  });
  return { indices: known.map(({ index }) => index), values: known.map(({ value }) => value) };
}

function scoresBy(models: readonly (readonly [Category, LogisticModel])[], row: SparseRow): Scores {
  return Object.fromEntries(models.map(([category, model]) => [category, logOddsOf(model, row)])) as Scores;
}
