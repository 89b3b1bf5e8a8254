import { describe, expect, it } from 'vitest';
import { resourceName } from '../../../classifiers/rules/resource-name.ts';
import { classify, type Example, rows, weightBy } from '../examples.ts';

describe('a name that is only a plural thing', () => {
  it.each(
    rows([
      ['users', 'Users endpoint'],
      ['pets', 'The pets of the store', { limit: { type: 'number' } }],
    ]),
  )('is found in %s', (_title, example) => {
    expect(weightBy(resourceName, example)).toBeGreaterThan(0);
    expect(classify(example)).toMatchObject({ category: 'Read' });
    expect(classify(example).confidence).toBeLessThanOrEqual(0.6);
  });

  it.each(
    rows([
      ['delete_users', 'Users endpoint'],
      ['users', 'Create or update users'],
      ['orders', 'Orders', { body: { type: 'object' } }],
      ['status', 'Status'],
      ['foo'],
    ]),
  )('is not found in %s', (_title, example: Example) => {
    expect(weightBy(resourceName, example)).toBe(0);
  });
});
