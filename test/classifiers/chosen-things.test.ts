import { describe, expect, it } from 'vitest';
import type { Category } from '../../src/model/classification.ts';
import { classify, type Example } from './examples.ts';

const kinds = (...choices: string[]) => ({ type: 'string', enum: choices });

const CASES: [Category, Example][] = [
  ['Permissions', ['create_resource', 'Create a resource.', { resource_type: kinds('project', 'role', 'label') }]],
  ['Financial', ['create_object', 'Create an object.', { object_type: kinds('customer', 'refund') }]],
  ['Write', ['create_resource', 'Create a resource.', { resource_type: kinds('project', 'label') }]],
  ['Write', ['create_project', 'Create a project.', { type: kinds('role', 'payment') }]],
  ['Read', ['list_resources', 'List resources.', { resource_type: kinds('role', 'payment') }]],
  ['Destructive', ['delete_resource', 'Delete a resource.', { type: kinds('label', 'project') }]],
];

describe('chosen things', () => {
  it.each(CASES.map(([category, example]) => [example[0], JSON.stringify(example[2]), category, example] as const))(
    '%s %s is %s',
    (_name, _schema, category, example) => {
      expect(classify(example).category).toBe(category);
    },
  );
});
