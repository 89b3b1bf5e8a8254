import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/connect/cache-folder.ts';
import { enumerate } from '../../src/connect/enumerate.ts';
import type { NpmSettings } from '../../src/connect/install/npm-settings.ts';
import type { LaunchPlan } from '../../src/connect/launch-plan.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { openedMounts } from '../../src/connect/opened-mounts.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import { NO_HTTP } from './loopback.ts';
import { fakeSandbox } from './streams.ts';

const isRoot = process.geteuid?.() === 0;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-test-'));
  writeFileSync(join(folder, 'file'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const sandbox = fakeSandbox((server) => server.serve([{ tools: [{ name: 'a' }] }]));
const npm: NpmSettings = async () => ({
  ok: true,
  setup: { cliFile: '/usr/share/npm/bin/npm-cli.js', options: {}, environment: {}, configFiles: [] },
});

function enumerated(plan: LaunchPlan, cacheFolder: string): Promise<Enumeration> {
  const abort = new AbortController().signal;
  return enumerate(plan, { http: NO_HTTP, sandbox: { ok: true, sandbox }, cacheFolder, npm, limits: DEFAULT_LIMITS, abort });
}

// Relative ones lie in the temporary folder of the test.
const UNUSABLE = [
  ['a file', 'file'],
  ['below a file', 'file/cache'],
  ['below /proc, where Node’s own recursive mkdir never ends', '/proc/nope'],
  ['below /sys, which nobody may write to', '/sys/nope'],
] as const;

describe.each(UNUSABLE)('a cache folder that is %s', (_, path) => {
  const cacheFolder = () => (path.startsWith('/') ? path : join(folder, path));

  it('refuses a package and says what to set', async () => {
    const enumeration = Enumeration.parse(await enumerated({ kind: 'npm', name: 'planet', version: '1.0.0', args: [] }, cacheFolder()));
    expect(enumeration).toMatchObject({ status: 'refused', attempts: [], fault: { code: 'cache-unusable', subject: 'npm:planet@1.0.0' } });
    expect(enumeration).toHaveProperty('fault.message', expect.stringContaining(`${cacheFolder()}:`));
    expect(enumeration).toHaveProperty('fault.message', expect.stringContaining('Set ASSAY_CACHE to a folder that you may write to.'));
  });

  it('is no matter for a command whose folder needs no copy', async () => {
    chmodSync(folder, 0o755);
    expect(await enumerated({ kind: 'command', argv: ['node', 'index.js'], cwd: folder }, cacheFolder())).toMatchObject({
      status: 'complete',
    });
  });

  it.runIf(isRoot)('refuses a command whose folder needs one', async () => {
    const app = join(folder, 'closed');
    mkdirSync(app, { mode: 0o700 });
    expect(await enumerated({ kind: 'command', argv: ['node', 'index.js'], cwd: app }, cacheFolder())).toMatchObject({
      status: 'refused',
      fault: { code: 'cache-unusable' },
    });
  });
});

it.runIf(!isRoot)('a cache folder of another user is refused', async () => {
  const enumeration = await enumerated({ kind: 'npm', name: 'planet', version: '1.0.0', args: [] }, '/root/cache');
  expect(enumeration).toMatchObject({ status: 'refused', fault: { code: 'cache-unusable' } });
});

describe('the folder of a command', () => {
  const mounts = (source: string) => [{ source, target: '/app', writable: false }];
  const open = (source: string) => openedMounts(mounts(source), { sandbox, cacheFolder: join(folder, 'cache'), subject: 'node x.js' });

  it('that is open is shown itself, and nothing is written or removed', async () => {
    chmodSync(folder, 0o755);
    const opened = await open(folder);
    expect(opened).toMatchObject({ ok: true, mounts: mounts(folder) });
    if (opened.ok) await opened.remove();
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('that has gone is left to the sandbox to refuse', async () => {
    expect(await open(join(folder, 'gone'))).toMatchObject({ ok: true });
  });

  it.runIf(isRoot)('that is closed is shown as a copy, which is removed', async () => {
    const app = join(folder, 'closed');
    mkdirSync(app, { mode: 0o700 });
    writeFileSync(join(app, 'index.js'), '', { mode: 0o600 });
    const opened = await open(app);
    if (!opened.ok) throw new Error(opened.fault.message);
    const [{ source } = { source: '' }] = opened.mounts;
    expect(readdirSync(source)).toEqual(['index.js']);
    expect(statSync(source).mode & 0o777).toBe(0o755);
    await opened.remove();
    expect(readdirSync(join(folder, 'cache', 'copies'))).toEqual([]);
  });

  it.runIf(isRoot)('that cannot be copied is a fault, and nothing of it is left', async () => {
    // A folder cannot be copied into itself.
    const opened = await openedMounts(mounts(folder), { sandbox, cacheFolder: folder, subject: 'node x.js' });
    expect(opened).toMatchObject({ ok: false, fault: { code: 'closed-folder', message: expect.stringContaining('could not be copied') } });
    expect(readdirSync(join(folder, 'copies'))).toEqual([]);
  });
});

it('folders that are missing are made, also by two at once', async () => {
  const deep = join(folder, 'a/b/c');
  await Promise.all([makeFolder(deep), makeFolder(deep)]);
  expect(statSync(deep).isDirectory()).toBe(true);
});
