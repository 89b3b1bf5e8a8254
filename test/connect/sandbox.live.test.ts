import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { homedir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import { RUNGS } from './rungs.ts';
import {
  CALLERS,
  closeStage,
  openStage,
  type ProbeRequest,
  probe,
  processesWith,
  runProbe,
  SECRET,
  type Stage,
  startedRunner,
  survivorsOf,
} from './sandbox-harness.ts';

const EVERY_WAY = RUNGS.flatMap(({ rung, isHere }) => CALLERS.map((caller) => ({ rung, isHere, caller })));
const LIMITS = { dataBytes: 3 * 2 ** 30, memoryBytes: 3 * 2 ** 30, processes: 64, openFiles: 256, fileBytes: 2 ** 26, cpuSeconds: 20 };

let stage: Stage;
let tcp: Server;
let abstract: Server;
const abstractSocket = `assay-test-${randomInt(2 ** 40)}`;

beforeAll(async () => {
  stage = openStage(0o755);
  tcp = createServer((socket) => socket.end());
  abstract = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => abstract.listen(`\0${abstractSocket}`, resolve));
});

afterAll(() => {
  tcp.close();
  abstract.close();
  closeStage(stage);
});

function port(): number {
  const address = tcp.address();
  return typeof address === 'object' && address ? address.port : 0;
}

// Shows that the tests below can fail: without a sandbox the same probe sees, reaches and leaves all of it.
describe('without a sandbox', () => {
  const run = (attempt: string, asked: ProbeRequest['asked'] = {}) => probe({ stage, caller: 'ordinary', rung: 'none', attempt, asked });

  it('the probe reads the secret and sees the processes of the host', async () => {
    const seen = await run('look', { callerHome: stage.folder });
    expect(seen).toMatchObject({ secret: SECRET, caller: true });
    expect((seen['processes'] as string[]).length).toBeGreaterThan(1);
  });

  it('it reaches services of the host', async () => {
    const seen = await run('network', { port: port(), abstractSocket });
    expect(seen).toMatchObject({ loopback: 'connected', abstractSocket: 'connected' });
  });

  it('it starts as many processes as it likes', async () => {
    expect(await run('fork', { count: 100 })).toEqual({ started: 100, refused: 0 });
  });

  it('a grandchild in its own session outlives it', async () => {
    const marker = newMarker();
    await run('leave', { marker });
    expect(await survivorsOf(marker)).toHaveLength(1);
  });
});

