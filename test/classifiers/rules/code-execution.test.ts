import { describe, expect, it } from 'vitest';
import { codeExecution } from '../../../classifiers/rules/code-execution.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['run_sql', 'Execute individual SQL queries.'],
  ['execute_blender_code', 'Execute arbitrary Python code in Blender.'],
  ['make_api_request', 'Execute API calls to the service.'],
  ['run_command'],
  ['rcon', 'Send an RCON command to the server.'],
  ['write_query', 'Execute an INSERT, UPDATE, or DELETE query.'],
  ['cli', 'Run a subcommand of the CLI.'],
];

const LOOK_ALIKES: Example[] = [
  ['run_workflow', 'Run a saved workflow.'],
  ['run_saved_script', 'Run a saved script.'],
  ['run_report', 'Run a report query.'],
  ['query', 'Execute SELECT queries against the warehouse.'],
  ['get_code', 'Get the code of a function.'],
  ['submit_code', 'Submit the code that was sent by SMS.'],
  ['send_command', 'Send a command to a robot.'],
  ['send_message', 'Send a message.'],
];

describe('code-execution', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(codeExecution, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(codeExecution, example)).toBeLessThanOrEqual(1);
  });
});
