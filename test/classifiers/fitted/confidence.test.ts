import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceIn, type Totals } from '../../../classifiers/fitted/confidence.ts';
import { CONFIDENCE_WEIGHTS } from '../../../classifiers/fitted/confidence-weights.ts';
import { Category } from '../../../src/model/classification.ts';

const anyTotals: fc.Arbitrary<Totals> = fc
  .array(fc.tuple(fc.constantFrom(...Category.options), fc.double({ min: -20, max: 20, noNaN: true })))
  .map((totals) => new Map(totals));

function totals(one: Partial<Record<Category, number>>): Totals {
  return new Map(Object.entries(one) as [Category, number][]);
}

describe('confidenceIn', () => {
  it('is a share in hundredths, never certain', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Category.options), anyTotals, (category, all) => {
        const confidence = confidenceIn(category, all);
        expect(confidence).toBeGreaterThanOrEqual(0.3);
        expect(confidence).toBeLessThanOrEqual(0.98);
        expect(Math.round(confidence * 100) / 100).toBe(confidence);
      }),
    );
  });

  it('never falls with more evidence for the category, and never rises with more for another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Category.options), fc.constantFrom(...Category.options), anyTotals, (category, other, all) => {
        const more = new Map(all).set(other, (all.get(other) ?? 0) + 1);
        const [before, after] = [confidenceIn(category, all), confidenceIn(category, more)];
        if (other === category) expect(after).toBeGreaterThanOrEqual(before);
        else expect(after).toBeLessThanOrEqual(before);
      }),
    );
  });

  it.each<[string, Category, Totals, Totals]>([
    ['another kind of Admin makes it less sure', 'Execute', totals({ Execute: 3 }), totals({ Execute: 3, Destructive: 2 })],
    ['a change makes reading less sure', 'Read', totals({ Read: 3 }), totals({ Read: 3, Write: 1 })],
  ])('%s', (_, category, surer, lessSure) => {
    expect(confidenceIn(category, surer)).toBeGreaterThan(confidenceIn(category, lessSure));
  });

  it('is as sure of destroying where the same verb speaks for a change', () => {
    expect(confidenceIn('Destructive', totals({ Destructive: 3, Write: 3 }))).toBe(confidenceIn('Destructive', totals({ Destructive: 3 })));
  });

  it('has weights that say something', () => {
    expect(CONFIDENCE_WEIGHTS.margin).toBeGreaterThan(0);
    expect(Object.values(CONFIDENCE_WEIGHTS).every(Number.isFinite)).toBe(true);
  });
});
