import { describe, expect, it } from 'vitest';
import { fitLogistic, type LabelledRow, logOddsOf, probability } from '../../../evaluation/fit/logistic.ts';

function rows(indices: number[], positive: number, negative: number): LabelledRow[] {
  const values = indices.map(() => 1);
  const row = (isPositive: boolean) => ({ indices, values, positive: isPositive, weight: 1 });
  return [...Array.from({ length: positive }, () => row(true)), ...Array.from({ length: negative }, () => row(false))];
}

const FREE = Float64Array.of(1e-9, 1e-9);

describe('fitLogistic', () => {
  it('gives the share of positives where nothing else is known', () => {
    const model = fitLogistic(rows([], 30, 10), new Float64Array(0));
    expect(probability(model.bias)).toBeCloseTo(0.75, 4);
  });

  it('gives each feature the log-odds it adds', () => {
    const model = fitLogistic([...rows([], 50, 50), ...rows([0], 80, 20), ...rows([1], 20, 80)], FREE);
    expect(model.bias).toBeCloseTo(0, 3);
    expect([...model.weights]).toEqual([expect.closeTo(Math.log(4), 3), expect.closeTo(-Math.log(4), 3)]);
  });

  it('stays small where the penalty is large, and finite where a feature tells all', () => {
    const telling = [...rows([0], 20, 0), ...rows([1], 0, 20)];
    const weightUnder = (penalty: number) => fitLogistic(telling, Float64Array.of(penalty, penalty)).weights[0] ?? 0;
    expect(weightUnder(10)).toBeLessThan(weightUnder(0.1));
    expect(Number.isFinite(weightUnder(0.1))).toBe(true);
  });

  it('counts a row as often as its weight says', () => {
    const twice = rows([], 1, 1).map((row) => ({ ...row, weight: row.positive ? 3 : 1 }));
    expect(fitLogistic(twice, new Float64Array(0)).bias).toBeCloseTo(Math.log(3), 4);
  });

  it('gives the same weights again', () => {
    const examples = [...rows([0], 7, 3), ...rows([1], 2, 9), ...rows([0, 1], 5, 5)];
    expect(fitLogistic(examples, FREE)).toEqual(fitLogistic(examples, FREE));
  });
});

describe('logOddsOf', () => {
  it('adds what is there, and nothing for a feature it does not know', () => {
    const model = { bias: 1, weights: Float64Array.of(2, -1) };
    expect(logOddsOf(model, { indices: [0, 1, 7], values: [1, 3, 1] })).toBe(0);
  });
});
