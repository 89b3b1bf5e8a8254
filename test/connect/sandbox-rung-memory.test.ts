import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { THIS_HOST } from '../../src/connect/sandbox/host.ts';
import { rungMemory } from '../../src/connect/sandbox/rung-memory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rung-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const memory = (host = THIS_HOST) => rungMemory(folder, host);

it('what one process remembers the next one recalls, until it is forgotten', () => {
  expect(memory().recall()).toBeUndefined();
  memory().remember('bubblewrap');
  expect(memory().recall()).toBe('bubblewrap');
  memory().forget();
  expect(memory().recall()).toBeUndefined();
});

it('a machine that is not as it was is another one', () => {
  memory().remember('bubblewrap');
  expect(memory({ ...THIS_HOST, programFolders: ['/usr/bin'] }).recall()).toBeUndefined();
  const program = join(folder, 'bwrap');
  writeFileSync(program, '', { mode: 0o755 });
  const host = { ...THIS_HOST, programFolders: [folder] };
  memory(host).remember('util-linux');
  expect(memory(host).recall()).toBe('util-linux');
  writeFileSync(program, 'another version');
  expect(memory(host).recall()).toBeUndefined();
});

it.each(['', '{', 'null', '[]', '"bubblewrap"', '{"rung":"none"}', '{"rung":1,"fingerprint":""}'])('%j is no memory', (text) => {
  memory().remember('bubblewrap');
  const { fingerprint } = JSON.parse(readFileSync(join(folder, 'sandbox.json'), 'utf8'));
  writeFileSync(join(folder, 'sandbox.json'), text.replace('"fingerprint":""', `"fingerprint":"${fingerprint}"`));
  expect(memory().recall()).toBeUndefined();
});

it('a cache folder that cannot be made costs the memory and nothing else', () => {
  const closed = rungMemory('/proc/assay', THIS_HOST);
  closed.remember('bubblewrap');
  closed.forget();
  expect(closed.recall()).toBeUndefined();
  expect(statSync('/proc/assay', { throwIfNoEntry: false })).toBeUndefined();
});
