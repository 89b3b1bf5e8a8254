import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assay, type Ran } from './assay.ts';

// A small, pinned server of the registry, installed once into a cache of its own.
const SERVER = { name: '@modelcontextprotocol/server-sequential-thinking', version: '2026.8.31' };
const TARGET = `npm:${SERVER.name}@${SERVER.version}`;

const NO_ROOM = mkdtempSync(join(tmpdir(), 'cache-no-room-'));

let folder: string;
let listed: Ran;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cache-live-'));
  listed = await run(['list', '--json', TARGET]);
});
afterAll(() => {
  for (const made of [folder, NO_ROOM]) rmSync(made, { recursive: true, force: true });
});

const cacheFolder = () => join(folder, 'cache');
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return assay(args, { cwd: folder, env: { ASSAY_CACHE: cacheFolder(), ...env } });
}

it('list prints the tools as the server defines them, and nothing judges them', () => {
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  const { server, enumeration, tools } = JSON.parse(listed.stdout);
  expect(server).toEqual({ target: TARGET });
  expect(enumeration).toMatchObject({ status: 'complete', artifact: SERVER, attempts: [{ rung: 'bare', toolCount: 1 }] });
  expect(tools).toMatchObject([{ name: 'sequentialthinking', inputSchema: { type: 'object' } }]);
});

it('a package that was listed before needs no network and no npm', async () => {
  const again = await run(['list', TARGET], { PATH: '/nowhere', npm_config_registry: 'http://127.0.0.1:1/' });
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toMatch(/: 1 tool · complete · sandbox .*\n\nTOOL +DESCRIPTION\nsequentialthinking +\S/);
});

describe('the cache command', () => {
  it('path', async () => {
    expect(await run(['cache', 'path'])).toEqual({ code: 0, stdout: `${cacheFolder()}\n`, stderr: '' });
  });

  it('list', async () => {
    const { bytes, packages } = JSON.parse((await run(['cache', 'list', '--json'])).stdout);
    expect(packages).toMatchObject([{ registryType: 'npm', ...SERVER, sizeBytes: bytes }]);
    expect(bytes).toBeGreaterThan(1e6);
    expect((await run(['cache', 'list'])).stdout).toMatch(new RegExp(`npm +${SERVER.version} +${SERVER.name}\\n\\n1 package, `));
  });

  it('prune leaves what is in use, says what it would remove, and removes it', async () => {
    const inUse = await run(['cache', 'prune', '--max-size', '0', '--json']);
    expect(JSON.parse(inUse.stdout)).toMatchObject({ removed: [], left: [{ name: SERVER.name }] });
    const index = join(cacheFolder(), 'npm', 'index');
    const monthAgo = new Date(Date.now() - 31 * 86_400_000);
    for (const file of readdirSync(index)) utimesSync(join(index, file), monthAgo, monthAgo);
    const dry = await run(['cache', 'prune', '--older-than', '30d', '--dry-run', '--json']);
    expect(JSON.parse(dry.stdout)).toMatchObject({ dryRun: true, removed: [{ name: SERVER.name }] });
    const pruned = await run(['cache', 'prune', '--older-than', '30d']);
    expect(pruned.stdout).toMatch(/Removed 1 package, .*; 0 B stay\./);
    expect(JSON.parse((await run(['cache', 'list', '--json'])).stdout).packages).toEqual([]);
  });

  it.each([
    [['cache', 'prune', '--max-size', 'ten'], {}, 2, /--max-size.*It is no size such as 10GB/s],
    [['cache', 'prune', '--older-than', '30'], {}, 2, /--older-than.*It is no age such as 30d/s],
    [['cache', 'clear'], {}, 2, /Try: assay cache --help/],
    [['cache', 'list'], { ASSAY_CACHE_MAX: 'much' }, 2, /ASSAY_CACHE_MAX is "much", which is no size such as 20GB/],
    [['list', TARGET], { ASSAY_CACHE_MAX: '1MB', ASSAY_CACHE: NO_ROOM }, 3, /refused.*Set ASSAY_CACHE_MAX higher/s],
  ])('%j %j: exit %i', async (args, env, code, message) => {
    const ran = await run(args, env);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(message);
  });

  it.each([['cache'], ['cache list'], ['cache prune'], ['cache path'], ['list']])('%s --help has an example', async (words) => {
    const { code, stdout } = await run([...words.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples?:\n {2}\S/);
    expect(stdout).toContain('Exit codes:');
  });
});

describe('compiled code', () => {
  it.each([
    { what: 'is kept where nobody else can write', cache: 0o755, code: 0o700, kept: 1 },
    { what: 'is not where others can put something in its place', cache: 0o777, code: 0o700, kept: 0 },
    { what: 'is not where others can write', cache: 0o755, code: 0o770, kept: 0 },
  ])('$what', async ({ cache, code, kept }) => {
    const own = mkdtempSync(join(folder, 'own-'));
    mkdirSync(join(own, 'code'));
    chmodSync(join(own, 'code'), code);
    chmodSync(own, cache);
    expect(await run(['cache', 'path'], { ASSAY_CACHE: own })).toMatchObject({ code: 0 });
    expect(readdirSync(join(own, 'code'))).toHaveLength(kept);
  });

  it.each(['/proc', '/proc/assay', '/dev/null'])('a cache at %s ends nothing', async (path) => {
    expect(await run(['cache', 'path'], { ASSAY_CACHE: path })).toMatchObject({ code: 0, stdout: `${path}\n`, stderr: '' });
  });
});
