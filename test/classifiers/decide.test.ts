import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../classifiers/decide.ts';
import { Category, type CategoryEvidence } from '../../src/model/classification.ts';

function evidence(category: Category, weight: number): CategoryEvidence {
  return { by: 'test', at: '/name', excerpt: 'test', category, weight };
}

const anyEvidence = fc.record({
  by: fc.constant('test'),
  at: fc.constant('/name'),
  excerpt: fc.constant(''),
  category: fc.constantFrom(...Category.options),
  weight: fc.integer({ min: -12, max: 12 }).map((quarters) => quarters / 4),
});

describe('decide', () => {
  it.each<[Category, CategoryEvidence[]]>([
    ['Write', []],
    ['Read', [evidence('Read', 3)]],
    ['Write', [evidence('Read', 5), evidence('Write', 2)]],
    ['Read', [evidence('Read', 3), evidence('Destructive', 1)]],
    ['Read', [evidence('Read', 3), evidence('Destructive', 2), evidence('Destructive', -2)]],
    ['Permissions', [evidence('Permissions', 2), evidence('Write', 6)]],
    ['Execute', [evidence('Execute', 3), evidence('Permissions', 2)]],
    ['Financial', [evidence('Financial', 3), evidence('Execute', 6)]],
    ['Read', [evidence('Read', 0.5)]],
  ])('decides %s for %j', (category, reasons) => {
    expect(decide(reasons).category).toBe(category);
  });

  it('does not depend on the order of the evidence', () => {
    const shuffled = fc.array(anyEvidence).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(decide(other)).toEqual(decide(all));
      }),
    );
  });

  it('is surer of more evidence', () => {
    expect(decide([evidence('Read', 5)]).confidence).toBeGreaterThan(decide([evidence('Read', 1)]).confidence);
    expect(decide([evidence('Read', 3), evidence('Write', 1)]).confidence).toBeLessThan(decide([evidence('Read', 3)]).confidence);
  });
});
