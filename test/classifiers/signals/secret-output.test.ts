import { describe, expect, it } from 'vitest';
import { secretOutput } from '../../../classifiers/signals/secret-output.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Returns secrets in its answer', ['get_secret', 'Get a secret.']],
  ['Returns secrets in its answer', ['get-env', 'Returns all environment variables.']],
  ['Returns secrets in its answer', ['login', 'Logs in and returns an access token.']],
  ['Returns secrets in its answer', ['create_key', 'Create a key. The key is returned only once.']],
  ['Returns secrets in its answer', ['retrieve', 'Retrieve a decrypted password from the vault.']],
];

const LOOK_ALIKES: Example[] = [
  ['get_virtual_key', 'Fetch one virtual key by slug, including metadata, a masked secret, limits, status, and model config.'],
  ['list_secrets', 'List secrets.'],
  ['get_secret', 'Get a secret. Values are never returned.'],
  ['get_token_price', 'Get the price of a token.'],
  ['delete_secret', 'Delete a secret.'],
  ['get_password_policy', 'Get the password policy.'],
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
