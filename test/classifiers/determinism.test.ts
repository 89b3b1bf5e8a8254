import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const RUNNER = fileURLToPath(new URL('determinism-runner.ts', import.meta.url));

function hashOf(order: string, env: Readonly<Record<string, string>>): string {
  return execFileSync(process.execPath, [RUNNER, order], { env: { ...process.env, ...env }, encoding: 'utf8' });
}

describe('the classifier, run again', { timeout: 60_000 }, () => {
  it('gives the same bytes in another order, another locale and another time zone', () => {
    const first = hashOf('forward', { LC_ALL: 'C', TZ: 'UTC' });
    expect(hashOf('reversed', { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kolkata' })).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
  });
});
