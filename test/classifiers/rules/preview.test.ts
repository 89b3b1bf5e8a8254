import { describe, expect, it } from 'vitest';
import { preview } from '../../../classifiers/rules/preview.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['delete_preview', 'Preview what a deletion would remove.'],
  ['simulate_trade', 'Simulate a trade.'],
  ['dry_run'],
];

const LOOK_ALIKES: Example[] = [
  ['create_preview_deployment', 'Create a preview deployment.'],
  ['delete', 'Delete files. Use dry-run to preview.'],
];

describe('preview', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(preview, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(preview, example)).toBeLessThanOrEqual(1);
  });
});
