import { describe, expect, it } from 'vitest';
import { freeformCode } from '../../../classifiers/rules/freeform-code.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['run', 'Run a shell command.', { command: { type: 'string' } }],
  ['query', 'Execute a raw SQL query against the database.', { sql: { type: 'string' } }],
  ['browser_execute', 'Execute JavaScript in the page.', { code: { type: 'string' } }],
  ['graphql', 'Execute a GraphQL query.', { query: { type: 'string' } }],
  ['x', '', { script: { type: 'string' } }],
  ['createCronJob', 'Creates a cron job from a schedule and a command.', { command: { type: 'string' } }],
];

const LOOK_ALIKES: Example[] = [
  ['query', 'Run a SQL query in a read-only transaction.', { sql: { type: 'string' } }],
  ['validate', 'Validate code, do not run it.', { code: { type: 'string', description: 'source code' } }],
  ['search', 'Search the web.', { query: { type: 'string' } }],
  ['get_country', 'Get a country.', { code: { type: 'string', description: 'ISO country code' } }],
  ['metrics', 'Run a query.', { promql: { type: 'string' } }],
  ['save_script', 'Save a script for later.', { script: { type: 'string' } }],
  ['update_container', 'Update a container.', { command: { type: 'string' } }],
];

describe('freeform-code', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(freeformCode, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(freeformCode, example)).toBeLessThanOrEqual(1);
  });
});
