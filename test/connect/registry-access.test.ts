import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NpmSettings } from '../../src/connect/install/npm-settings.ts';
import { readRegistryAccess } from '../../src/connect/install/registry-access.ts';
import { FaultError } from '../../src/model/fault.ts';

describe('the registry as npm is configured for it', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-npmrc-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function access(registry: string, ...files: string[]) {
    const configFiles = await Promise.all(
      files.map(async (text, index) => {
        const file = join(folder, `npmrc-${index}`);
        await writeFile(file, text);
        return file;
      }),
    );
    const settings: NpmSettings = async () => ({
      ok: true,
      setup: { cliFile: '/npm-cli.js', options: { registry }, environment: {}, configFiles: [...configFiles, join(folder, 'missing')] },
    });
    return readRegistryAccess(settings, { TOKEN: 'from-environment' });
  }

  it.each([
    ['a token', 'https://npm.example/', '//npm.example/:_authToken=abc', 'Bearer abc'],
    ['a token in quotes, with spaces', 'https://npm.example/', '  //npm.example/:_authToken = "abc" ', 'Bearer abc'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: npm's own way to name a variable
    ['a token of the environment', 'https://npm.example/', '//npm.example/:_authToken=${TOKEN}', 'Bearer from-environment'],
    [
      'a user and a password',
      'https://npm.example/',
      `//npm.example/:username=me\n//npm.example/:_password=${btoa('secret')}`,
      `Basic ${btoa('me:secret')}`,
    ],
    ['basic credentials', 'https://npm.example/', '//npm.example/:_auth=bWU6c2VjcmV0', 'Basic bWU6c2VjcmV0'],
    [
      'the path that is longest',
      'https://npm.example/a/b/',
      '//npm.example/:_authToken=host\n//npm.example/a/b/:_authToken=path',
      'Bearer path',
    ],
    ['a path above', 'https://npm.example/a/b', '//npm.example/a/:_authToken=above', 'Bearer above'],
    ['a port', 'http://127.0.0.1:4873/', '//127.0.0.1:4873/:_authToken=abc', 'Bearer abc'],
  ])('%s', async (_, registry, file, expected) => {
    expect((await access(registry, file)).authorization).toBe(expected);
  });

  it.each([
    ['another host', 'https://npm.example/', '//other.example/:_authToken=abc'],
    ['a host that only begins like it', 'https://npm.example/', '//npm.example.org/:_authToken=abc'],
    ['a path below', 'https://npm.example/', '//npm.example/a/:_authToken=abc'],
    ['another port', 'https://npm.example:8443/', '//npm.example/:_authToken=abc'],
    ['a comment', 'https://npm.example/', '#//npm.example/:_authToken=abc\n;//npm.example/:_authToken=abc'],
  ])('sends no credential of %s', async (_, registry, file) => {
    expect((await access(registry, file)).authorization).toBeUndefined();
  });

  it('takes the caller’s file before the machine’s', async () => {
    const found = await access('https://npm.example/', '//npm.example/:_authToken=mine', '//npm.example/:_authToken=theirs');
    expect(found).toEqual({ url: 'https://npm.example', authorization: 'Bearer mine' });
  });

  it('is a fault where npm cannot be asked', async () => {
    const fault = { code: 'npm-missing', subject: 'npm', message: 'npm was not found.', retryable: false };
    await expect(readRegistryAccess(async () => ({ ok: false, fault }), {})).rejects.toThrow(FaultError);
  });
});
