import { describe, expect, it } from 'vitest';
import { adminOperation } from '../../../classifiers/signals/admin-operation.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Admin/system-level operation', ['create_user', 'Create a user (admin only).']],
  ['Admin/system-level operation', ['create_display', 'Creates a display. Requires admin scope.']],
  ['Admin/system-level operation', ['admin_reset', 'Resets it.']],
  [
    'Admin/system-level operation',
    ['start_testing', 'Start testing.', { user_id: { type: 'string', description: 'User to act for (admin only)' } }],
  ],
  ['Admin/system-level operation', ['create_virtual_key', 'Create a virtual API key.']],
];

const LOOK_ALIKES: Example[] = [
  ['geocode', 'Finds the administrative area of a point.'],
  ['search', 'Search by admin area.'],
  ['list_users', 'List users.'],
  ['docs', 'Answers questions about the Admin API.'],
  ['administer_vaccine_survey', 'Open a survey.'],
  ['getPhpMyAdminLink', 'Returns a sign-on link.'],
  ['create_website', 'Creates a website with the details (admin account, title).'],
];

describe('admin-operation', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(adminOperation, tool);
    expect(evidence).not.toEqual([]);
    expect(adminOperation.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(adminOperation, tool)).toEqual([]);
  });
});
