import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackArchive } from '../../src/connect/install/archive.ts';
import { type ZipEntry, zipOf } from './zip.ts';

const LIMITS = { maxBytes: 10 ** 7, maxEntries: 100 };
const LINK = 0o120777;
const A_FILE: ZipEntry = { name: 'manifest.json', content: '{}' };
const inWindows = String.raw`..\evil`;

let outer: string;
let folder: string;
let file: string;
beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'assay-archive-'));
  folder = join(outer, 'app');
  file = join(outer, 'bundle.zip');
  mkdirSync(folder);
});
afterEach(() => rmSync(outer, { recursive: true }));

async function unpack(entries: readonly ZipEntry[] | Buffer, limits = LIMITS) {
  writeFileSync(file, Buffer.isBuffer(entries) ? entries : zipOf(entries));
  return unpackArchive(file, folder, limits);
}

it('files and folders are unpacked, runnable where they were', async () => {
  const entries: ZipEntry[] = [
    { name: 'server/', mode: 0o040755 },
    { name: 'server/main.js', content: 'x'.repeat(5_000), deflated: true },
    { name: 'server/run', content: '#!/bin/sh\n', mode: 0o100755 },
    { name: 'deep/er/empty', content: '' },
    { name: 'no/mode', content: 'y', mode: 0 },
  ];
  expect(await unpack(entries)).toEqual({ ok: true, bytes: 5_011 });
  expect(readFileSync(join(folder, 'server/main.js'), 'utf8')).toBe('x'.repeat(5_000));
  expect(statSync(join(folder, 'server/run')).mode & 0o777).toBe(0o755);
  expect(statSync(join(folder, 'no/mode')).mode & 0o777).toBe(0o644);
  expect(statSync(join(folder, 'server')).isDirectory()).toBe(true);
});

describe('refused before anything is written:', () => {
  it.each<[string, readonly ZipEntry[], RegExp]>([
    ['an absolute path', [{ name: '/etc/evil' }], /absolute|leads out/],
    ['a path up', [{ name: '../evil' }], /invalid relative|leads out/],
    ['a path up behind a folder', [{ name: 'a/../../evil' }], /invalid relative|leads out/],
    ['a path that goes up and down again', [{ name: 'a/../b' }], /invalid relative|leads out/],
    ['a path up in another system’s way', [{ name: inWindows }], /backslash|invalid char/],
    ['a drive', [{ name: 'c:/evil' }], /absolute|leads out/],
    ['an empty segment', [{ name: 'a//b' }], /leads out/],
    ['a segment that is here', [{ name: './b' }], /leads out/],
    ['a name of control characters', [{ name: 'a\nb' }], /control characters/],
    ['an endless name', [{ name: 'a'.repeat(600) }], /too long/],
    ['countless folders', [{ name: 'a/'.repeat(60) }], /too long/],
    ['a link', [{ name: 'link', content: '/etc/passwd', mode: LINK }], /link/],
    ['a device', [{ name: 'device', mode: 0o020666 }], /special/],
    ['a name twice', [A_FILE, A_FILE], /same file/],
    ['two names that differ in case', [A_FILE, { name: 'Manifest.JSON' }], /same file/],
    ['two names that differ in how an accent is written', [{ name: 'caf\u00e9' }, { name: 'cafe\u0301' }], /same file/],
    ['a file that is also a folder', [{ name: 'a' }, { name: 'a/b' }], /same file/],
    ['a folder that is also a file', [{ name: 'a/b' }, { name: 'A' }], /same file/],
    ['an encrypted file', [{ name: 'a', content: 'x', deflated: true, flags: 1 }], /encrypted/],
    ['another compression', [{ name: 'a', content: 'x', method: 12 }], /compressed/],
    ['a file that grows too much', [{ name: 'a', content: Buffer.alloc(9e6), deflated: true }], /grows too much/],
  ])('%s', async (_, bad, problem) => {
    expect(await unpack([{ name: 'first', content: 'x' }, ...bad])).toEqual({ ok: false, problem: expect.stringMatching(problem) });
    expect(readdirSync(folder)).toEqual([]);
    expect(readdirSync(outer).sort()).toEqual(['app', 'bundle.zip']);
  });

  it.each<[string, readonly ZipEntry[], Partial<typeof LIMITS>]>([
    [
      'bytes',
      [
        { name: 'a', content: Buffer.alloc(2_000) },
        { name: 'b', content: Buffer.alloc(2_000) },
      ],
      { maxBytes: 3_000 },
    ],
    ['files', Array.from({ length: 60 }, (__, index) => ({ name: `${index}` })), { maxEntries: 50 }],
  ])('too many %s', async (_, entries, limits) => {
    expect(await unpack(entries, { ...LIMITS, ...limits })).toMatchObject({ ok: false, isTooBig: true });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('refused while it is written:', () => {
  it.each<[string, ZipEntry]>([
    ['a file longer than it says', { name: 'a', content: randomBytes(100_000), deflated: true, size: 10 }],
    ['a file shorter than it says', { name: 'a', content: randomBytes(100), deflated: true, size: 1_000 }],
  ])('%s', async (_, entry) => {
    expect(await unpack([entry])).toMatchObject({ ok: false, problem: expect.stringMatching(/byte/) });
  });
});

it.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('not an archive'.repeat(20))],
  ['half an archive', zipOf([{ name: 'a', content: randomBytes(1_000) }]).subarray(0, 700)],
  ['noise', createHash('sha512').update('x').digest()],
])('%s is no archive', async (_, bytes) => {
  expect(await unpack(bytes)).toMatchObject({ ok: false, problem: expect.any(String) });
});
