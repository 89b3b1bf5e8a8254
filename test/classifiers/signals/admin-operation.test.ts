import { describe, expect, it } from 'vitest';
import { adminOperation } from '../../../classifiers/signals/admin-operation.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Admin/system-level operation', ['create_user', 'Create a user (admin only).']],
  ['Admin/system-level operation', ['create_display', 'Creates a display. Requires admin scope.']],
  ['Admin/system-level operation', ['admin_reset', 'Resets it.']],
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
  ['list_servers', 'List servers. Organisation admin keys must give a workspace.'],
  ['get_provider', '', { workspace_id: { type: 'string', description: 'Required when using organization admin keys' } }],
  ['authorize', 'Make a URL; the admin scope is rejected.'],
  ['list_tokens', 'List tokens.', { user_id: { type: 'string', description: 'Filter by user (admin only)' } }],
  ['list_runs', 'List runs. Reading the error detail requires site administrator access.'],
  ['exchange_code', 'Exchange the authorization code and create an access token.'],
  ['create_login_link', 'Create a login link.'],
  ['create_key', 'Create a key.', { public_key: { type: 'string', description: 'Existing public key' } }],
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
