import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import type { SandboxRung } from '../../src/model/enumeration.ts';
import { RUNGS } from './rungs.ts';
import {
  CALLERS,
  type Caller,
  closeStage,
  openStage,
  processesWith,
  runProbe,
  type Stage,
  startedRunner,
  survivorsOf,
} from './sandbox-harness.ts';

const EVERY_WAY = RUNGS.flatMap((rung) => CALLERS.map((caller) => ({ ...rung, caller })));
const MARKER = String(10 ** 9 + randomInt(10 ** 9));
const ABSTRACT_SOCKET = `assay-escapes-${randomInt(2 ** 40)}`;
const HOST_ADDRESS = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ internal }) => !internal)?.address;

/** What only the filter refuses. Where there is none, some of it works, depending on the kernel. */
const LEFT_TO_THE_FILTER = [
  ...['ptrace a neighbour', 'read memory of a neighbour', 'write memory of a neighbour', 'add a key', 'read the session keys'],
  ...['VSOCK socket', 'ALG socket', 'BLUETOOTH socket', 'io_uring', 'bpf', 'perf events', 'userfaultfd', 'kernel log', 'clone3'],
  ...['descriptor tables', 'x32 ABI', 'memory file'],
];

let stage: Stage;
let folder: string;
let host: readonly Server[] = [];
/** Of the user inside, as the host counts, so that nothing but the process namespace is between them. */
const neighbours: ChildProcess[] = [];

