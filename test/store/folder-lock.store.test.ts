import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/store/folder-lock.ts';
import { startTicksOf } from '../../src/store/process-start.ts';
import { startStoreProcess } from './child-process.ts';
import { at } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CONTENDERS = 10;
const ROUNDS = 6;

/** Puts a lock as another process would have left it. */
async function leaveLock(folder: string, holder: object): Promise<void> {
  const other = {
    pid: process.ppid,
    startTicks: null,
    host: hostname(),
    command: 'assay nightly',
    since: at(1).toISOString(),
    released: false,
  };
  await writeFile(join(folder, 'lock.7'), JSON.stringify({ ...other, ...holder }));
}

describe('folder lock', () => {
  it('is held by one, given back, and taken again', async () => {
    const folder = await temporaryFolder();
    const lock = await lockFolder(folder, at(1));
    await expect(lockFolder(folder, at(2))).rejects.toMatchObject({ code: 'store-locked' });
    await lock.release();
    await (await lockFolder(folder, at(3))).release();
    expect(await readdir(folder)).toEqual(['lock.2']);
  });

  it('names who holds it and since when', async () => {
    const folder = await temporaryFolder();
    await leaveLock(folder, { startTicks: await startTicksOf(process.ppid) });
    await expect(lockFolder(folder, at(2))).rejects.toMatchObject({
      code: 'store-locked',
      message: expect.stringContaining(`in use by process ${process.ppid} (assay nightly, since ${at(1).toISOString()})`),
    });
  });

  it.each([
    ['whose process is gone', async () => ({ pid: 2 ** 22 + 1 })],
    ['whose pid is another process now', async () => ({ startTicks: '1' })],
    ['that was given back', async () => ({ startTicks: await startTicksOf(process.ppid), released: true })],
  ])('does not mind a lock %s', async (_, holder) => {
    const folder = await temporaryFolder();
    await leaveLock(folder, await holder());
    await lockFolder(folder, at(2));
    expect(await readdir(folder)).toEqual(['lock.8']);
  });

  it.each(['', '{"pid":', '[]'])('does not mind what a power cut left: %j', async (text) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'lock.3'), text);
    await lockFolder(folder, at(2));
    expect(await readdir(folder)).toEqual(['lock.4']);
  });

  it('sweeps what a process killed while it wrote left, not what one is writing', async () => {
    const folder = await temporaryFolder();
    for (const [name, second] of [
      ['lock.3-killed', 0],
      ['lock.3-writes', 3_700],
      ['db-draft', 0],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'lock'), '{');
      await utimes(join(folder, name), at(second), at(second));
    }
    await lockFolder(folder, at(3_701));
    expect((await readdir(folder)).sort()).toEqual(['db-draft', 'lock.1', 'lock.3-writes']);
  });

  it('cannot tell whether a process of another machine lives, and says what to delete', async () => {
    const folder = await temporaryFolder();
    await leaveLock(folder, { host: 'elsewhere', pid: 2 ** 22 + 1 });
    await expect(lockFolder(folder, at(2))).rejects.toMatchObject({ message: expect.stringContaining(`delete ${join(folder, 'lock.7')}`) });
  });

  it('goes to exactly one of many attempts at once, whatever was left behind', async () => {
    const folder = await temporaryFolder();
    await leaveLock(folder, { pid: 2 ** 22 + 1 });
    for (let round = 0; round < 20; round += 1) {
      const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder, at(round))));
      const won = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
      expect(won).toHaveLength(1);
      await won[0]?.release();
    }
  });

  it(`goes to exactly one of ${CONTENDERS} processes at once, after kill -9 of its holder too`, async () => {
    const folder = await temporaryFolder();
    const contenders = Array.from({ length: CONTENDERS }, () => startStoreProcess('contend', folder));
    await Promise.all(contenders.map((contender) => contender.line()));
    const dead = startStoreProcess('contend', folder);
    dead.send('take');
    expect([await dead.line(), await dead.line()]).toEqual(['ready', 'won']);
    await dead.kill();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const contender of contenders) contender.send('take');
      const outcomes = await Promise.all(contenders.map((contender) => contender.line()));
      expect([...outcomes].sort()).toEqual([...Array(CONTENDERS - 1).fill('store-locked'), 'won']);
      const winner = contenders[outcomes.indexOf('won')];
      winner?.send('release');
      expect(await winner?.line()).toBe('released');
    }
  });
});
