import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { RUNGS } from './rungs.ts';
import { processesWith, survivorsOf } from './sandbox-harness.ts';

const MAIN = join(import.meta.dirname, '../../dist/src/cli/main.js');
const ZOO = join(import.meta.dirname, '../zoo');

/** Runs the built command on a server of the zoo until that runs, and its children with it. */
async function runningScan(server: string, marker: string) {
  const scan = spawn(process.execPath, [MAIN, 'scan', '--json', '--', 'node', ...server.split(' '), marker], { cwd: ZOO, stdio: 'ignore' });
  const ended = new Promise((resolve) => scan.once('exit', (code, signal) => resolve(signal ?? code)));
  // The command itself, and inside the server and its child.
  await expect.poll(() => processesWith(marker).length, { timeout: 20_000 }).toBeGreaterThan(3);
  return { scan, ended };
}

describe('a scan in the middle of a server that leaves a child and hangs', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)('leaves nothing when it gets %s', async (signal) => {
    const marker = `marker-${randomUUID()}`;
    const { scan, ended } = await runningScan('leaves-child.js hangs', marker);
    scan.kill(signal);
    await ended;
    expect(await survivorsOf(marker)).toEqual([]);
  });
});

describe.each(RUNGS.filter(({ isHere }) => isHere))('a worker thread', ({ rung }) => {
  it(`starts nothing in ${rung}, since all of it would end with the thread`, async () => {
    const worker = new Worker(
      `import { openSandbox } from ${JSON.stringify(new URL('../../src/connect/sandbox/open-sandbox.ts', import.meta.url).href)};
       await openSandbox({ only: ${JSON.stringify(rung)} });`,
      { eval: true, execArgv: ['--input-type=module'] },
    );
    const error = await new Promise((resolve) => worker.once('error', resolve).once('exit', resolve));
    expect(String(error)).toContain('main thread only');
  });
});
