import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { findProgram, type Host, THIS_HOST } from '../../src/connect/sandbox/host.ts';
import { type HostRung, openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import type { Sandbox, SandboxSpec } from '../../src/connect/sandbox/sandbox.ts';

const SPEC: SandboxSpec = { argv: ['true'], env: {}, cwd: '/', mounts: [], network: false, limits: DEFAULT_LIMITS.sandbox };

async function open(choice: Parameters<typeof openSandbox>[0], host?: Host): Promise<Sandbox> {
  const opened = await openSandbox(choice, host);
  if (!opened.ok) throw new Error(opened.fault.message);
  return opened.sandbox;
}

async function run(sandbox: Sandbox, changes: Partial<SandboxSpec>) {
  const started = sandbox.start({ ...SPEC, ...changes });
  const [stderr, exit] = await Promise.all([text(started.stderr), started.exited, started.stdout.resume()]);
  return { ...exit, stderr };
}

describe.each<HostRung>(['bubblewrap', 'util-linux'])('%s: a start that fails', (only) => {
  it.each<[string, Partial<SandboxSpec>, object]>([
    [
      'before the sandbox is made is not the program’s failure',
      { cwd: '/no/such/folder' },
      { spawnError: expect.stringContaining('could not be made') },
    ],
    ['of a program that is not there is', { argv: ['no-such-program'] }, { code: 127, spawnError: undefined }],
    ['of a program that fails is', { argv: ['false'] }, { code: 1, spawnError: undefined }],
    ['of nothing', {}, { code: 0, spawnError: undefined }],
  ])('%s', async (_, changes, expected) => {
    const exit = await run(await open({ only }), changes);
    expect({ spawnError: undefined, ...exit }).toMatchObject(expected);
  });

  it('because we stopped it says nothing of the sandbox', async () => {
    const started = (await open({ only })).start({ ...SPEC, argv: ['sleep', '60'] });
    started.kill();
    const exit = await started.exited;
    expect(exit.spawnError).toBeUndefined();
  });
});

describe('the rung that works is remembered', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-start-'));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** This host with a setpriv, which starts every rung of util-linux, that writes down that it was started. */
  const watchedHost = (): Host => {
    const real = findProgram(THIS_HOST, 'setpriv');
    writeFileSync(join(folder, 'setpriv'), `#!/bin/sh\necho >> ${folder}/starts\nexec ${real} "$@"\n`, { mode: 0o755 });
    return { ...THIS_HOST, programFolders: [folder, ...THIS_HOST.programFolders.filter((path) => !existsSync(join(path, 'bwrap')))] };
  };
  const starts = () => (existsSync(join(folder, 'starts')) ? readFileSync(join(folder, 'starts'), 'utf8').length : 0);

  it('so that the next process does not try', async () => {
    const sandbox = await open({ cacheFolder: folder });
    expect(JSON.parse(readFileSync(join(folder, 'sandbox.json'), 'utf8'))).toMatchObject({ rung: sandbox.record.rung });
    const again = await open({ cacheFolder: folder });
    expect(again.record).toEqual(sandbox.record);
    expect(await run(again, {})).toMatchObject({ code: 0 });
  });

  it('until a start shows that it does no longer', async () => {
    const sandbox = await open({ cacheFolder: folder });
    await open({ cacheFolder: folder });
    const again = await open({ cacheFolder: folder });
    expect(await run(again, { argv: ['false'] })).toMatchObject({ code: 1 });
    expect(existsSync(join(folder, 'sandbox.json'))).toBe(true);
    await run(again, { cwd: '/no/such/folder' });
    expect(existsSync(join(folder, 'sandbox.json'))).toBe(false);
    expect((await open({ cacheFolder: folder })).record).toEqual(sandbox.record);
  });

  it('and is tried each time where nothing is to be remembered', async () => {
    const host = watchedHost();
    if (!('ok' in (await openSandbox({}, host)))) throw new Error('never');
    const first = starts();
    await openSandbox({}, host);
    expect(starts()).toBe(2 * first);
    await openSandbox({ cacheFolder: folder }, host);
    await openSandbox({ cacheFolder: folder }, host);
    expect(starts()).toBe(first > 0 ? 3 * first : 0);
  });
});