describe.each(EVERY_WAY)('inside $rung, started by $caller', ({ rung, isHere, caller }) => {
  const run = (attempt: string, rest: Partial<ProbeRequest> = {}) => probe({ stage, caller, rung, attempt, ...rest });
  const inside = isHere ? it : it.skip;

  inside('it is nobody, with no capability and no way to one', async () => {
    const seen = await run('look');
    expect(seen).toMatchObject({
      uid: 65534,
      user: 'sandbox',
      hostname: 'sandbox',
      capabilities: '0000000000000000',
      noNewPrivileges: '1',
    });
    expect(seen['seccomp']).toBe(rung === 'bubblewrap' ? '2' : '0');
  });

  inside('the environment is the one it was given and nothing of the caller', async () => {
    const seen = await run('look', { spec: { env: { GIVEN: 'yes' } } });
    const { PWD: _, ...environment } = seen['environment'] as Record<string, string>;
    expect(environment).toEqual({
      PATH: '/opt/runtime/bin:/usr/local/bin:/usr/bin:/bin',
      HOME: '/home/sandbox',
      TMPDIR: '/tmp',
      LANG: 'C.UTF-8',
      GIVEN: 'yes',
    });
    expect(seen['firstEnvironment']).toContain('GIVEN=yes');
    expect(JSON.stringify(seen)).not.toContain(SECRET);
  });

  inside('it sees the files it was given and none of the caller', async () => {
    const seen = await run('look', { asked: { callerHome: caller === 'root' ? homedir() : stage.folder } });
    expect(seen).toMatchObject({ secret: 'ENOENT', shadow: 'ENOENT', caller: false, homes: ['sandbox'], folder: '/app' });
    expect(seen['app']).toEqual(['package.json', 'probe.js']);
    const known = ['app', 'bin', 'dev', 'etc', 'home', 'lib', 'lib32', 'lib64', 'libx32', 'opt', 'proc', 'sbin', 'tmp', 'usr'];
    expect(known).toEqual(expect.arrayContaining(seen['root'] as string[]));
    const settings = ['alternatives', 'fstab', 'group', 'hosts', 'ld.so.cache', 'nsswitch.conf', 'passwd'];
    expect(settings).toEqual(expect.arrayContaining(seen['settings'] as string[]));
  });

  inside('only its own processes, and no open file of the caller', async () => {
    const seen = await run('look');
    expect(seen['processes']).toEqual(['1']);
    expect(seen['firstCommand']).toMatch(/^node\0\/app\/probe\.js\0/);
    // /dev/null stands where the file was that the caller was started with.
    const files = (seen['openFiles'] as string[]).filter((file) => file.startsWith('/') && !file.startsWith('/proc'));
    expect(new Set(files)).toEqual(new Set(['/dev/null']));
  });

  inside('the runtime is the one that runs us, also for what it starts', async () => {
    expect(await run('look')).toMatchObject({ nodeVersion: process.version, spawnedVersion: process.version });
  });

  inside('no network: no service of the host, no name, no metadata address', async () => {
    const seen = await run('network', { asked: { port: port(), abstractSocket } });
    expect(seen).toMatchObject({ abstractSocket: 'ECONNREFUSED', metadata: 'ENETUNREACH', name: 'EAI_AGAIN' });
    expect(seen['interfaces']).toEqual(rung === 'bubblewrap' ? ['lo'] : []);
    expect(seen['loopback']).toBe(rung === 'bubblewrap' ? 'ECONNREFUSED' : 'ENETUNREACH');
  });

  inside('writing works in its own folders and nowhere else', async () => {
    const { outside, own } = (await run('write')) as { outside: Record<string, string>; own: Record<string, string> };
    expect(own).toEqual({ '/tmp/': 'written', '/home/sandbox/': 'written' });
    for (const [folder, outcome] of Object.entries(outside)) expect([folder, outcome]).not.toEqual([folder, 'written']);
  });

  inside('no further namespace and no mount', async () => {
    const seen = await run('breakOut');
    for (const way of ['userNamespace', 'mountNamespace', 'mount']) expect([way, seen[way]]).not.toEqual([way, 0]);
  });

  if (rung === 'bubblewrap') {
    inside('no VSOCK to the hypervisor and no tracing, by the filter', async () => {
      expect(await run('breakOut')).toMatchObject({ vsock: 1, ptrace: 1, unixSocket: 0 });
    });
  }

  inside('processes are limited', async () => {
    const seen = await run('fork', { asked: { count: 100 } });
    expect(seen['started']).toBeLessThan(64);
    expect(seen['refused']).toBeGreaterThan(36);
  });

  inside('memory of one process is limited', async () => {
    const seen = await run('memory', { asked: { bytes: 2 ** 31 }, spec: { limits: { ...LIMITS, dataBytes: 2 ** 30 } } });
    expect(seen['outcome']).not.toBe('allocated');
    expect(seen['bytes']).toBeLessThan(2 ** 30);
  });

  inside('memory of all processes together is limited', async () => {
    const limits = { ...LIMITS, memoryBytes: 2 ** 30 };
    const { exit } = await runProbe({
      stage,
      caller,
      rung,
      attempt: 'treeMemory',
      asked: { count: 4, bytes: 3 * 10 ** 8 },
      spec: { limits },
    });
    expect(exit.exceeded).toBe('memory');
  });

  inside('files are limited, and all of them together', async () => {
    const one = await run('file', { asked: { paths: ['/tmp/big'], bytes: 2 ** 24 }, spec: { limits: { ...LIMITS, fileBytes: 2 ** 23 } } });
    expect(one).not.toEqual(['written']);
    const two = await run('file', {
      asked: { paths: ['/tmp/a', '/tmp/b'], bytes: 5 * 2 ** 20 },
      spec: { limits: { ...LIMITS, fileBytes: 2 ** 23 } },
    });
    expect(two).toEqual(['written', 'ENOSPC']);
  });

  inside('processor time is limited', async () => {
    const { exit, stdout } = await runProbe({ stage, caller, rung, attempt: 'spin', spec: { limits: { ...LIMITS, cpuSeconds: 1 } } });
    expect(stdout).toBe('');
    expect(exit.code).not.toBe(0);
  });

  inside('a grandchild in its own session dies with the program', async () => {
    const marker = newMarker();
    await run('leave', { asked: { marker } });
    expect(await survivorsOf(marker)).toEqual([]);
  });

  inside('a grandchild in its own session dies with kill()', async () => {
    const marker = newMarker();
    const { exit } = await runProbe({ stage, caller, rung, attempt: 'leave', asked: { marker, stay: true }, kill: true });
    expect(exit.signal).toBe('SIGKILL');
    expect(await survivorsOf(marker)).toEqual([]);
  });

  inside('everything dies when the caller is killed', async () => {
    const marker = newMarker();
    const runner = await startedRunner({ stage, caller, rung, attempt: 'leave', asked: { marker, stay: true } });
    expect(processesWith(`${marker}`).length).toBeGreaterThan(1);
    runner.kill('SIGKILL');
    expect(await survivorsOf(marker)).toEqual([]);
  });
});

