import { describe, expect, it } from 'vitest';
import { secretOutput } from '../../../classifiers/signals/secret-output.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Returns secrets in its answer', ['get_secret', 'Get a secret.']],
  ['Returns secrets in its answer', ['get-env', 'Returns all environment variables.']],
  ['Returns secrets in its answer', ['login', 'Logs in and returns an access token.']],
  ['Returns secrets in its answer', ['create_key', 'Create a key. The key is returned only once.']],
  ['Returns secrets in its answer', ['retrieve', 'Retrieve a decrypted password from the vault.']],
  [
    'Returns secrets in its answer',
    ['create_webhook', 'Create a webhook for a mailbox of yours. The secret is\nreturned only in this response.'],
  ],
  ['Returns secrets in its answer', ['rotate_secret', 'Rotate it. The new one-time secret is exposed in the MCP result.']],
  ['Returns secrets in its answer', ['get', 'Get an item.', { object: { type: 'string', enum: ['item', 'password', 'totp'] } }]],
  ['Returns secrets in its answer', ['upload_url', 'Generate an upload URL with authentication credentials.']],
  ['Returns secrets in its answer', ['getAuthorizationCode', 'Retrieve the authorization (EPP) code.']],
];

const LOOK_ALIKES: Example[] = [
  ['get_virtual_key', 'Fetch one virtual key by slug, including metadata, a masked secret, limits, status, and model config.'],
  ['list_secrets', 'List secrets.'],
  ['get_secret', 'Get a secret. Values are never returned.'],
  ['get_token_price', 'Get the price of a token.'],
  ['delete_secret', 'Delete a secret.'],
  ['get_password_policy', 'Get the password policy.'],
  ['unlock', 'Unlock the vault. The password is never exposed to the MCP protocol.'],
  ['list_items', 'List items.', { object: { type: 'string', enum: ['item', 'password'] } }],
  ['access_token', 'Get information about the current API access token including its scopes.'],
  ['get_auth_token', 'Get auth token metadata.'],
  ['get_pipeline', 'Get details of a pipeline including its steps, schedule, environment variables and statistics.'],
  ['get_icon', 'Get an icon.', { object: { type: 'string', enum: ['item', 'folder'] } }],
];

describe('secret-output', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(secretOutput, tool);
    expect(evidence).not.toEqual([]);
    expect(secretOutput.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(secretOutput, tool)).toEqual([]);
  });
});
