import { describe, expect, it } from 'vitest';
import { accessChange } from '../../../classifiers/rules/access-change.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['invite_user'],
  ['update_member_role', "Update a member's role."],
  ['add_collaborator', 'Add a collaborator to a repository.'],
  ['remove_member', 'Remove a member from the workspace.'],
  ['share', 'Share a document with others.'],
  ['rotate_api_key', 'Rotate an API key.'],
  ['deactivate_user', 'Deactivate a user.'],
  ['approve_request', 'Approve a pending request.'],
  ['x', 'Move (share) a vault item to an organization.'],
  ['update_guardrail', 'Update a guardrail.'],
  ['reset_budget', 'Reset the query budget.'],
  ['remove_user', 'Remove a user from a team.'],
];

const LOOK_ALIKES: Example[] = [
  ['get_permissions', 'Get the permissions of a user.'],
  ['create_project', 'Create a project with a name, labels, members.'],
  ['update_virtual_key', "Update a virtual key's name, secret, note, or limits. Rotating the key takes effect immediately."],
  ['list_members'],
];

describe('access-change', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(accessChange, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(accessChange, example)).toBeLessThanOrEqual(1);
  });
});
