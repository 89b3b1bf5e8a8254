import { describe, expect, it } from 'vitest';
import { credentialMinting } from '../../../classifiers/signals/credential-minting.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Mints a new credential', ['create_api_key', 'Creates an API key.']],
  ['Mints a new credential', ['x', 'Generates a personal access token.']],
  ['Mints a new credential', ['createLoginLinks', 'Create temporary auto-login links.']],
];

const LOOK_ALIKES: Example[] = [
  ['get_api_key', 'Get an API key.'],
  ['delete_api_key', 'Delete an API key.'],
  ['create_key_result', 'Create a key result for an objective.'],
  ['create_link', 'Create a link between two issues.'],
  ['add_deploy_key', 'Add a deploy key.', { key: { type: 'string' } }],
  ['create_secret', 'Create a secret.'],
  ['create_upload_url', 'Creates a staged upload URL.'],
  ['secret_put', 'Add a secret to a worker.'],
  ['create_ssh_key', 'Create an SSH key.', { public_key: { type: 'string', description: 'The existing public key to store' } }],
  ['create_certificate', 'Create a TLS certificate.', { domain: { type: 'string' } }],
  ['create_rate_limit', 'Create a token rate-limit policy.', { type: { type: 'string', enum: ['requests', 'tokens'] } }],
  [
    'create_virtual_key',
    'Store a provider API key as a virtual key.',
    { key: { type: 'string', description: 'The actual provider API key' } },
  ],
];

describe('credential-minting', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(credentialMinting, tool);
    expect(evidence).not.toEqual([]);
    expect(credentialMinting.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(credentialMinting, tool)).toEqual([]);
  });
});
