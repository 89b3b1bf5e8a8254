import { describe, expect, it } from 'vitest';
import { fileSaving } from '../../../classifiers/rules/file-saving.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['download_images', 'Download images and save them to a local folder.'],
  ['export', 'Export a chart.', { output_path: { type: 'string' } }],
];

const LOOK_ALIKES: Example[] = [
  ['download_file', 'Download a file into the response.'],
  ['save_note', 'Save a note to a folder.'],
  ['get_file', 'Get a file saved to disk.'],
];

describe('file-saving', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(fileSaving, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(fileSaving, example)).toBeLessThanOrEqual(1);
  });
});
