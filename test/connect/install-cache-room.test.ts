import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRoom } from '../../src/connect/install/cache-room.ts';
import { type CachedInstall, cachedInstalls, evict } from '../../src/connect/install/cached-installs.ts';
import { InstallCache } from '../../src/connect/install/install-cache.ts';
import { type Kept, readKept } from '../../src/connect/install/kept.ts';
import { pruneCache } from '../../src/connect/install/prune-cache.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let cacheFolder: string;
beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'cache-room-'));
});
afterEach(() => rmSync(cacheFolder, { recursive: true, force: true }));

/** An install as one run left it, with the size that its index file says. */
async function install(name: string, sizeBytes: number, unusedMs: number, kind = 'npm'): Promise<void> {
  const cache = new InstallCache(cacheFolder, kind);
  const workshop = await cache.openWorkshop(false);
  const file = join('node_modules', name, 'package.json');
  mkdirSync(join(workshop.appFolder, 'node_modules', name), { recursive: true });
  writeFileSync(join(workshop.appFolder, file), '{}');
  const artifact = { registryType: 'npm', name, version: '1.0.0', integrity: `sha512-${name}` } as const;
  const kept: Kept = { artifact, bins: {}, files: [file], sizeBytes };
  await cache.keep(workshop, kept);
  await cache.closeWorkshop(workshop);
  const found = (await cachedInstalls(cacheFolder)).find((one) => one.name === name);
  const usedAt = new Date(Date.now() - unusedMs);
  if (!found?.indexFile) throw new Error('it was not kept');
  utimesSync(found.indexFile, usedAt, usedAt);
}

async function names(): Promise<(string | undefined)[]> {
  return (await cachedInstalls(cacheFolder)).map(({ name }) => name);
}

const PLENTY = async () => 1e12;
const ROOM = { maxBytes: 100, maxCacheBytes: 1_000 };

describe('room for one more install', () => {
  beforeEach(async () => {
    await install('old', 300, 9 * DAY);
    await install('older', 300, 20 * DAY, 'pypi-3.12');
    await install('fresh', 300, 5 * MINUTE);
  });

  it.each([
    { what: 'enough as it is', maxCacheBytes: 1_100, left: ['older', 'old', 'fresh'] },
    { what: 'the least recently used goes, of whatever kind', maxCacheBytes: 1_099, left: ['old', 'fresh'] },
    { what: 'as many as need be', maxCacheBytes: 500, left: ['fresh'] },
    { what: 'what may be in use stays', maxCacheBytes: 499, left: ['fresh'], fault: 'cache-full' },
    { what: 'a cap that no install fits into', maxCacheBytes: 150, left: ['fresh'], fault: 'cache-full' },
  ])('$what', async ({ maxCacheBytes, left, fault }) => {
    expect((await makeRoom(cacheFolder, 'npm:new', { ...ROOM, maxCacheBytes }, PLENTY))?.code).toBe(fault);
    expect(await names()).toEqual(left);
  });

  it('counts those that are being installed, at their largest', async () => {
    await new InstallCache(cacheFolder).openWorkshop(false);
    expect(await makeRoom(cacheFolder, 'npm:new', { ...ROOM, maxCacheBytes: 1_299 }, PLENTY)).toBeUndefined();
    expect(await names()).toEqual(['old', 'fresh']);
  });

  it('removes for a disk that is nearly full, and no more than that needs', async () => {
    const free = [10 ** 9, 10 ** 9 + 199, 10 ** 9 + 200];
    expect(await makeRoom(cacheFolder, 'npm:new', ROOM, async () => free.shift() ?? 0)).toBeUndefined();
    expect(await names()).toEqual(['fresh']);
  });

  it('says so when the disk stays full, and how full it is', async () => {
    const fault = await makeRoom(cacheFolder, 'npm:new', ROOM, async () => 5e8);
    expect(fault).toMatchObject({ code: 'disk-full', subject: 'npm:new', retryable: true });
    expect(fault?.message).toContain('500 MB free');
    expect(fault?.message).not.toContain(cacheFolder);
  });
});

