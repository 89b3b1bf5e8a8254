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
  ['addUserToTeam', 'Add a user to a team.'],
  ['protect_branch', 'Protect a repository branch.'],
  ['unprotect_tag', 'Remove protection from a repository tag.'],
  ['update_guardrail_exclusions', 'Set workspace exclusions from input guardrails.'],
  ['disable_domain_lock', 'Disable domain lock for the domain.'],
  ['save_external_port', 'Saves external port configuration for a database.'],
  ['reset_usage', 'Reset the current usage counter for one entity.'],
  ['update_org_policy', 'Update a policy.'],
  ['putFirewallConfig', 'Create or replace firewall configuration.'],
];

const LOOK_ALIKES: Example[] = [
  ['get_permissions', 'Get the permissions of a user.'],
  ['create_project', 'Create a project with a name, labels, members.'],
  ['update_virtual_key', "Update a virtual key's name, secret, note, or limits. Rotating the key takes effect immediately."],
  ['list_members'],
  ['update_log_config', 'Update the access log configuration.'],
  ['add_user_to_conversation_notes', 'Add a user to the notes.'],
  ['protect_pdf', 'Protect a PDF with a watermark.'],
  ['reset_usage_statistics', 'Reset the usage statistics.'],
  ['list_guardrail_mappings', 'List the guardrail mappings.'],
  ['update_pricing_policy', 'Update a pricing policy.'],
];

describe('access-change', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(accessChange, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(accessChange, example)).toBeLessThanOrEqual(1);
  });
});
