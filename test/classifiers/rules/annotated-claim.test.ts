import { describe, expect, it } from 'vitest';
import { annotatedClaim } from '../../../classifiers/rules/annotated-claim.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [['x', undefined, {}, { readOnlyHint: true }]];

const LOOK_ALIKES: Example[] = [['x', undefined, {}, { readOnlyHint: false, destructiveHint: true }], ['x', undefined, {}, {}], ['x']];

describe('annotated-claim', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(annotatedClaim, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(annotatedClaim, example)).toBeLessThanOrEqual(1);
  });
});
