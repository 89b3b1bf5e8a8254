import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type EnumerateContext, enumerate } from '../../../src/connect/enumerate.ts';
import type { LaunchPlan } from '../../../src/connect/launch-plan.ts';
import { onlyRead, readFolder, withReading } from '../../../src/connect/static/with-reading.ts';
import type { Enumeration } from '../../../src/model/enumeration.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/static/python-server');
const KNOWN = { launch: 'x', attempts: [], durationMs: 1, installMs: 0 };
const FAILED: Enumeration = { ...KNOWN, status: 'crashed', fault: { code: 'exited', subject: 'x', message: 'm', retryable: false } };
const LISTED: Enumeration = { ...KNOWN, status: 'complete', tools: [{ name: 'remove_file' }], answer: [], faults: [] };

it('a failure is given what the files say', async () => {
  const read = await withReading(FAILED, FOLDER);
  expect(read).toMatchObject({ ...FAILED, reading: { provenance: 'source' } });
  expect(read.reading?.tools).toHaveLength(10);
});

it('a list is compared only where that is wanted', async () => {
  expect(await withReading(LISTED, FOLDER)).toBe(LISTED);
  const { reading } = await withReading(LISTED, FOLDER, 'always');
  expect(reading?.unlisted).toHaveLength(9);
  expect(reading?.unlisted).not.toContain('remove_file');
});

it('without files, or tools in them, there is no reading', async () => {
  expect(await withReading(FAILED, undefined)).toBe(FAILED);
  expect(await withReading(FAILED, join(FOLDER, 'nowhere'))).toBe(FAILED);
});

it('a folder is read and nothing of it is started', async () => {
  expect(await readFolder({ kind: 'folder', folder: FOLDER })).toMatchObject({
    status: 'not-started',
    attempts: [],
    fault: { code: 'not-started' },
  });
  expect(await readFolder({ kind: 'folder', folder: join(FOLDER, 'nowhere') })).toMatchObject({ fault: { code: 'no-tools-read' } });
  expect(await onlyRead(FAILED, join(FOLDER, 'nowhere'))).toBe(FAILED);
});

it.each<LaunchPlan>([
  { kind: 'remote', url: 'https://remote.example/mcp', transport: 'streamable-http', declaresAuth: false },
  { kind: 'oci', image: 'example/image:1', args: [] },
])('$kind: nothing is called or fetched where only source is to be read', async (plan) => {
  // Whatever it would need for more is not there.
  const context = { reading: 'only', abort: new AbortController().signal } as EnumerateContext;
  expect(await enumerate(plan, context)).toMatchObject({ status: 'not-started', attempts: [], fault: { code: 'no-source' } });
});