describe.runIf(process.getuid?.() === 0).each(RUNGS)('inside $rung, below a folder that only root can enter', ({ rung, isHere }) => {
  const inside = isHere ? it : it.skip;

  inside('the app and the runtime are there all the same', async () => {
    const hidden = openStage(0o700);
    const seen = await probe({ stage: hidden, caller: 'root', rung, attempt: 'look' }).finally(() => closeStage(hidden));
    expect(seen).toMatchObject({ uid: 65534, app: ['package.json', 'probe.js'], nodeVersion: process.version, secret: 'ENOENT' });
  });

  inside('an app folder that is itself closed to others is refused with the fix', async () => {
    const hidden = openStage(0o700);
    const mounts = [{ source: hidden.folder.slice(0, hidden.folder.lastIndexOf('/')), target: '/app', writable: false }];
    const { exit } = await runProbe({ stage: hidden, caller: 'root', rung, attempt: 'look', spec: { mounts } }).finally(() =>
      closeStage(hidden),
    );
    expect(exit.spawnError).toMatch(/closed to other users.*chmod o\+rX/);
  });
});

/** A duration for sleep that no other process on this machine was given. */
function newMarker(): string {
  return String(10 ** 9 + randomInt(10 ** 9));
}

describe.each(RUNGS)('in $rung', ({ rung, isHere }) => {
  it.skipIf(!isHere)('no variable of the program is seen by what sets its limits', async () => {
    const opened = await openSandbox({ only: rung });
    if (!opened.ok) throw new Error(opened.fault.message);
    // The loader of each program that sees it says what it starts.
    const spec = { argv: ['/bin/true'], env: { LD_DEBUG: 'files' }, cwd: '/tmp', mounts: [], network: false, limits: LIMITS } as const;
    const started = opened.sandbox.start(spec);
    const [stderr] = await Promise.all([started.stderr.toArray(), started.stdout.resume(), started.exited]);
    const programs = [...String(Buffer.concat(stderr)).matchAll(/initialize program: (\S+)/g)].map(([, program]) => program);
    expect(programs).toEqual(['/bin/true']);
  });
});
