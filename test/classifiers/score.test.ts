import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreOf } from '../../classifiers/score.ts';
import { secretOutput } from '../../classifiers/signals/secret-output.ts';
import { Category } from '../../src/model/classification.ts';

const category = fc.constantFrom(...Category.options);
const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });

describe('scoreOf', () => {
  it('gives the worked example of its documentation', () => {
    expect(scoreOf('Write', [0.2, 0.06])).toBe(41);
  });

  it('puts a Read that returns a secret above every plain Write', () => {
    expect(scoreOf('Read', [secretOutput.weight])).toBeGreaterThan(scoreOf('Write', []));
  });

  it('is higher for a more severe category', () => {
    const plain = (['Read', 'Write', 'Execute', 'Destructive'] as const).map((of) => scoreOf(of, []));
    expect(plain).toEqual([...plain].sort((a, b) => a - b));
    expect(new Set(plain).size).toBe(plain.length);
  });

  it('never falls when a signal is added, and stays between 0 and 100', () => {
    fc.assert(
      fc.property(category, weights, fc.double({ min: 0, max: 1, noNaN: true }), (of, known, extra) => {
        const after = scoreOf(of, [...known, extra]);
        expect(after).toBeGreaterThanOrEqual(scoreOf(of, known));
        expect(after).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThanOrEqual(100);
      }),
    );
  });
});
