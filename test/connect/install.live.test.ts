import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import { type InstallRequest, type InstallResult, installNpm } from '../../src/connect/install/npm-install.ts';
import { type NpmSettings, readNpmSettings } from '../../src/connect/install/npm-settings.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import type { Sandbox } from '../../src/connect/sandbox/sandbox.ts';
import { NO_HTTP } from './loopback.ts';
import { openRegistry, type PackageRegistry, type Published } from './package-registry.ts';
import { RUNGS } from './rungs.ts';
import { survivorsOf } from './sandbox-harness.ts';

const REAL = { name: '@modelcontextprotocol/server-memory', version: '2026.8.31' };
const LIMITS = { timeoutMs: 90_000, maxBytes: 4 * 10 ** 8 };
const noNpm: NpmSettings = () => {
  throw new Error('npm was asked');
};

const PACKAGES: readonly Published[] = [
  { name: 'plain', version: '1.0.0', manifest: { bin: './run.js' }, files: { 'package/run.js': '' } },
  { name: 'plain', version: '1.2.0', manifest: { bin: './run.js' }, files: { 'package/run.js': '' } },
  { name: '@scope/many', version: '1.0.0', manifest: { bin: { a: 'a.js', up: '../../other/x.js', root: '/bin/sh' } } },
  {
    name: 'scripted',
    version: '1.0.0',
    manifest: { scripts: { preinstall: 'touch ran', install: 'touch ran', postinstall: 'touch ran' } },
  },
  { name: 'from-git', version: '1.0.0', manifest: { dependencies: { plain: 'git+http://127.0.0.1:PORT/elsewhere/x.git' } } },
  { name: 'from-address', version: '1.0.0', manifest: { dependencies: { plain: 'http://127.0.0.1:PORT/elsewhere/x.tgz' } } },
  { name: 'incomplete', version: '1.0.0', manifest: { dependencies: { 'not-published': '1.0.0' } } },
  { name: 'forged', version: '1.0.0', integrity: `sha512-${Buffer.alloc(64).toString('base64')}` },
  { name: 'undescribed', version: '1.0.0', files: { 'package/package.json': '[]' } },
  { name: 'big', version: '1.0.0', files: { 'package/a': Buffer.alloc(6e5), 'package/b': Buffer.alloc(6e5) } },
  {
    name: 'many-files',
    version: '1.0.0',
    files: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`package/${index}`, ''])),
  },
  { name: 'big-file', version: '1.0.0', files: { 'package/a': Buffer.alloc(2e6) } },
];

let sandbox: Sandbox;
let registry: PackageRegistry;
let cacheFolder: string;
const realNpm = readNpmSettings(process.env);
const folders: string[] = [];

beforeAll(async () => {
  const opened = await openSandbox({});
  if (!opened.ok) throw new Error(opened.fault.message);
  sandbox = opened.sandbox;
  registry = await openRegistry(PACKAGES);
});

beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'assay-cache-'));
  folders.push(cacheFolder);
});

