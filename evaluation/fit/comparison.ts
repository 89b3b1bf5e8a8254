import { decide } from '../../classifiers/decide.ts';
import { Category, type CategoryEvidence, CONSEQUENCE_OF } from '../../src/model/classification.ts';
import type { Example } from './examples.ts';
import { type Interval, pairedInterval } from './paired-interval.ts';
import { crossValidatedScores, type Scores, type Sight } from './word-model.ts';

/** A figure of a combination, beside that of the rules alone on the same rows. */
export interface ComparedFigure {
  readonly model: string;
  readonly combination: string;
  readonly figure: string;
  readonly rows: number;
  readonly rules: number;
  readonly combined: number;
  /** Of the difference, by drawing servers. */
  readonly interval: Interval;
}

const MODELS: Readonly<Record<string, Sight>> = {
  words: { words: true, rules: false },
  rules: { words: false, rules: true },
  'words and rules': { words: true, rules: true },
};
const REPETITIONS = 2;
const FOLDS = 8;
const UNSURE = 0.8;
/** A model's say as one more rule: less than what establishes a category. */
const MOST_EVIDENCE = 1;
const EVIDENCE_SHARE = 0.4;

/** What a model and the rules say together. */
const COMBINATIONS: Readonly<Record<string, (example: Example, scores: Scores) => Category>> = {
  'model alone': (_, scores) => bestOf(scores),
  'model where the rules establish nothing': ({ evidence, found }, scores) => (decide(evidence).established ? found : bestOf(scores)),
  'model where the rules are unsure': ({ confidence, found }, scores) => (confidence >= UNSURE ? found : bestOf(scores)),
  'model as one more rule': withEvidence,
  'model where it says Admin and the rules Write': ({ found }, scores) => {
    const best = bestOf(scores);
    return found === 'Write' && CONSEQUENCE_OF[best].access === 'Admin' ? best : found;
  },
};

const FIGURES: Readonly<Record<string, (example: Example, found: Category) => boolean | undefined>> = {
  'read or not': ({ expectedRead }, found) => expectedRead === (found === 'Read'),
  access: ({ expected, corpus }, found) => known(corpus, expected, (one) => CONSEQUENCE_OF[one].access === CONSEQUENCE_OF[found].access),
  category: ({ expected, corpus }, found) => known(corpus, expected, (one) => one === found),
};

/** All models, combined in all ways, each against the rules alone: one row for each figure. */
export function compareModels(examples: readonly Example[]): ComparedFigure[] {
  return Object.entries(MODELS).flatMap(([model, sight]) => {
    const runs = Array.from({ length: REPETITIONS }, (_, repetition) => crossValidatedScores(examples, sight, repetition, FOLDS));
    return Object.keys(COMBINATIONS).flatMap((combination) =>
      Object.keys(FIGURES).map((figure) => figureOf(examples, runs, { model, combination, figure })),
    );
  });
}

type Names = Pick<ComparedFigure, 'model' | 'combination' | 'figure'>;

function figureOf(examples: readonly Example[], runs: readonly Map<Example, Scores>[], names: Names): ComparedFigure {
  const isRight = FIGURES[names.figure];
  const combine = COMBINATIONS[names.combination];
  if (!isRight || !combine) throw new Error(`no such figure: ${names.figure}, ${names.combination}`);
  const pairs = examples.flatMap((example) => {
    const before = isRight(example, example.found);
    if (before === undefined) return [];
    const after = runs.map((scores) => (isRight(example, combine(example, scoresOf(scores, example))) ? 1 : 0));
    return [{ server: example.server, before: before ? 1 : 0, after: mean(after) }];
  });
  return {
    ...names,
    rows: pairs.length,
    rules: mean(pairs.map(({ before }) => before)),
    combined: mean(pairs.map(({ after }) => after)),
    interval: pairedInterval(pairs),
  };
}

function withEvidence({ evidence, found }: Example, scores: Scores): Category {
  // Of a tool with several actions the worst decides, not all of its evidence together.
  if (decide(evidence).category !== found) return found;
  const said = Category.options.map((category): CategoryEvidence => {
    const weight = Math.max(0, Math.min(MOST_EVIDENCE, EVIDENCE_SHARE * scores[category]));
    return { by: 'fitted-words', at: '/name', excerpt: '', category, weight };
  });
  return decide([...evidence, ...said]).category;
}

function scoresOf(scores: ReadonlyMap<Example, Scores>, example: Example): Scores {
  const found = scores.get(example);
  if (!found) throw new Error(`${example.server} ${example.parsed.tool.name} was in no fold`);
  return found;
}

function bestOf(scores: Scores): Category {
  return Category.options.reduce((best, category) => (scores[category] > scores[best] ? category : best));
}

function known(corpus: Example['corpus'], expected: Category | undefined, holds: (expected: Category) => boolean): boolean | undefined {
  return corpus === 'annotated' || expected === undefined ? undefined : holds(expected);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
