import { describe, expect, it } from 'vitest';
import { recoverableRemoval } from '../../../classifiers/rules/recoverable-removal.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['delete_page', 'Deletes a page by moving it to the trash.'],
  ['delete_note', 'Soft-deletes a note.'],
];

const LOOK_ALIKES: Example[] = [
  ['delete_page', 'Permanently deletes a page, skipping the trash.'],
  ['list_trash', 'Lists what is in the trash.'],
];

describe('recoverable-removal', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(recoverableRemoval, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(recoverableRemoval, example)).toBeLessThanOrEqual(1);
  });
});