beforeAll(async () => {
  stage = openStage(0o755);
  folder = join(stage.folder, 'escape');
  const other = join(stage.folder, 'other package');
  for (const made of [folder, other]) mkdirSync(made);
  writeFileSync(join(other, 'index.js'), 'export {};');
  copyFileSync(join(import.meta.dirname, 'sandbox-escapes.js'), join(folder, 'sandbox-escapes.js'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(stage.secretFile, join(folder, 'link-to-secret'));
  symlinkSync('/', join(folder, 'link-to-root'));
  host = [await listening({ port: 0, host: '0.0.0.0' }), await listening({ path: `\0${ABSTRACT_SOCKET}` })];
  const owners = process.getuid?.() === 0 ? [65534, 1000] : [undefined];
  for (const uid of owners) neighbours.push(spawn('sleep', [MARKER], { stdio: 'ignore', ...(uid !== undefined && { uid, gid: uid }) }));
});

afterAll(() => {
  for (const server of host) server.close();
  for (const neighbour of neighbours) neighbour.kill('SIGKILL');
  closeStage(stage);
});

async function listening(at: { readonly port: number; readonly host: string } | { readonly path: string }): Promise<Server> {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(at, resolve));
  return server;
}

type Outcomes = Readonly<Record<string, Readonly<Record<string, string | number>>>>;

async function tryWays(rung: SandboxRung, caller: Caller, ...ways: readonly string[]): Promise<Outcomes> {
  const address = host[0]?.address();
  const asked = {
    ...{ ways, secretFile: stage.secretFile, otherPackage: join(stage.folder, 'other package', 'index.js'), callerPid: process.pid },
    // In two parts, so that its own arguments do not hold it.
    marker: [MARKER.slice(0, 3), MARKER.slice(3)],
    pids: Object.fromEntries([...neighbours.map(({ pid }, index) => [`neighbour ${index}`, pid]), ['the caller', process.pid]]),
    ...{ port: typeof address === 'object' ? address?.port : 0, hostAddress: HOST_ADDRESS ?? '127.0.0.2', abstractSocket: ABSTRACT_SOCKET },
  };
  const spec = {
    argv: ['node', '/escape/sandbox-escapes.js', JSON.stringify(asked)] as [string, ...string[]],
    cwd: '/escape',
    mounts: [{ source: folder, target: '/escape', writable: false }],
  };
  const ran = await runProbe({ stage, caller, rung, attempt: '', spec });
  if (!ran.stdout) throw new Error(`the probe printed nothing: ${JSON.stringify(ran)}`);
  return JSON.parse(ran.stdout);
}

/** Those that led out, each with its way. */
function done(outcomes: Outcomes): string[] {
  const found = Object.entries(outcomes).flatMap(([way, tried]) =>
    Object.entries(tried).map(([name, outcome]) => ({ way, name, outcome })),
  );
  return found.flatMap(({ way, name, outcome }) => (outcome === 'done' ? [`${way}: ${name}`] : []));
}

const FILES = ['by its path', 'through a link of its own package', 'through a link that it makes', 'of another package in the cache'];
const CALLS = ['ptrace a neighbour', 'read memory of a neighbour', 'add a key', 'memory file', 'shared memory'];

// Shows that the tests below can fail: without a sandbox the same ways lead out.
it('without a sandbox many of the ways lead out', async () => {
  const marked = spawn('sleep', [MARKER], { stdio: 'ignore' });
  const ways = ['calls', 'files', 'kernelFiles', 'addresses', 'limits', 'processes'];
  const outcomes = await tryWays('none', 'ordinary', ...ways).finally(() => marked.kill());
  const expected = [
    ...CALLS.map((name) => `calls: ${name}`),
    ...FILES.map((name) => `files: ${name}`),
    'kernelFiles: read /proc/caller/cmdline',
    ...['loopback', 'unspecified', 'abstract socket'].map((name) => `addresses: ${name}`),
    ...['size of files', 'memory', 'processor time'].map((name) => `limits: ${name}`),
  ];
  expect(done(outcomes)).toEqual(expect.arrayContaining(expected));
  expect(outcomes['processes']?.['foreign']).toBeGreaterThan(0);
});

describe.each(EVERY_WAY)('inside $rung, started by $caller', ({ rung, isHere, caller }) => {
  const inside = isHere ? it : it.skip;
  const onX64 = isHere && process.arch === 'x64' ? it : it.skip;

  inside('no way leads out by files, the kernel’s own ones, addresses, a terminal, or raised limits', async () => {
    const ways = ['files', 'kernelFiles', 'addresses', 'terminal', 'limits'];
    const outcomes = await tryWays(rung, caller, ...ways);
    expect(Object.keys(outcomes)).toEqual(ways);
    expect(done(outcomes)).toEqual([]);
  });

  inside('no process of the host is seen, reached or ended, nor one of another sandbox', async () => {
    const other = await startedRunner({ stage, caller, rung, attempt: 'leave', asked: { marker: `${MARKER}77`, stay: true } });
    try {
      const running = processesWith(MARKER);
      const outcomes = await tryWays(rung, caller, 'processes');
      expect(done(outcomes)).toEqual([]);
      expect(outcomes['processes']?.['foreign']).toBe(0);
      expect(processesWith(MARKER)).toEqual(running);
      expect(running.length).toBeGreaterThan(neighbours.length + 1);
    } finally {
      other.kill('SIGKILL');
    }
    expect(await survivorsOf(`${MARKER}77`)).toEqual([]);
  });

  if (rung === 'bubblewrap') {
    onX64('no call leads out, and those that only the filter can refuse are refused by it', async () => {
      const outcomes = await tryWays(rung, caller, 'calls');
      expect(done(outcomes)).toEqual([]);
      const sockets = LEFT_TO_THE_FILTER.filter((way) => way.endsWith('socket'));
      const absent = ['io_uring', 'clone3', 'x32 ABI'];
      for (const way of LEFT_TO_THE_FILTER) {
        const expected = sockets.includes(way) ? 'EAFNOSUPPORT' : absent.includes(way) ? 'ENOSYS' : 'EPERM';
        expect(`${way}: ${outcomes['calls']?.[way]}`).toBe(`${way}: ${expected}`);
      }
    });
  } else {
    onX64('no call leads out but those that only a filter can refuse, and the rung says that it has none', async () => {
      const outcomes = await tryWays(rung, caller, 'calls');
      expect(done(outcomes).filter((way) => !LEFT_TO_THE_FILTER.includes(way.slice('calls: '.length)))).toEqual([]);
      const opened = await openSandbox({ only: 'util-linux' });
      expect(opened.ok && opened.sandbox.record.lacks).toContain('no seccomp filter');
    });
  }
});
