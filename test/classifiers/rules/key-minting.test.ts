import { describe, expect, it } from 'vitest';
import { keyMinting } from '../../../classifiers/rules/key-minting.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['create_api_key', 'Creates a long-lived API key.'],
  ['generate_token', 'Generate an access token.'],
];

const LOOK_ALIKES: Example[] = [
  ['get_api_key', 'Get one API key.'],
  ['create_keyboard', 'Create a keyboard layout.'],
  ['revoke_token', 'Revoke a token.'],
];

describe('key-minting', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(keyMinting, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(keyMinting, example)).toBeLessThanOrEqual(1);
  });
});
