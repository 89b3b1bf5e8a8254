import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { enumerate } from '../../src/connect/enumerate.ts';
import { readNpmSettings } from '../../src/connect/install/npm-settings.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { type HostRung, openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import recorded from '../fixtures/connect/listed-servers.json' with { type: 'json' };
import { NO_HTTP } from './loopback.ts';
import { RUNGS, STRONGEST } from './rungs.ts';

// Kept between runs of the tests: four small packages, 100 MB.
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/assay-test');

describe.each(RUNGS)('in $rung', ({ rung, isHere }) => {
  it.skipIf(!isHere).each(recorded.servers)('$name lists what it was seen to list', async ({ name, version, rungs, tools }) => {
    const enumeration = await enumerate({ kind: 'npm', name, version, args: [] }, await contextOf(rung));
    expect(Enumeration.parse(enumeration)).toMatchObject({
      status: 'complete',
      artifact: { name, version },
      sandbox: { rung },
      faults: [],
    });
    expect(namesOf(enumeration)).toEqual(tools);
    expect(enumeration.attempts.map((attempt) => attempt.rung)).toEqual(rungs);
  });
});

it('the answer is the tools, byte for byte the same a second time', async () => {
  const { name, version } = recorded.servers[0] ?? { name: '', version: '' };
  const context = await contextOf(STRONGEST);
  const [first, second] = [
    await enumerate({ kind: 'npm', name, version, args: [] }, context),
    await enumerate({ kind: 'npm', name, version, args: [] }, context),
  ];
  const { answer, tools } = z.object({ answer: z.array(z.string()), tools: z.array(z.unknown()) }).parse(first);
  expect(JSON.parse(answer[0] ?? '')).toMatchObject({ tools });
  expect(second).toMatchObject({ answer });
});

describe('a package that only a repository says is its own', () => {
  const { name, version } = { name: '@modelcontextprotocol/server-memory', version: '2026.8.31' };
  const look = async (mustNameRepository: string) =>
    enumerate({ kind: 'npm', name, version, args: [], mustNameRepository }, await contextOf(STRONGEST));

  it('is started when its manifest names that repository, however it is spelled', async () => {
    expect(await look('git@github.com:ModelContextProtocol/servers.git')).toMatchObject({ status: 'complete' });
  });

  it('is not started when it names another', async () => {
    const fault = { code: 'package-not-confirmed', subject: `npm:${name}`, retryable: false };
    expect(await look('https://github.com/alice/servers')).toMatchObject({ status: 'refused', fault, attempts: [] });
  });
});

it('a package that is not there is an outcome', async () => {
  const enumeration = await enumerate({ kind: 'npm', name: '@mcp-assay/no-such-package', args: [] }, await contextOf(STRONGEST));
  expect(enumeration).toMatchObject({ status: 'install-failed', attempts: [], fault: { subject: 'npm:@mcp-assay/no-such-package' } });
});

it('without a sandbox nothing is started', async () => {
  const fault = { code: 'no-sandbox', subject: 'this host', message: 'Install bubblewrap.', retryable: false };
  const context = { ...(await contextOf(STRONGEST)), sandbox: { ok: false, fault } as const };
  const enumeration = await enumerate({ kind: 'npm', name: 'planet', version: '1.0.0', args: [] }, context);
  expect(enumeration).toEqual({ status: 'refused', fault, launch: 'npm:planet@1.0.0', attempts: [], installMs: 0, durationMs: 0 });
});

async function contextOf(rung: HostRung) {
  const sandbox = await openSandbox({ only: rung });
  if (!sandbox.ok) throw new Error(sandbox.fault.message);
  const abort = new AbortController().signal;
  return { http: NO_HTTP, sandbox, cacheFolder: CACHE, npm: readNpmSettings(process.env), limits: DEFAULT_LIMITS, abort };
}

function namesOf(enumeration: Enumeration): string[] {
  return 'tools' in enumeration ? enumeration.tools.map(({ name }) => name).sort() : [];
}
