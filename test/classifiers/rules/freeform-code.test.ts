import { describe, expect, it } from 'vitest';
import { freeformCode } from '../../../classifiers/rules/freeform-code.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['run', 'Run a shell command.', { command: { type: 'string' } }],
  ['query', 'Execute a raw SQL query against the database.', { sql: { type: 'string' } }],
  ['browser_execute', 'Execute JavaScript in the page.', { code: { type: 'string' } }],
  ['graphql', 'Execute a GraphQL query.', { query: { type: 'string' } }],
  ['x', '', { script: { type: 'string' } }],
  [
    'evaluate_script',
    'Evaluate a JavaScript function in the page.',
    { function: { type: 'string', description: 'A JavaScript function' } },
  ],
  ['interact', 'Send input to a running process.', { pid: { type: 'number' }, input: { type: 'string' } }],
  ['migrate', 'Apply a migration to the database.', { query: { type: 'string', description: 'The SQL to apply' } }],
  ['create_table', 'Create a table.', { query: { type: 'string', description: 'CREATE TABLE SQL statement' } }],
  ['create_function', 'Create an edge function.', { code: { type: 'string', description: 'TypeScript source' } }],
  ['create_web_service', 'Create a web service.', { startCommand: { type: 'string' } }],
  ['az', 'Answer questions by running the CLI.', { command: { type: 'string', description: 'The CLI command' } }],
  ['apply', 'Apply a Kubernetes manifest.', { manifest: { type: 'string' } }],
  ['run_many', 'Run SQL in a transaction.', { sqlStatements: { type: 'array', items: { type: 'string' } } }],
  ['x', 'Compiles and executes C# code.', { csharpCode: { type: 'string' } }],
  ['createCronJob', 'Creates a cron job from a schedule and a command.', { command: { type: 'string' } }],
];

const LOOK_ALIKES: Example[] = [
  ['query', 'Run a SQL query in a read-only transaction.', { sql: { type: 'string' } }],
  ['validate', 'Validate code, do not run it.', { code: { type: 'string', description: 'source code' } }],
  ['search', 'Search the web.', { query: { type: 'string' } }],
  ['get_country', 'Get a country.', { code: { type: 'string', description: 'ISO country code' } }],
  ['metrics', 'Run a query.', { promql: { type: 'string' } }],
  ['query', 'Run SQL. INSERT, UPDATE and DELETE are rejected.', { sql: { type: 'string' } }],
  ['query', 'Execute Cypher; only MATCH queries are allowed.', { query: { type: 'string' } }],
  ['run_select_query', 'Execute SQL queries.', { sql: { type: 'string' } }],
  ['index_advisor', 'Get index recommendations for a SQL query.', { query: { type: 'string', description: 'SQL++ query' } }],
  ['math_eval', 'Evaluate.', { expression: { type: 'string' } }],
  ['lint', 'Run a linter over source text; the text is never executed.', { code: { type: 'string', description: 'source code' } }],
  ['create_chart', 'Create a chart of a query.', { sql: { type: 'string' } }],
  ['create_saved_query', 'Save a query.', { sql: { type: 'string' } }],
  ['create_gist', 'Create a gist.', { code: { type: 'string', description: 'source code' } }],
  ['write_file', 'Write a source file.', { content: { type: 'string', description: 'Source code to write' } }],
  ['apply_coupon', 'Apply a coupon.', { coupon_code: { type: 'string' } }],
  ['schedule', 'Schedule a report.', { cron_expression: { type: 'string' } }],
  ['validate_manifest', 'Validate a Kubernetes manifest.', { manifest: { type: 'string' } }],
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
