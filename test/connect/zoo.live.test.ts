import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import { DEFAULT_LIMITS, type EnumerationLimits } from '../../src/connect/limits.ts';
import { type HostRung, openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import type { Enumeration } from '../../src/model/enumeration.ts';
import { NO_HTTP } from './loopback.ts';
import { RUNGS, STRONGEST } from './rungs.ts';

/** Small, so that a server that uses one of them up is soon done; the time is long, so that one that lists does so also on a busy machine. */
const LIMITS: EnumerationLimits = {
  ...DEFAULT_LIMITS,
  attemptMs: 10_000,
  serverMs: 30_000,
  maxAttempts: 3,
  maxFrameBytes: 2 ** 21,
  maxSessionBytes: 2 ** 22,
  maxPages: 5,
  maxTools: 200,
  sandbox: { ...DEFAULT_LIMITS.sandbox, memoryBytes: 300 * 2 ** 20 },
};

/** For a server whose time is expected to run out. */
const SHORT: EnumerationLimits = { ...LIMITS, attemptMs: 3_000, serverMs: 9_000 };

const cacheFolder = mkdtempSync(join(tmpdir(), 'zoo-cache-'));
afterAll(() => rmSync(cacheFolder, { recursive: true }));

interface Case {
  /** Script in test/zoo, and its arguments. */
  readonly server: string;
  readonly status: Enumeration['status'];
  readonly code?: string;
  readonly tools?: number;
  readonly limits?: EnumerationLimits;
}

/** Of each hostile or odd server: how its enumeration ends, and with how many tools. */
const CASES: readonly Case[] = [
  { server: 'works.js', status: 'complete', tools: 2 },
  { server: 'hangs.js', status: 'timeout', code: 'no-answer', limits: SHORT },
  { server: 'busy-loop.js', status: 'timeout', code: 'no-answer', limits: SHORT },
  { server: 'fills-memory.js', status: 'crashed', code: 'memory-limit' },
  { server: 'drips.js', status: 'timeout', code: 'no-answer', limits: SHORT },
  { server: 'endless-line.js', status: 'protocol-error', code: 'frame-too-big' },
  { server: 'endless-lines.js', status: 'protocol-error', code: 'session-too-big' },
  { server: 'garbage.js', status: 'protocol-error', code: 'not-the-protocol', limits: SHORT },
  { server: 'wrong-answer.js', status: 'protocol-error', code: 'bad-answer' },
  { server: 'pages-same-cursor.js', status: 'partial', code: 'page-loop', tools: 2 },
  { server: 'pages-new-cursor.js', status: 'partial', code: 'too-many-pages', tools: 5 },
  { server: 'too-many-tools.js', status: 'partial', code: 'too-many-tools', tools: 200 },
  { server: 'leaves-child.js answers', status: 'complete', tools: 1 },
  { server: 'leaves-child.js exits', status: 'crashed', code: 'exited' },
  { server: 'leaves-child.js hangs', status: 'timeout', code: 'no-answer', limits: SHORT },
  { server: 'exits-silently.js', status: 'crashed', code: 'exited' },
  { server: 'banner.js', status: 'complete', tools: 1 },
  { server: 'asks-environment.js', status: 'complete', tools: 1 },
  { server: 'asks-subcommand.js', status: 'complete', tools: 1 },
  { server: 'asks-client.js', status: 'complete', tools: 1 },
  { server: 'empty-cursor.js', status: 'complete', tools: 2 },
  { server: 'deep-id.js', status: 'complete', tools: 1 },
  { server: 'deep-nesting.js', status: 'complete', tools: 1 },
  { server: 'floods-stderr.js', status: 'complete', tools: 1 },
];

for (const { rung, isHere } of RUNGS)
  describe.skipIf(!isHere)(`in ${rung}`, { concurrent: true }, () => {
    it.each(CASES)('$server is $status', async ({ server, status, code, tools, limits = LIMITS }) => {
      const startedAt = performance.now();
      const enumeration = await run(rung, server, limits);
      expect(enumeration.status).toBe(status);
      if (code) expect(enumeration).toHaveProperty('fault.code', code);
      if (tools !== undefined) expect(enumeration).toHaveProperty('tools.length', tools);
      expect(performance.now() - startedAt).toBeLessThan(limits.serverMs + 10_000);
    });

    it('lists the good ones beside the hostile ones', async () => {
      const good = ['works.js', 'banner.js', 'empty-cursor.js', 'asks-environment.js'];
      const hostile = ['hangs.js', 'endless-line.js', 'endless-lines.js', 'leaves-child.js', 'floods-stderr.js', 'pages-new-cursor.js'];
      const enumerations = await Promise.all([...hostile, ...good].map((server) => run(rung, server)));
      expect(enumerations.slice(hostile.length).map(({ status }) => status)).toEqual(good.map(() => 'complete'));
    });

    it('stops at once when the run is stopped, and throws what it was stopped with', async () => {
      const abort = new AbortController();
      const running = run(rung, 'hangs.js', LIMITS, abort.signal);
      const reason = new Error('stopped');
      setTimeout(() => abort.abort(reason), 300);
      const startedAt = performance.now();
      await expect(running).rejects.toBe(reason);
      expect(performance.now() - startedAt).toBeLessThan(LIMITS.attemptMs / 2);
    });
  });

it('what a server wrote is recorded escaped, and every start with it', async () => {
  const banner = await run(STRONGEST, 'banner.js');
  expect(banner.attempts[0]?.noise).toBe('Welcome to the zoo!\n\\u001b[32mready\\u001b[0m \\u202e\n{"level":30,"msg":"listening"}');
  const asking = await run(STRONGEST, 'asks-environment.js');
  expect(asking.attempts.map(({ rung, environmentNames, status }) => ({ rung, environmentNames, status }))).toEqual([
    { rung: 'bare', environmentNames: [], status: 'needs-auth' },
    { rung: 'asked-environment', environmentNames: ['ZOO_API_KEY'], status: 'complete' },
  ]);
  expect(asking).toHaveProperty('tools.0.name', 'first');
});

async function run(rung: HostRung, server: string, limits = LIMITS, abort = new AbortController().signal): Promise<Enumeration> {
  const sandbox = await openSandbox({ only: rung });
  if (!sandbox.ok) throw new Error(sandbox.fault.message);
  const npm = () => Promise.reject(new Error('nothing is installed here'));
  const cwd = join(import.meta.dirname, '../zoo');
  const marker = `marker-${randomUUID()}`;
  const plan = { kind: 'command', argv: ['node', ...server.split(' '), marker], cwd } as const;
  try {
    return await enumerate(plan, { http: NO_HTTP, sandbox, cacheFolder, npm, limits, abort });
  } finally {
    await expectNothingLeft(marker);
  }
}

/** A killed process may need a moment to be gone. */
async function expectNothingLeft(marker: string): Promise<void> {
  for (let round = 0; round < 40 && processesWith(marker).length > 0; round += 1) await wait(50);
  expect(processesWith(marker)).toEqual([]);
}

/** Ids of all processes of the machine that have the text among their arguments. */
function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => commandLineOf(pid).includes(text));
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
