import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { RUNGS, STRONGEST } from './rungs.ts';
import { expectCase, LIMITS, lookAtZoo, SHORT, type ZooCase } from './zoo-look.ts';

const SECRET = 'secret-of-the-scanner';
process.env['ZOO_SECRET'] = SECRET;
/** A service of the host that a server could reach. */
const service = createServer((socket) => socket.end());
await new Promise<void>((resolve) => service.listen(0, resolve));
const address = service.address();
const PORT = typeof address === 'object' ? address?.port : 0;
afterAll(() => void service.close());

/** More than a sandbox of these tests may have. */
const SMALL_DISK = { ...LIMITS, sandbox: { ...LIMITS.sandbox, fileBytes: 2 ** 24 } };

/** Of each hostile or odd server: how its enumeration ends, and with how many tools. */
const CASES: readonly ZooCase[] = [
  { server: 'works.js', status: 'complete', tools: 2 },
  { server: 'hangs.js', status: 'timeout', code: 'no-answer', limits: SHORT },
  { server: 'busy-loop.js', status: 'timeout', code: 'no-answer', limits: SHORT },
  { server: 'fills-memory.js', status: 'crashed', code: 'memory-limit' },
  { server: 'spreads-memory.js', status: 'crashed', code: 'memory-limit' },
  { server: 'fills-disk.js 100', status: 'complete', tools: ['written_some'], limits: SMALL_DISK },
  { server: 'forks.js 100', status: 'complete', tools: ['started_some'] },
  { server: 'fork-bomb.js', status: 'timeout', code: 'no-answer', limits: SHORT },
  { server: `looks-around.js ${Buffer.from(SECRET).toString('base64')} ${PORT}`, status: 'complete', tools: ['looked_around'] },
  { server: 'opens-browser.js', status: 'complete', tools: ['browser_set'] },
  { server: 'downloads-itself.js', status: 'needs-network', code: 'network-unreachable' },
  { server: 'cloaks.js', status: 'complete', tools: ['get_note'] },
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
    it.each(CASES)('$server is $status', async (expected) => {
      await expectCase(rung, expected);
    });

    it('lists the good ones beside the hostile ones', async () => {
      const good = ['works.js', 'banner.js', 'empty-cursor.js', 'asks-environment.js'];
      const hostile = ['hangs.js', 'endless-line.js', 'endless-lines.js', 'leaves-child.js', 'floods-stderr.js', 'pages-new-cursor.js'];
      const others = hostile.map((server) => lookAtZoo(rung, server, { limits: SHORT }));
      const enumerations = await Promise.all(good.map((server) => lookAtZoo(rung, server)));
      await Promise.all(others);
      expect(enumerations.map(({ status }) => status)).toEqual(good.map(() => 'complete'));
    });

    it('stops when the run is stopped, and throws what it was stopped with', async () => {
      const abort = new AbortController();
      const reason = new Error('stopped');
      setTimeout(() => abort.abort(reason), 300);
      // Far longer than the test may take.
      const limits = { ...LIMITS, attemptMs: 600_000, serverMs: 600_000 };
      await expect(lookAtZoo(rung, 'hangs.js', { limits, abort: abort.signal })).rejects.toBe(reason);
    });
  });

it('what a server wrote is recorded escaped, and every start with it', async () => {
  const banner = await lookAtZoo(STRONGEST, 'banner.js');
  expect(banner.attempts[0]?.noise).toBe('Welcome to the zoo!\n\\u001b[32mready\\u001b[0m \\u202e\n{"level":30,"msg":"listening"}');
  const asking = await lookAtZoo(STRONGEST, 'asks-environment.js');
  expect(asking.attempts.map(({ rung, environmentNames, status }) => ({ rung, environmentNames, status }))).toEqual([
    { rung: 'bare', environmentNames: [], status: 'needs-auth' },
    { rung: 'asked-environment', environmentNames: ['ZOO_API_KEY'], status: 'complete' },
  ]);
  expect(asking).toHaveProperty('tools.0.name', 'first');
});