afterAll(() => {
  registry.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** This machine's npm, turned to another registry. */
function npmOf(url: string): NpmSettings {
  return async () => {
    const found = await realNpm();
    return found.ok ? { ...found, setup: { ...found.setup, options: { registry: url } } } : found;
  };
}

function install(request: Pick<InstallRequest, 'name'> & Partial<InstallRequest>): Promise<InstallResult> {
  return installNpm({ sandbox, cacheFolder, npm: npmOf(registry.url), limits: LIMITS, abort: new AbortController().signal, ...request });
}

async function installed(request: Parameters<typeof install>[0]) {
  const result = await install(request);
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.installed;
}

async function faultOf(request: Parameters<typeof install>[0]) {
  const result = await install(request);
  if (result.ok) throw new Error(`installed ${result.installed.artifact.name}`);
  return result.fault;
}

function leftovers(): string[] {
  return readdirSync(join(cacheFolder, 'npm', 'tmp'));
}

describe.each(RUNGS)('a real package from the registry, in $rung', ({ rung, isHere }) => {
  it.skipIf(!isHere)('is installed once, then found without npm, and readable inside', async () => {
    const opened = await openSandbox({ only: rung });
    if (!opened.ok) throw new Error(opened.fault.message);
    const first = await installed({ ...REAL, sandbox: opened.sandbox, npm: realNpm });
    expect(first).toMatchObject({
      cached: false,
      bins: { 'mcp-server-memory': 'dist/index.js' },
      packageFolder: `node_modules/${REAL.name}`,
    });
    expect(first.artifact).toMatchObject({ ...REAL, registryType: 'npm', integrity: expect.stringMatching(/^sha512-/) });
    expect(first.sizeBytes).toBeGreaterThan(10 ** 6);
    const second = await installed({ ...REAL, sandbox: opened.sandbox, npm: noNpm });
    expect(second).toEqual({ ...first, cached: true, installMs: 0 });
    const started = opened.sandbox.start({
      argv: ['cat', `/app/${first.packageFolder}/package.json`],
      env: {},
      cwd: '/',
      mounts: [{ source: first.folder, target: '/app', writable: false }],
      network: false,
      limits: { dataBytes: 2 ** 28, memoryBytes: 2 ** 28, processes: 16, openFiles: 64, fileBytes: 2 ** 20, cpuSeconds: 5 },
    });
    expect(JSON.parse(await text(started.stdout))).toMatchObject(REAL);
  });
});

it.each([
  ['latest when nothing is said', undefined, '1.2.0'],
  ['a tag', 'latest', '1.2.0'],
  ['a range', '~1.0.0', '1.0.0'],
  ['the highest of a range', '^1.0.0', '1.2.0'],
])('resolves %s', async (_, version, expected) => {
  const { artifact } = await installed({ name: 'plain', ...(version && { version }) });
  expect(artifact.version).toBe(expected);
  expect(await installed({ name: 'plain', version: expected, npm: noNpm })).toMatchObject({ cached: true });
  expect(await installed({ name: 'plain', ...(version && { version }) })).toMatchObject({ cached: true });
});

it('keeps only bins inside the package', async () => {
  expect(await installed({ name: '@scope/many' })).toMatchObject({ bins: { a: 'a.js' } });
});

it('runs no script of the package', async () => {
  const { folder } = await installed({ name: 'scripted', version: '1.0.0' });
  expect(readdirSync(join(folder, 'node_modules', 'scripted'))).toEqual(['package.json']);
});

it.each([
  ['a name that nobody published', 'not-published', undefined, 'unknown-package'],
  ['a version that nobody published', 'plain', '9.9.9', 'unknown-version'],
  ['a range that nothing is in', 'plain', '^9.0.0', 'unknown-version'],
  ['a dependency that nobody published', 'incomplete', undefined, 'install-failed'],
  ['a dependency from git', 'from-git', '1.0.0', 'install-failed'],
  ['a dependency from an address', 'from-address', '1.0.0', 'install-failed'],
  ['a package whose description is none', 'undescribed', '1.0.0', 'install-failed'],
  ['an archive that is not what the registry announced', 'forged', '1.0.0', 'install-failed'],
])('%s is a fault and leaves nothing', async (_, name, version, code) => {
  const fault = await faultOf({ name, ...(version && { version }) });
  expect(fault).toMatchObject({ code, retryable: false, subject: expect.stringContaining(name), details: expect.any(String) });
  expect(leftovers()).toEqual([]);
  expect(registry.requests.filter((path) => path.startsWith('/elsewhere'))).toEqual([]);
});

it('says that the real registry does not have a package', async () => {
  expect(await faultOf({ name: 'this-package-does-not-exist-assay-zzz', npm: realNpm })).toMatchObject({ code: 'unknown-package' });
});

it('says that the registry cannot be reached', async () => {
  expect(await faultOf({ name: 'plain', npm: npmOf('http://127.0.0.1:1/') })).toMatchObject({
    code: 'registry-unreachable',
    retryable: true,
  });
});

it.each([
  ['that refuses connections', 'http://reader:hunter2@127.0.0.1:1/private/', /hunter2|127\.0\.0\.1|private/],
  ['that has no address', 'https://npm.corp.invalid:4873/private/', /corp|4873|private/],
  ['that does not have the package', undefined, /127\.0\.0\.1/],
])('a registry %s is not named by the enumeration', async (_, url, address) => {
  const plan = { kind: 'npm', name: 'not-published', args: [] } as const;
  const limits = { ...DEFAULT_LIMITS, installMs: LIMITS.timeoutMs };
  const context = { http: NO_HTTP, sandbox: { ok: true, sandbox } as const, cacheFolder, limits, abort: new AbortController().signal };
  const enumeration = await enumerate(plan, { ...context, npm: npmOf(url ?? registry.url) });
  expect(enumeration).toMatchObject({ status: 'install-failed', fault: { details: expect.stringContaining('npm error') } });
  expect(JSON.stringify(enumeration)).not.toMatch(address);
  expect(JSON.stringify(enumeration)).not.toContain(cacheFolder);
});

it.each([
  ['altogether', 'big'],
  ['in one file', 'big-file'],
])('refuses what is too big %s', async (_, name) => {
  expect(await faultOf({ name, limits: { ...LIMITS, maxBytes: 10 ** 6 } })).toMatchObject({ code: 'install-too-big' });
  expect(leftovers()).toEqual([]);
});

it('refuses too many files, however small', async () => {
  expect(await faultOf({ name: 'many-files', limits: { ...LIMITS, maxEntries: 50 } })).toMatchObject({ code: 'install-too-big' });
  expect(leftovers()).toEqual([]);
  expect(await installed({ name: 'many-files' })).toMatchObject({ cached: false });
});

describe('with a registry that does not answer in time', () => {
  let slow: PackageRegistry;
  beforeAll(async () => {
    slow = await openRegistry(PACKAGES, 20_000);
  });
  afterAll(() => slow.close());

  it('gives up at the limit', async () => {
    const fault = await faultOf({ name: 'plain', npm: npmOf(slow.url), limits: { ...LIMITS, timeoutMs: 1_500 } });
    expect(fault).toMatchObject({ code: 'install-timeout', retryable: true });
    expect(leftovers()).toEqual([]);
  });

  it('stops when told to, and leaves nothing', async () => {
    const stop = new AbortController();
    const running = install({ name: 'plain', npm: npmOf(slow.url), abort: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped by the test')), 1_000);
    await expect(running).rejects.toThrow('stopped by the test');
    expect(leftovers()).toEqual([]);
    expect(await survivorsOf(cacheFolder)).toEqual([]);
  });

  it('killed in the middle, no process survives, the cache works, and what was left goes when it is old', async () => {
    const runner = join(dirname(fileURLToPath(import.meta.url)), 'install-runner.ts');
    const env = { ...process.env, npm_config_registry: slow.url };
    const child = spawn(process.execPath, [runner, 'plain', cacheFolder], { env, stdio: 'ignore' });
    const asked = slow.requests.length;
    while (slow.requests.length === asked) await wait(50);
    child.kill('SIGKILL');
    expect(await survivorsOf(basename(cacheFolder))).toEqual([]);
    const [left = ''] = leftovers();
    expect(await installed({ name: 'plain', version: '1.0.0' })).toMatchObject({ cached: false });
    expect(leftovers()).toEqual([left]);
    utimesSync(join(cacheFolder, 'npm', 'tmp', left), 0, 0);
    await installed({ name: 'plain', version: '1.2.0' });
    expect(leftovers()).toEqual([]);
  });
});

it('two installs of the same at once both succeed and leave one folder', async () => {
  const both = await Promise.all([installed({ name: 'plain' }), installed({ name: 'plain' })]);
  expect(new Set(both.map(({ folder }) => folder)).size).toBe(1);
  expect(existsSync(join(both[0].folder, both[0].packageFolder, 'run.js'))).toBe(true);
  expect(leftovers()).toEqual([]);
});

it('installs again when the folder behind the index is gone or the index is not readable', async () => {
  const first = await installed({ name: 'plain', version: '1.0.0' });
  rmSync(first.folder, { recursive: true });
  expect(await installed({ name: 'plain', version: '1.0.0' })).toMatchObject({ cached: false });
  const index = join(cacheFolder, 'npm', 'index');
  for (const file of readdirSync(index)) rmSync(join(index, file));
  expect(await installed({ name: 'plain', version: '1.0.0' })).toMatchObject({ cached: false, folder: first.folder });
});

describe('the cache', () => {
  it.each<[string, (folder: string) => void]>([
    ['without its package.json', (folder) => rmSync(join(folder, 'node_modules/plain/package.json'))],
    ['without its program', (folder) => rmSync(join(folder, 'node_modules/plain/run.js'))],
    ['that is a link to an equal one', (folder) => linkInstead(folder)],
    ['whose package is a link to an equal one', (folder) => linkInstead(join(folder, 'node_modules/plain'))],
    ['that is a file', (folder) => replaceByFile(folder)],
  ])('replaces an install %s', async (_, spoil) => {
    const first = await installed({ name: 'plain', version: '1.0.0' });
    spoil(first.folder);
    expect(await installed({ name: 'plain', version: '1.0.0' })).toMatchObject({ cached: false, folder: first.folder });
    expect(lstatSync(first.folder).isDirectory()).toBe(true);
    expect(readdirSync(join(first.folder, 'node_modules/plain')).sort()).toEqual(['package.json', 'run.js']);
    expect(await installed({ name: 'plain', version: '1.0.0', npm: noNpm })).toMatchObject({ cached: true });
    expect(leftovers()).toEqual([]);
  });

  it('keeps an install whose package names a program that it does not hold', async () => {
    await installed({ name: '@scope/many', version: '1.0.0' });
    expect(await installed({ name: '@scope/many', version: '1.0.0', npm: noNpm })).toMatchObject({ cached: true, bins: { a: 'a.js' } });
  });

  it('removes old workshops only, and nothing behind a link', async () => {
    const tmp = join(cacheFolder, 'npm', 'tmp');
    const elsewhere = join(cacheFolder, 'elsewhere');
    const old = randomUUID();
    for (const folder of [join(tmp, old), join(tmp, 'kept'), elsewhere]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(elsewhere, 'mine'), '');
    const link = randomUUID();
    symlinkSync(elsewhere, join(tmp, link));
    for (const folder of [join(tmp, old), join(tmp, 'kept'), elsewhere]) utimesSync(folder, 0, 0);
    await installed({ name: 'plain', version: '1.0.0' });
    expect(leftovers().sort()).toEqual([link, 'kept'].sort());
    expect(readdirSync(elsewhere)).toEqual(['mine']);
  });

  it('makes no workshop behind a link', async () => {
    const elsewhere = join(cacheFolder, 'elsewhere');
    const bystander = join(elsewhere, randomUUID());
    mkdirSync(bystander, { recursive: true });
    utimesSync(bystander, 0, 0);
    mkdirSync(join(cacheFolder, 'npm'));
    symlinkSync(elsewhere, join(cacheFolder, 'npm', 'tmp'));
    await installed({ name: 'plain', version: '1.0.0' });
    expect(readdirSync(elsewhere)).toEqual([basename(bystander)]);
    expect(lstatSync(join(cacheFolder, 'npm', 'tmp')).isDirectory()).toBe(true);
  });

  it('that cannot be written to is a fault that names it', async () => {
    const file = join(cacheFolder, 'file');
    writeFileSync(file, '');
    const fault = await faultOf({ name: 'plain', version: '1.0.0', cacheFolder: file });
    expect(fault).toMatchObject({ code: 'cache-unusable', message: expect.stringContaining(file) });
    expect(fault.message).toContain('ASSAY_CACHE');
  });
});

function linkInstead(folder: string): void {
  const moved = join(cacheFolder, 'moved');
  renameSync(folder, moved);
  symlinkSync(moved, folder);
}

function replaceByFile(folder: string): void {
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
}

it('no credential of npm reaches the sandbox', async () => {
  const found = await readNpmSettings({ ...process.env, 'npm_config_//127.0.0.1/:_authToken': 'secret-token' })();
  expect(found.ok).toBe(true);
  expect(JSON.stringify(found)).not.toContain('secret-token');
});
