import { describe, expect, it } from 'vitest';
import { credentialInput } from '../../../classifiers/signals/credential-input.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Handles credentials or secrets (password)', ['login', '', { password: { type: 'string' } }]],
  ['Handles credentials or secrets (access_token)', ['create_api_key', '', { access_token: { type: 'string' } }]],
  [
    'Handles credentials or secrets (key)',
    ['create_virtual_key', '', { key: { type: 'string', description: 'The actual provider API key to store' } }],
  ],
  ['Handles credentials or secrets (apiKey, secret)', ['trade', '', { apiKey: { type: 'string' }, secret: { type: 'string' } }]],
  ['Handles credentials or secrets (connectionString)', ['connect', '', { connectionString: { type: 'string' } }]],
  ['Handles credentials or secrets (auth_code)', ['transfer', '', { auth_code: { type: 'string' } }]],
  ['Handles credentials or secrets (bot_token)', ['send_as_bot', 'Send as a bot.', { bot_token: { type: 'string' } }]],
  ['Handles credentials or secrets (api_token)', ['sign_in', '', { api_token: { type: 'string', description: 'Your API token' } }]],
];

const LOOK_ALIKES: Example[] = [
  ['list', '', { page_token: { type: 'string' }, nextToken: { type: 'string' }, max_tokens: { type: 'number' } }],
  ['kv_get', 'Get a value.', { key: { type: 'string', description: 'Key of the value' } }],
  ['get', '', { api_key_id: { type: 'string' }, secret_name: { type: 'string' } }],
  ['swap', '', { token: { type: 'string', description: 'Token address to buy' } }],
  ['x', '', { has_password: { type: 'boolean' } }],
  ['x', '', { key: { type: 'string' } }],
  ['price', '', { request_token: { type: 'object' }, response_token: { type: 'object' } }],
  ['x', '', { secret_key: { type: 'string', description: 'Key to select from a multi-value secret' } }],
  ['x', '', { refresh_token: { type: 'object', description: 'Refresh token configuration' } }],
  ['x', '', { form_token: { type: 'string' } }],
  ['order', '', { token: { type: 'object' } }],
  ['invite_user', '', { workspace_api_key_details: { type: 'object' } }],
  ['list_charts', 'List charts.', { workspace_token: { type: 'string', description: 'Workspace token (`wsp_*`)' } }],
  ['update_budget', 'Update a budget.', { budget_token: { type: 'string' } }],
  ['get_report', 'Get a report by its token.', { report_token: { type: 'string', description: 'The token of the report' } }],
  ['delete_tokens', 'Delete tokens.', { tokens: { type: 'array', description: 'Token IDs to delete' } }],
  ['decide', 'Decide.', { token: { type: 'string', description: 'Approval token of the request' } }],
];

describe('credential-input', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(credentialInput, tool);
    expect(evidence).not.toEqual([]);
    expect(credentialInput.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(credentialInput, tool)).toEqual([]);
  });
});
