import { describe, expect, it } from 'vitest';
import { statedReadOnly } from '../../../classifiers/rules/stated-read-only.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['x', 'This tool is read-only.'],
  ['x', 'Shows the plan. Does not modify anything.'],
  ['x', 'Checks a file without changing it.'],
];

const LOOK_ALIKES: Example[] = [
  ['x', 'Marks a field as read-only for others.'],
  ['x', 'Updates an issue.'],
  ['x', 'Saves a file to disk. It is read-only with respect to the server.'],
];

describe('stated-read-only', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(statedReadOnly, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(statedReadOnly, example)).toBeLessThanOrEqual(1);
  });
});
