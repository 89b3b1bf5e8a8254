import { describe, expect, it } from 'vitest';
import { readingVerb } from '../../../classifiers/rules/reading-verb.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['list_projects'],
  ['kv_get'],
  ['getHTTPResponse'],
  ['web', 'Searches the web for pages.'],
  ['db_info'],
  ['x', 'This tool allows you to retrieve the current weather.'],
  ['run_report', 'Run a sales report and return the rows.'],
  ['sales', 'Monthly numbers. Returns sales by month.'],
  ['settings', 'Auto-detect the build settings of an archive.'],
];

const LOOK_ALIKES: Example[] = [
  ['delete_list', 'Delete a list.'],
  ['create_view', 'Create a view.'],
  ['order', 'Places an order.'],
  ['detect', 'Trigger a background scan of the account.'],
];

describe('reading-verb', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(readingVerb, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(readingVerb, example)).toBeLessThanOrEqual(1);
  });
});
