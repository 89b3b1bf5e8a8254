import { describe, expect, it } from 'vitest';
import { unboundedSchema } from '../../../classifiers/signals/unbounded-schema.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['create', 'Create it.', { data: { type: 'object' } }],
  ['update', 'Update it.', { fields: { type: 'object', additionalProperties: true } }],
  ['send', 'Send it.', { payload: {} }],
  ['call', 'Call it.', { arguments: { type: 'object', additionalProperties: {} } }],
  ['put', 'Put it.', { body: { anyOf: [{ type: 'string' }, { type: 'object' }] } }],
  ['apply', 'Apply patches.', { patches: { type: 'array', items: { type: 'object' } } }],
];

const LOOK_ALIKES: Example[] = [
  ['create', 'Create it.', { data: { type: 'object', properties: { a: { type: 'string' } } } }],
  ['create', 'Create it.', { data: { type: 'object', additionalProperties: { type: 'string' } } }],
  ['create', 'Create it.', { metadata: { type: 'object' } }],
  ['get', 'Get it.', { project_id: {} }],
  ['get', 'Get it.', { data: { $ref: '#/$defs/data' } }],
  ['get', 'Get it.', {}],
  ['create', 'Create it.', { data: { type: 'array', items: { type: 'string' } } }],
  ['set', 'Set it.', { value: { enum: [1, 2] } }],
  ['set_flag', 'Set it.', { value: { description: 'A bool, integer or string' } }],
  ['set_areas', 'Set them.', { areas: { type: 'object', description: 'Dict of area name to bool' } }],
  ['list', 'List them.', { created_at: { type: 'object', description: 'Use `gt` (>), `gte` (>=) or `lt` (<) to filter' } }],
  ['modify', 'Modify it.', { target: { type: 'object', description: 'Asset reference {guid|path}' } }],
];

describe('unbounded-schema', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(unboundedSchema, tool);
    expect(evidence).not.toEqual([]);
    expect(unboundedSchema.label(evidence)).toContain('any shape');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(unboundedSchema, tool)).toEqual([]);
  });
});
