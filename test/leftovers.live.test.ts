import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { leftovers } from './leftovers.ts';

const MARKER = String(10 ** 9 + randomInt(10 ** 9));

/** @returns The id of a process in a session of its own whose parent has ended. */
async function orphan(env: NodeJS.ProcessEnv): Promise<number> {
  const parent = spawn('sh', ['-c', `setsid sleep ${MARKER} </dev/null >/dev/null 2>&1 & echo $!`], { env });
  const pid = Number(String(await once(parent.stdout, 'data')));
  await once(parent, 'exit');
  return pid;
}

async function seen(pid: number): Promise<boolean> {
  return (await leftovers(process.pid, 0)).some((left) => left.pid === pid);
}

it('an orphan with the environment of a test run is found until it has ended, one of somebody else is not', async () => {
  const ours = await orphan(process.env);
  const other = await orphan({ PATH: process.env['PATH'] });
  try {
    expect(await seen(ours)).toBe(true);
    expect(await seen(other)).toBe(false);
  } finally {
    for (const pid of [ours, other]) process.kill(pid, 'SIGKILL');
  }
  await expect.poll(() => seen(ours)).toBe(false);
});

it('a child of a worker is found, the worker is not', async () => {
  const worker = spawn('sh', ['-c', `sleep ${MARKER} & echo $!; wait`]);
  try {
    const below = Number(String(await once(worker.stdout, 'data')));
    expect(await seen(below)).toBe(true);
    expect(await seen(worker.pid ?? 0)).toBe(false);
    process.kill(below, 'SIGKILL');
    await once(worker, 'exit');
  } finally {
    worker.kill('SIGKILL');
  }
});
