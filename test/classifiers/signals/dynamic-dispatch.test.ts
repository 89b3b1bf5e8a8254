import { describe, expect, it } from 'vitest';
import { dynamicDispatch } from '../../../classifiers/signals/dynamic-dispatch.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['call_tool', 'Call a tool of another server.', { tool_name: { type: 'string' }, arguments: { type: 'object' } }],
  ['execute_action', 'Execute an action by its slug.', { tool_slug: { type: 'string' }, input: { type: 'object' } }],
  ['run_workflow', 'Run a workflow.', { workflow_id: { type: 'string' } }],
  ['api_request', 'Make a request to any endpoint of the API.', { method: { type: 'string' }, path: { type: 'string' } }],
  ['call_service', 'Call a service.', { domain: { type: 'string' }, service: { type: 'string' } }],
  ['trigger_dag', 'Trigger a DAG run.', { dag_id: { type: 'string' } }],
  ['invoke_function', 'Invoke a function.', { function_name: { type: 'string' }, payload: { type: 'object' } }],
  ['batch', 'Execute several tools in one call.', { calls: { type: 'array', description: 'List of objects with tool and params' } }],
  ['rpc', 'Call a JSON-RPC method of the node.', { method: { type: 'string' }, params: { type: 'array' } }],
];

const LOOK_ALIKES: Example[] = [
  ['get_workflow', 'Get a workflow.', { workflow_id: { type: 'string' } }],
  ['list_tools', 'List tools.', { tool: { type: 'string' } }],
  ['run_query', 'Run a query.', { query: { type: 'string' } }],
  ['read_file', 'Read a file.', { path: { type: 'string' } }],
  ['run_tests', 'Run the tests in a folder.', { path: { type: 'string' } }],
  ['create_function', 'Create a function.', { function_name: { type: 'string' } }],
  ['delete_workflow', 'Delete a workflow.', { workflow_id: { type: 'string' } }],
  ['pay', 'Start a payment.', { method: { type: 'string' } }],
  ['http', 'Send a request.', { method: { type: 'string', enum: ['GET', 'POST'] } }],
  [
    'perform_action',
    'Perform an action on hosts.',
    { action_name: { type: 'string', description: "Either 'add-hosts' or 'remove-hosts'" } },
  ],
  ['sandbox_exec', 'Run a command in a sandbox.', { args: { type: 'array', description: 'Command and its arguments, or tool and args' } }],
];

describe('dynamic-dispatch', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(dynamicDispatch, tool);
    expect(evidence).not.toEqual([]);
    expect(dynamicDispatch.label(evidence)).toContain('Calls what an argument names');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(dynamicDispatch, tool)).toEqual([]);
  });
});
