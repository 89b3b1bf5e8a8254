import { describe, expect, it } from 'vitest';
import { statedIrreversibility } from '../../../classifiers/rules/stated-irreversibility.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['x', 'Ends the trial. This will permanently delete all data.'],
  ['finish', 'Closes the account and permanently removes its content.'],
  ['recreate', 'Recreate a machine. This is irreversible and will result in the loss of all data stored on it.'],
];

const LOOK_ALIKES: Example[] = [
  ['get_item', 'Gets an item. Items are permanently deleted after 30 days.'],
  ['create_item', 'Creates an item.'],
  ['create_backup', 'Creates a backup. Protects from the loss of data.'],
];

describe('stated-irreversibility', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(statedIrreversibility, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(statedIrreversibility, example)).toBeLessThanOrEqual(1);
  });
});
