import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { layoutOf } from '../../src/connect/sandbox/layout.ts';
import { specialFilesBelow } from '../../src/connect/sandbox/special-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-special-'));
  mkdirSync(join(folder, 'a', 'b'), { recursive: true, mode: 0o755 });
  execFileSync('chmod', ['755', folder]);
});

afterEach(() => rmSync(folder, { recursive: true }));

function makePipes(names: readonly string[]): void {
  execFileSync('mkfifo', [...names], { cwd: folder });
}

function maskedIn(holdsOnlyFiles: boolean): readonly string[] {
  const limits = { dataBytes: 1, memoryBytes: 1, processes: 1, openFiles: 1, fileBytes: 1, cpuSeconds: 1 };
  const mounts = [{ source: folder, target: '/app', writable: false, holdsOnlyFiles }];
  const visible = layoutOf({ argv: ['true'], env: {}, cwd: '/', mounts, network: false, limits });
  if ('problem' in visible) throw new Error(visible.problem);
  return visible.layout.masked;
}

it('finds pipes at any depth, and neither files nor links', () => {
  makePipes(['one', 'a/b/two']);
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('one', join(folder, 'link'));
  symlinkSync('..', join(folder, 'a', 'up'));
  expect(specialFilesBelow(folder).sort()).toEqual(['a/b/two', 'one']);
});

it('refuses a folder with more of them than can be covered', () => {
  makePipes(Array.from({ length: 257 }, (_, index) => `pipe${index}`));
  expect(() => specialFilesBelow(folder)).toThrow(/more than 256 sockets, pipes and devices/);
});

it('a folder known to hold only files is not searched', () => {
  makePipes(['one']);
  expect(maskedIn(false)).toEqual(['/app/one']);
  expect(maskedIn(true)).toEqual([]);
});

it('a pipe is not shown inside by itself', () => {
  makePipes(['one']);
  const limits = { dataBytes: 1, memoryBytes: 1, processes: 1, openFiles: 1, fileBytes: 1, cpuSeconds: 1 };
  const mounts = [{ source: join(folder, 'one'), target: '/app', writable: false }];
  expect(layoutOf({ argv: ['true'], env: {}, cwd: '/', mounts, network: false, limits })).toEqual({
    problem: expect.stringMatching(/neither a folder nor a file/),
  });
});