describe('what is in use', () => {
  it('an install that was found since the list was made stays', async () => {
    await install('a', 1, DAY);
    const [listed] = await cachedInstalls(cacheFolder);
    expect(await new InstallCache(cacheFolder).find('a', '1.0.0')).toBeDefined();
    expect(await evict(listed as CachedInstall, cacheFolder)).toBe(false);
    expect(await new InstallCache(cacheFolder).find('a', '1.0.0')).toBeDefined();
  });

  it('an evicted one is not found, and nothing of it is left', async () => {
    await install('a', 1, DAY);
    const [listed] = await cachedInstalls(cacheFolder);
    expect(await evict(listed as CachedInstall, cacheFolder)).toBe(true);
    expect(await new InstallCache(cacheFolder).find('a', '1.0.0')).toBeUndefined();
    expect(existsSync((listed as CachedInstall).folder)).toBe(false);
    expect(readdirSync(join(cacheFolder, 'npm', 'tmp'))).toEqual([]);
  });

  it('an install keeps from the moment it is kept', async () => {
    await install('a', 1, 0);
    expect((await pruneCache(cacheFolder, { maxBytes: 0 })).left.map(({ name }) => name)).toEqual(['a']);
  });
});

describe('prune', () => {
  const FORGOTTEN = 'f'.repeat(40);
  beforeEach(async () => {
    await install('month', 400, 31 * DAY);
    await install('week', 400, 7 * DAY);
    await install('now', 400, MINUTE);
    for (const name of [FORGOTTEN, 'e'.repeat(40), 'not-ours']) mkdirSync(join(cacheFolder, 'npm', name));
    utimesSync(join(cacheFolder, 'npm', FORGOTTEN), new Date(0), new Date(0));
  });

  it.each([
    { what: 'without bounds only what nobody finds', bounds: {}, removed: [undefined] },
    { what: 'by age', bounds: { olderThanMs: 30 * DAY }, removed: [undefined, 'month'] },
    { what: 'by size', bounds: { maxBytes: 800 }, removed: [undefined, 'month'] },
    { what: 'to nothing, but for what is in use', bounds: { maxBytes: 0 }, removed: [undefined, 'month', 'week'], left: ['now'] },
  ])('$what', async ({ bounds, removed, left = [] }) => {
    const dry = await pruneCache(cacheFolder, bounds, { dryRun: true });
    const before = await names();
    const pruned = await pruneCache(cacheFolder, bounds);
    expect(before).toHaveLength(4);
    expect(pruned.removed.map(({ name }) => name)).toEqual(removed);
    expect(pruned.left.map(({ name }) => name)).toEqual(left);
    expect({ ...pruned, dryRun: true }).toEqual(dry);
    expect(await names()).toHaveLength(4 - removed.length);
    expect(readdirSync(join(cacheFolder, 'npm'))).toEqual(expect.arrayContaining(['not-ours', 'e'.repeat(40)]));
  });
});

it('of a cache folder that others use too, nothing of theirs is listed, counted or removed', async () => {
  const theirs = join(cacheFolder, 'others', 'f'.repeat(40));
  mkdirSync(theirs, { recursive: true });
  mkdirSync(join(cacheFolder, 'others', 'tmp', 'x'), { recursive: true });
  utimesSync(theirs, new Date(0), new Date(0));
  expect(await pruneCache(cacheFolder, { maxBytes: 0 })).toMatchObject({ removed: [], left: [] });
  expect(await makeRoom(cacheFolder, 'npm:new', { maxBytes: 100, maxCacheBytes: 200 }, PLENTY)).toBeUndefined();
  expect(existsSync(theirs)).toBe(true);
});

describe('an index file', () => {
  const artifact = { registryType: 'npm', name: 'a', version: '1.0.0', integrity: 'sha512-x' };
  const whole = { artifact, bins: { a: 'a.js' }, files: ['package.json'], sizeBytes: 1 };
  it.each([
    ['as it is written', whole, true],
    ['of a later release', { ...whole, more: 1 }, true],
    ['without files', { ...whole, files: [] }, false],
    ['with a file that is no text', { ...whole, files: [1] }, false],
    ['with a program that is no text', { ...whole, bins: { a: 1 } }, false],
    ['with programs as a list', { ...whole, bins: [] }, false],
    ['without a version', { ...whole, artifact: { ...artifact, version: undefined } }, false],
    ['without a size', { ...whole, sizeBytes: '1' }, false],
    ['null', null, false],
    ['a list', [], false],
  ])('%s', (_, value, isKept) => {
    expect(readKept(JSON.stringify(value))).toEqual(isKept ? whole : undefined);
  });

  it('that is not JSON', () => {
    expect(readKept('{')).toBeUndefined();
  });
});
