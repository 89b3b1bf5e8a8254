import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import { readNpmSettings } from '../../src/connect/install/npm-settings.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import { SEEING } from './fake-docker.ts';
import { NO_HTTP, type Served, serve } from './loopback.ts';
import { openRegistry, type PackageRegistry } from './package-registry.ts';
import { RUNGS, STRONGEST } from './rungs.ts';

const TOKENS = { acme: 'token-of-acme-5c1d', other: 'token-of-other-77aa' };
const seeing = (name: string) => ({
  name,
  version: '1.0.0',
  manifest: { bin: './run.js' },
  files: { 'package/run.js': `#!/usr/bin/env node\n${SEEING}` },
});

let behind: PackageRegistry;
let acme: Served;
let other: Served;
let folder: string;
const seen: string[] = [];

/** A registry that answers nobody without its token, and repeats what it was sent when it refuses. */
function guarded(token: string): Promise<Served> {
  return serve(async (request, response) => {
    const said = request.headers.authorization ?? 'nothing';
    seen.push(said);
    if (said !== `Bearer ${token}`) {
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ error: `not you: ${said}` }));
      return;
    }
    const answer = await fetch(new URL(request.url ?? '', behind.url));
    const own = `http://${request.headers.host}/`;
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isJson = answer.headers.get('content-type')?.includes('json');
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(isJson ? bytes.toString('utf8').replaceAll(behind.url, own) : bytes);
  });
}

beforeEach(async () => {
  seen.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'assay-private-'));
  behind = await openRegistry([seeing('@acme/planet'), seeing('@other/planet')]);
  acme = await guarded(TOKENS.acme);
  other = await guarded(TOKENS.other);
});
afterEach(async () => {
  behind.close();
  await Promise.all([acme.close(), other.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** A user's own settings, with a token for each scope, one of them by the name of a variable. */
function settings(tokenOfAcme: string = TOKENS.acme) {
  const host = (served: Served) => new URL(served.url).host;
  const lines = [
    `@acme:registry=${acme.url}/`,
    `@other:registry=${other.url}/`,
    `//${host(acme)}/:_authToken=${tokenOfAcme}`,
    `//${host(other)}/:_authToken=\${OTHER_TOKEN}`,
    '//unrelated.example/:_authToken=unrelated-token-99',
  ];
  writeFileSync(join(folder, 'npmrc'), lines.join('\n'));
  return readNpmSettings({ ...process.env, npm_config_userconfig: join(folder, 'npmrc'), OTHER_TOKEN: TOKENS.other });
}

async function look(name: string, npm = settings(), rung = STRONGEST) {
  const sandbox = await openSandbox({ only: rung });
  const context = {
    http: NO_HTTP,
    sandbox,
    cacheFolder: join(folder, 'cache'),
    npm,
    limits: DEFAULT_LIMITS,
    abort: new AbortController().signal,
  };
  return Enumeration.parse(await enumerate({ kind: 'npm', name, version: '1.0.0', args: [] }, context));
}

describe.each(RUNGS)('packages of two private registries, in $rung', ({ rung, isHere }) => {
  it.skipIf(!isHere)('are installed, each with its own token, which is then nowhere', async () => {
    const enumerations = [await look('@acme/planet', settings(), rung), await look('@other/planet', settings(), rung)];
    expect(enumerations.map(({ status }) => status)).toEqual(['complete', 'complete']);
    // What the servers saw of their arguments and environment is in there.
    expect(JSON.stringify(enumerations)).not.toMatch(/token-of-|npmrc|unrelated-token/);
    expect(new Set(seen)).toEqual(new Set([`Bearer ${TOKENS.acme}`, `Bearer ${TOKENS.other}`]));
    expect(filesWith('token-of-')).toEqual([]);
  });
});

it('a package of one registry is given nothing of the other, whatever it depends on', async () => {
  behind.close();
  const dependent = { ...seeing('@acme/dependent'), manifest: { bin: './run.js', dependencies: { '@other/planet': '1.0.0' } } };
  behind = await openRegistry([dependent, seeing('@other/planet')]);
  const enumeration = await look('@acme/dependent');
  expect(enumeration).toMatchObject({ status: 'install-failed' });
  expect(seen).toContain(`Bearer ${TOKENS.acme}`);
  expect(seen).toContain('nothing');
  expect(seen).not.toContain(`Bearer ${TOKENS.other}`);
});

it('a token that is refused is not told', async () => {
  const enumeration = await look('@acme/planet', settings('token-of-nobody-1234'));
  expect(enumeration).toMatchObject({ status: 'install-failed' });
  expect(seen).toContain('Bearer token-of-nobody-1234');
  expect(JSON.stringify(enumeration)).not.toMatch(/token-of-|127\.0\.0\.1/);
  expect(filesWith('token-of-')).toEqual([]);
});

/** Files of the cache that hold a text. */
function filesWith(text: string): string[] {
  try {
    return execFileSync('grep', ['-rl', text, join(folder, 'cache')], { encoding: 'utf8' })
      .trim()
      .split('\n');
  } catch {
    return [];
  }
}
