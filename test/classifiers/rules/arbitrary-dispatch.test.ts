import { describe, expect, it } from 'vitest';
import { arbitraryDispatch } from '../../../classifiers/rules/arbitrary-dispatch.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['call_tool', 'Call a tool by name.', { tool_name: { type: 'string' }, arguments: { type: 'object' } }],
  ['invoke', 'Invoke any API method.', { method: { type: 'string' }, params: { type: 'object' } }],
];

const LOOK_ALIKES: Example[] = [
  ['call_tool', 'Call one of two tools.', { tool_name: { type: 'string', enum: ['a', 'b'] }, arguments: { type: 'object' } }],
  ['describe_tool', 'Describe a tool.', { tool_name: { type: 'string' }, arguments: { type: 'object' } }],
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
