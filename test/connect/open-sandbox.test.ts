import { afterEach, expect, it, vi } from 'vitest';
import { THIS_HOST } from '../../src/connect/sandbox/host.ts';
import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';

it('without any program of a rung, names each rung and what to install', async () => {
  const opened = await openSandbox({}, { ...THIS_HOST, platform: 'linux', programFolders: [] });
  if (opened.ok) throw new Error('a sandbox out of nothing');
  expect(opened.fault).toMatchObject({ code: 'no-sandbox', retryable: false });
  expect(opened.fault.message).toContain('bubblewrap: `bwrap` is not installed; run `apt-get install bubblewrap`');
  expect(opened.fault.message).toContain('util-linux: `setpriv` is not installed; run `apt-get install util-linux`');
});

it('says of a system other than Linux that it has none', async () => {
  const opened = await openSandbox({}, { ...THIS_HOST, platform: 'darwin' });
  expect(opened).toMatchObject({ ok: false, fault: { code: 'no-sandbox', message: expect.stringContaining('darwin') } });
});

it('never falls back to none by itself, and records what none lacks when asked for', async () => {
  const opened = await openSandbox({ unsandboxed: true }, { ...THIS_HOST, programFolders: [] });
  expect(opened).toMatchObject({ ok: true, sandbox: { record: { rung: 'none' } } });
  expect(opened.ok && opened.sandbox.record.lacks.length).toBeGreaterThan(3);
});

afterEach(() => vi.unstubAllEnvs());

it('none without a temporary folder for the home starts nothing and says why', async () => {
  vi.stubEnv('TMPDIR', '/proc/nope');
  const opened = await openSandbox({ unsandboxed: true });
  if (!opened.ok) throw new Error(opened.fault.message);
  const limits = { dataBytes: 0, memoryBytes: 0, processes: 0, openFiles: 0, fileBytes: 0, cpuSeconds: 0 };
  const started = opened.sandbox.start({ argv: ['true'], env: {}, cwd: '/', mounts: [], network: false, limits });
  expect(await started.exited).toMatchObject({ code: null, spawnError: expect.stringContaining('/proc/nope') });
});
