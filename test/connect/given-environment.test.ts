import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dummyFor } from '../../src/connect/dummies.ts';
import { climb } from '../../src/connect/ladder.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { npmLaunch } from '../../src/connect/npm-launch.ts';
import { fakeSandbox } from './streams.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'environment-test-')));
  mkdirSync(join(folder, 'planet'));
  writeFileSync(join(folder, 'planet/index.js'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('what a registry entry sets is there from the first start on, below what the server itself asks for', async () => {
  const seen: Readonly<Record<string, string>>[] = [];
  const sandbox = fakeSandbox((server, { env }) => {
    const { BROWSER: _, ...given } = env;
    seen.push(given);
    if (env['A_KEY']) return server.serve([{ tools: [{ name: 'first' }] }]);
    server.stderr.write('A_KEY is missing\n');
    server.exit(1);
  });
  const artifact = { registryType: 'npm', name: 'planet', version: '1.2.3', integrity: 'sha512-x' } as const;
  const installed = { artifact, folder, packageFolder: 'planet', bins: { planet: 'index.js' }, installMs: 0, cached: true, sizeBytes: 0 };
  const plan = { kind: 'npm', name: 'planet', args: ['stdio'], environment: { MODE: 'static' } } as const;
  const launched = npmLaunch(plan, installed, sandbox);
  if (!launched.ok) throw new Error(launched.fault.message);
  const limits = { ...DEFAULT_LIMITS, attemptMs: 500, serverMs: 5_000 };
  const { tries } = await climb(launched.launch, { sandbox, limits, abort: new AbortController().signal });
  expect(seen).toStrictEqual([{ MODE: 'static' }, { MODE: 'static', A_KEY: dummyFor('A_KEY') }]);
  expect(tries.map(({ attempt }) => [attempt.environmentNames, attempt.status])).toStrictEqual([
    [['MODE'], 'needs-auth'],
    [['A_KEY', 'MODE'], 'complete'],
  ]);
});
