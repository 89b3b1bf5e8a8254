import { describe, expect, it } from 'vitest';
import { arbitraryDispatch } from '../../../classifiers/rules/arbitrary-dispatch.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['call_tool', 'Call a tool by name.', { tool_name: { type: 'string' }, arguments: { type: 'object' } }],
  ['call_service', 'Call a service.', { domain: { type: 'string' }, service: { type: 'string' }, data: { type: 'object' } }],
  ['api', 'Raw API access.', { method: { type: 'string' }, path: { type: 'string' }, body: { type: 'object' } }],
  ['request', 'Make an API request.', { path: { type: 'string' }, method: { type: 'string', enum: ['GET', 'PUT'] } }],
  ['run_action', 'Runs an action on a resource.', { resource: { type: 'object' }, action: { type: 'string' } }],
  [
    'execute_many',
    'Execute tools.',
    { tools: { type: 'array', items: { properties: { tool_slug: { type: 'string' }, arguments: { type: 'object' } } } } },
  ],
  ['odoo', 'Execute a method on a model.', { model: { type: 'string' }, method: { type: 'string' }, kwargs: { type: 'object' } }],
  ['invoke', 'Invoke any API method.', { method: { type: 'string' }, params: { type: 'object' } }],
];

const LOOK_ALIKES: Example[] = [
  ['call_tool', 'Call one of two tools.', { tool_name: { type: 'string', enum: ['a', 'b'] }, arguments: { type: 'object' } }],
  ['describe_tool', 'Describe a tool.', { tool_name: { type: 'string' }, arguments: { type: 'object' } }],
  ['create_webhook', 'Create a webhook.', { url: { type: 'string' }, method: { type: 'string' }, body: { type: 'string' } }],
  ['get_request', 'Get a request of a collection.', { method: { type: 'string' }, path: { type: 'string' } }],
  [
    'http_get',
    'Fetch a path of the API.',
    { method: { type: 'string', enum: ['GET', 'HEAD'] }, path: { type: 'string' }, body: { type: 'object' } },
  ],
  ['log_action', 'Log an action.', { action: { type: 'string' }, data: { type: 'object' } }],
  ['book_service', 'Book a service.', { service: { type: 'string' }, data: { type: 'object' } }],
  ['device', 'Perform an action on a device.', { action: { type: 'string' }, params: { type: 'object' } }],
  ['run_workflow', 'Run a saved workflow.', { workflow_id: { type: 'string' }, input: { type: 'object' } }],
];

describe('arbitrary-dispatch', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(arbitraryDispatch, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(arbitraryDispatch, example)).toBeLessThanOrEqual(1);
  });
});
