import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUNGS } from './rungs.ts';
import {
  CALLERS,
  closeStage,
  openStage,
  type ProbeRequest,
  probe,
  runProbe,
  type Stage,
  startRunner,
  survivorsOf,
} from './sandbox-harness.ts';

const EVERY_WAY = RUNGS.flatMap((rung) => CALLERS.map((caller) => ({ ...rung, caller })));
const LIMITS = { dataBytes: 3 * 2 ** 30, memoryBytes: 2 ** 29, processes: 64, openFiles: 256, fileBytes: 2 ** 26, cpuSeconds: 20 };
const HOST_FILES = { file: 'plain', socket: 'connected', pipe: 'opened' };

let stage: Stage;
let host: Server;

beforeAll(async () => {
  stage = openStage(0o755);
  const folder = join(stage.appFolder, 'deep', 'folder');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'plain.txt'), 'plain');
  execFileSync('mkfifo', ['-m', '666', join(folder, 'host.fifo')]);
  host = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => host.listen(join(folder, 'host.sock'), resolve));
  chmodSync(join(folder, 'host.sock'), 0o666);
});

afterAll(() => {
  host.close();
  closeStage(stage);
});

// Shows that the tests below can fail.
it('without a sandbox the probe reaches the sockets and pipes of the host', async () => {
  const folder = join(stage.appFolder, 'deep', 'folder');
  expect(await probe({ stage, caller: 'ordinary', rung: 'none', attempt: 'hostFiles', asked: { folder } })).toEqual(HOST_FILES);
});

describe.each(EVERY_WAY)('inside $rung, started by $caller', ({ rung, isHere, caller }) => {
  const run = (attempt: string, rest: Partial<ProbeRequest> = {}) => probe({ stage, caller, rung, attempt, ...rest });
  const inside = isHere ? it : it.skip;

  inside('a socket and a pipe of the host in a mounted folder are closed, the files beside them are not', async () => {
    const seen = await run('hostFiles', { asked: { folder: '/app/deep/folder' } });
    expect(seen).toEqual({ file: 'plain', socket: expect.stringMatching(/^ECONNREFUSED|EACCES$/), pipe: 'EACCES' });
  });

  inside('folders can be shown below the private folders', async () => {
    const targets = ['/tmp/x/y', '/home/sandbox/z'];
    const mounts = targets.map((target) => ({ source: stage.appFolder, target, writable: false }));
    for (const cwd of targets) {
      const argv = ['node', `${cwd}/probe.js`, JSON.stringify({ attempt: 'write' })] as const;
      const { own } = (await run('write', { spec: { argv: [...argv], cwd, mounts } })) as { own: unknown };
      expect(own).toEqual({ '/tmp/': 'written', '/home/sandbox/': 'written' });
    }
  });

  inside('nothing starts when the caller is killed before it has heard of the start', async () => {
    const folder = mkdtempSync(join(dirname(stage.folder), 'out-'));
    chmodSync(folder, 0o777);
    const mounts = [{ source: folder, target: '/out', writable: true }];
    const touch = (name: string) => ({ argv: ['touch', `/out/${name}`] as const, cwd: '/out', mounts });
    expect((await runProbe({ stage, caller, rung, attempt: '', spec: touch('control') })).exit.code).toBe(0);
    const runner = startRunner({ stage, caller, rung, attempt: '', spec: touch('started'), dieUnanswered: true });
    await once(runner, 'exit');
    expect(runner.signalCode).toBe('SIGKILL');
    expect(await survivorsOf('/out/started')).toEqual([]);
    expect(readdirSync(folder)).toEqual(['control']);
  });

  inside('the keys of the host are not listed', async () => {
    const { keys, keysAreMasked } = await run('look');
    expect(keys).toMatch(/^(EACCES|ENOENT|)$/);
    expect(keysAreMasked).toBe(existsSync('/proc/keys'));
  });

  if (rung === 'bubblewrap') {
    inside('memory that belongs to no process is refused', async () => {
      expect(await run('unownedMemory')).toEqual({ memoryFile: 1, systemV: 1, shared: 1, private: 0, zero: 'EACCES' });
    });
  } else {
    inside('memory that belongs to no process is refused where it can be without a filter', async () => {
      expect(await run('unownedMemory')).toMatchObject({ systemV: 1, private: 0, zero: expect.stringMatching(/^EACCES|ENOENT$/) });
    });

    inside('files of memory that nobody maps count', async () => {
      const spec = { limits: LIMITS };
      const { exit } = await runProbe({ stage, caller, rung, attempt: 'memoryFiles', asked: { count: 12, bytes: 6 * 10 ** 7 }, spec });
      expect(exit.exceeded).toBe('memory');
    });
  }
});
