import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readNpmSettings } from '../../src/connect/install/npm-settings.ts';
import { isHostFault } from '../../src/pipeline/host-faults.ts';

/** npm drops a value that an option cannot have, and repeats options that it does not know. */
const OLD = `for (const option of process.argv.slice(2)) {
  const [, name, value] = /^--(allow-.*)=(.*)$/.exec(option) ?? [];
  if (name) config[name] = value;
}`;
const SILENT = '';
const NEW = `Object.assign(config, { 'allow-git': 'all', 'allow-remote': 'all' });`;
const HALF = `Object.assign(config, { 'allow-git': 'all' });`;

let folder: string;
let runtime: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'npm-settings-'));
  runtime = join(folder, 'runtime/node');
  mkdirSync(dirname(runtime));
  symlinkSync(process.execPath, runtime);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @returns The folder of an `npm` for PATH. */
function fakeNpm(version: string, known: string): string {
  const [program, bin] = [join(folder, version, 'lib/npm-cli.js'), join(folder, version, 'bin')];
  for (const path of [dirname(program), bin]) mkdirSync(path, { recursive: true });
  const config = JSON.stringify({ 'npm-version': version, registry: 'https://registry.example/' });
  writeFileSync(program, `const config = ${config};\n${known}\nconsole.log(JSON.stringify(config));\n`);
  symlinkSync(program, join(bin, 'npm'));
  return bin;
}

it.each([
  ['repeats what it does not know', OLD],
  ['is silent about what it does not know', SILENT],
  ['knows one of both', HALF],
])('an npm that %s is too old', async (_, known) => {
  const found = await readNpmSettings({ PATH: fakeNpm('10.9.2', known) }, runtime, '')();
  expect(found).toMatchObject({ ok: false, fault: { code: 'npm-too-old', retryable: false } });
  if (found.ok) return;
  expect(found.fault.message).toContain('npm 10.9.2 does not know --allow-remote and --allow-git');
  expect(found.fault.message).toContain('`npm install -g npm@latest`');
  expect(isHostFault(found.fault)).toBe(true);
});

it.each([
  ['too old', () => fakeNpm('10.9.2', OLD)],
  ['not there', () => '/nowhere'],
])("where the machine's npm is %s, the one that comes with Assay is taken", async (_, path) => {
  const found = await readNpmSettings({ PATH: path() }, runtime)();
  expect(found).toMatchObject({ ok: true, setup: { cliFile: expect.stringMatching(/node_modules\/npm\/bin\/npm-cli\.js$/) } });
});

it('without any npm it says so', async () => {
  expect(await readNpmSettings({ PATH: '/nowhere' }, runtime, '')()).toMatchObject({ ok: false, fault: { code: 'npm-missing' } });
});

it('a newer npm further on in PATH is taken instead', async () => {
  const PATH = `${fakeNpm('10.9.2', OLD)}:${fakeNpm('11.19.1', NEW)}`;
  expect(await readNpmSettings({ PATH }, runtime)()).toMatchObject({
    ok: true,
    setup: { cliFile: expect.stringContaining('11.19.1'), options: { registry: 'https://registry.example/' } },
  });
});
