import { describe, expect, it } from 'vitest';
import { readOnlyQuery } from '../../../classifiers/rules/read-only-query.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['query', 'Runs SQL; only SELECT statements are accepted.', { sql: { type: 'string' } }],
  ['metrics', 'Run a PromQL query.', { query: { type: 'string' } }],
  ['graph', 'Execute Cypher; write clauses are refused.', { query: { type: 'string' } }],
  ['run_select_query', 'Execute SQL queries.', { sql: { type: 'string' } }],
  ['read-command', 'Run a command from a read-only allowlist.', { command: { type: 'string' } }],
];

const LOOK_ALIKES: Example[] = [
  ['query', 'Run SQL.', { sql: { type: 'string' } }],
  ['set_mode', 'Switch to read-only mode.'],
  ['update', 'Update rows; read-only queries belong elsewhere.', { sql: { type: 'string' } }],
];

describe('read-only-query', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(readOnlyQuery, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(readOnlyQuery, example)).toBeLessThanOrEqual(1);
  });
});
