import { describe, expect, it } from 'vitest';
import { guardrailEdit } from '../../../classifiers/signals/guardrail-edit.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['update_guardrail', 'Update a guardrail.'],
  ['approve_request', 'Approve a pending request.'],
  ['delete_firewall_rule', 'Delete a firewall rule.'],
  ['set_rate_limit', 'Set the rate limit of a key.'],
  ['update_branch_protection', 'Update the protection of a branch.'],
  ['unprotect_branch', 'Unprotect a branch.'],
  ['add_to_allowlist', 'Add an address to the allowlist.', { address: { type: 'string' } }],
  ['create_access_policy', 'Create an access policy.'],
  ['resolve_approval', 'Accept or reject an approval request.'],
  ['update_settings', 'Update the settings of the agent.', { auto_approve: { type: 'boolean' } }],
  ['increase_spending_limit', 'Increase the spending limit.'],
  ['disable_content_filter', 'Disable the content filter.'],
];

const LOOK_ALIKES: Example[] = [
  ['list_guardrails', 'List guardrails.'],
  ['get_policy', 'Get a security policy.'],
  ['update_escalation_policy', 'Update an escalation policy.'],
  ['create_retention_policy', 'Create a retention policy for logs.'],
  ['update_return_policy', 'Update the return policy of the shop.'],
  ['list_tasks', 'List tasks.', { limit: { type: 'number' } }],
  ['create_order', 'Create a limit order.'],
  ['list_pending_approvals', 'List pending approvals.'],
  ['check_policy', 'Check a request against the policy.'],
  ['create_branch', 'Create a branch.'],
  ['update_character_limit', 'Update the character limit of a field.'],
  ['submit_answer', 'Submit an answer.'],
  ['update_budget_alert', 'Update a budget alert and who hears of it.', { id: { type: 'string' } }],
  ['create_alert_policy', 'Create a monitoring alert policy on CPU load.'],
  ['update_budget', 'Update the figures of a budget report.', { name: { type: 'string' } }],
];

describe('guardrail-edit', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(guardrailEdit, tool);
    expect(evidence).not.toEqual([]);
    expect(guardrailEdit.label(evidence)).toContain('guardrails or approvals');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(guardrailEdit, tool)).toEqual([]);
  });
});
