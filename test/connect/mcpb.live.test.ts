import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packExtension } from '@anthropic-ai/mcpb/cli';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EnumerateContext, enumerate } from '../../src/connect/enumerate.ts';
import { readPythonSettings } from '../../src/connect/install/pypi-settings.ts';
import type { McpbPlan } from '../../src/connect/launch-plan.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { type HostRung, openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import { assay } from '../cli/assay.ts';
import { loopbackHttp, NO_HTTP, serve } from './loopback.ts';
import { RUNGS, STRONGEST } from './rungs.ts';
import { zipOf } from './zip.ts';

const PYTHON_SERVER = join(import.meta.dirname, '../fixtures/connect/planet_mcp');
/** Lists one tool, described by its own arguments and environment. */
const NODE_SERVER = `
const seen = { argv: process.argv.slice(2), environment: process.env, file: __filename };
const tool = { name: 'seen', description: JSON.stringify(seen), inputSchema: { type: 'object' } };
const server = { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'seen', version: '1' } };
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result: method === 'initialize' ? server : { tools: [tool] } }));
});
`;
const MANIFEST = {
  manifest_version: '0.3',
  name: 'seen',
  version: '2.1.0',
  description: 'What it sees.',
  author: { name: 'acme' },
};
/** As a manifest names what is filled in. */
const variable = (name: string) => `\${${name}}`;
const inBundle = (path: string) => `${variable('__dirname')}/${path}`;
const NODE = { type: 'node', entry_point: 'server/index.js', mcp_config: { command: 'node', args: [inBundle('server/index.js')] } };

type Files = Readonly<Record<string, string>>;

let folder: string;
let cacheFolder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-mcpb-'));
  cacheFolder = join(folder, 'cache');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @returns Path of what the official packer makes of a manifest and files. */
async function pack(manifest: object, files: Files = { 'server/index.js': NODE_SERVER }): Promise<string> {
  const source = join(folder, 'source');
  for (const [path, content] of Object.entries({ ...files, 'manifest.json': JSON.stringify({ ...MANIFEST, ...manifest }) })) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
  }
  if (JSON.stringify(manifest).includes('planet_mcp')) cpSync(PYTHON_SERVER, join(source, 'lib/planet_mcp'), { recursive: true });
  const bundle = join(folder, 'seen.mcpb');
  if (!(await packExtension({ extensionPath: source, outputPath: bundle, silent: true }))) throw new Error('the packer refused it');
  return bundle;
}

/** One that no packer makes. */
function zip(manifest: object | string, files: Files = { 'server/index.js': NODE_SERVER }): string {
  const bundle = join(folder, 'raw.dxt');
  const text = typeof manifest === 'string' ? manifest : JSON.stringify({ ...MANIFEST, ...manifest });
  writeFileSync(bundle, zipOf(Object.entries({ 'manifest.json': text, ...files }).map(([name, content]) => ({ name, content }))));
  return bundle;
}

const python = readPythonSettings({ PATH: process.env['PATH'], PIP_CONFIG_FILE: '/dev/null' });

async function look(
  plan: Pick<McpbPlan, 'location'> & Partial<McpbPlan>,
  more: Partial<EnumerateContext> = {},
  rung: HostRung = STRONGEST,
) {
  const sandbox = await openSandbox({ only: rung });
  const abort = new AbortController().signal;
  const npm = () => {
    throw new Error('npm was asked');
  };
  const context = { http: NO_HTTP, sandbox, cacheFolder, npm, python, limits: DEFAULT_LIMITS, abort, ...more };
  return Enumeration.parse(await enumerate({ kind: 'mcpb', args: [], ...plan }, context));
}

function seenBy(enumeration: Enumeration) {
  const tool = 'tools' in enumeration ? enumeration.tools.find(({ name }) => name === 'seen') : undefined;
  return tool ? JSON.parse(String(tool['description'])) : enumeration;
}

const sha256Of = (file: string) => createHash('sha256').update(readFileSync(file)).digest();

describe.each(RUNGS)('in $rung', ({ rung, isHere }) => {
  it.skipIf(!isHere)('a bundle of the official packer is listed, the second time without unpacking', async () => {
    const location = await pack({ server: NODE });
    const first = await look({ location }, {}, rung);
    const integrity = `sha256-${sha256Of(location).toString('base64')}`;
    const artifact = { registryType: 'mcpb', name: 'seen', version: '2.1.0', integrity };
    expect(first).toMatchObject({ status: 'complete', launch: `mcpb:${location}`, artifact, sandbox: { rung } });
    expect(seenBy(first)).toMatchObject({ argv: [], file: '/app/server/index.js' });
    expect(await look({ location }, {}, rung)).toMatchObject({ status: 'complete', artifact, installMs: 0 });
  });
});

it('a Python bundle runs with the packages that it brings', async () => {
  const args = ['-m', 'planet_mcp', '--seen'];
  const mcp_config = { command: 'python', args, env: { PYTHONPATH: inBundle('lib') } };
  const location = await pack({ server: { type: 'python', entry_point: 'lib/planet_mcp/server.py', mcp_config } }, {});
  const seen = seenBy(await look({ location }));
  expect(seen).toMatchObject({ argv: ['--seen'], environment: { PYTHONPATH: '/app/lib' } });
  expect(seen.path.filter((path: string) => /(?:site|dist)-packages/.test(path))).toEqual([]);
});

it('a program of the bundle itself is run', async () => {
  const script = `#!/usr/bin/env node\n${NODE_SERVER}`;
  const mcp_config = { command: inBundle('bin/run'), args: ['--stdio'] };
  const location = await pack({ server: { type: 'binary', entry_point: 'bin/run', mcp_config } }, { 'bin/run': script });
  expect(seenBy(await look({ location }))).toMatchObject({ argv: ['--stdio'], file: '/app/bin/run' });
});

it('options get their defaults, required ones dummies, and what nobody gives is left out', async () => {
  const user_config = {
    api_key: { type: 'string', title: 'K', description: 'K', required: true, sensitive: true },
    apiUrl: { type: 'string', title: 'U', description: 'U', required: true },
    folders: {
      type: 'directory',
      title: 'F',
      description: 'F',
      multiple: true,
      default: [`${variable('HOME')}/a`, `${variable('HOME')}/b`],
    },
    limit: { type: 'number', title: 'L', description: 'L', required: true, min: 7 },
    verbose: { type: 'boolean', title: 'V', description: 'V', default: false },
    extra: { type: 'string', title: 'E', description: 'E' },
  };
  const env = {
    API_KEY: variable('user_config.api_key'),
    API_URL: variable('user_config.apiUrl'),
    EXTRA: `x${variable('user_config.extra')}`,
    VERBOSE: variable('user_config.verbose'),
  };
  const args = [
    inBundle('server/index.js'),
    variable('user_config.folders'),
    `--limit=${variable('user_config.limit')}`,
    variable('user_config.extra'),
  ];
  const location = await pack({ server: { ...NODE, mcp_config: { command: 'node', args, env } }, user_config });
  const { argv, environment } = seenBy(await look({ location }));
  expect(argv).toEqual(['/home/sandbox/a', '/home/sandbox/b', '--limit=7']);
  expect(environment).toMatchObject({ API_KEY: expect.stringMatching(/^dummy/), API_URL: 'https://example.com', VERBOSE: 'false' });
  expect(environment).not.toHaveProperty('EXTRA');
});

it('what it says for Linux counts', async () => {
  const overrides = { linux: { args: [inBundle('server/index.js'), 'linux'] }, win32: { command: 'node.exe' } };
  const location = await pack({
    server: {
      ...NODE,
      mcp_config: { command: 'deno', args: ['x'], platform_overrides: { ...overrides, linux: { command: 'node', ...overrides.linux } } },
    },
  });
  expect(seenBy(await look({ location }))).toMatchObject({ argv: ['linux'] });
});

it.each<[string, object]>([
  ['of the first format', { dxt_version: '0.1', manifest_version: undefined, server: NODE }],
  ['without a command', { server: { type: 'node', entry_point: 'server/index.js' } }],
])('a manifest %s is read', async (_, manifest) => {
  expect(await look({ location: zip(manifest) })).toMatchObject({ status: 'complete' });
});

it('a signed bundle is read up to its signature', async () => {
  const location = await pack({ server: NODE });
  const signature = Buffer.concat([Buffer.from('MCPB_SIG_V1'), Buffer.alloc(4), Buffer.alloc(900, 7), Buffer.from('MCPB_SIG_END')]);
  writeFileSync(location, signature, { flag: 'a' });
  const integrity = `sha256-${sha256Of(location).toString('base64')}`;
  expect(await look({ location })).toMatchObject({ status: 'complete', artifact: { integrity } });
});

describe('what is not started', () => {
  const command = (name: string, type = 'node') => ({ server: { ...NODE, type, mcp_config: { command: name, args: [] } } });
  it.each<[string, object | string, string, string]>([
    ['a package manager', command('npx'), 'refused', 'package-runner'],
    ['a container', command('docker'), 'refused', 'package-runner'],
    ['a bundle whose host installs it', command('uv', 'uv'), 'refused', 'package-runner'],
    ['a shell', command('bash'), 'refused', 'unknown-program'],
    ['a program of the machine by its path', command('/bin/sh', 'binary'), 'refused', 'unknown-program'],
    ['a program beside the bundle', command(inBundle('../../bin/sh'), 'binary'), 'refused', 'unknown-program'],
    ['a program that is not in it', command(inBundle('nothing'), 'binary'), 'refused', 'unknown-program'],
    [
      'a program for another system',
      { ...command(inBundle('server/index.js'), 'binary'), compatibility: { platforms: ['darwin'] } },
      'refused',
      'other-platform',
    ],
    ['a manifest without a server', {}, 'install-failed', 'bad-manifest'],
    ['a manifest that is none', 'not JSON', 'install-failed', 'bad-manifest'],
  ])('%s', async (_, manifest, status, code) => {
    expect(await look({ location: zip(manifest) })).toMatchObject({ status, fault: { code }, attempts: [] });
  });

  it.each<[string, (location: string) => void, string]>([
    ['no archive', (location) => writeFileSync(location, 'text'), 'bad-archive'],
    ['an archive without a manifest', (location) => writeFileSync(location, zipOf([{ name: 'a' }])), 'bad-archive'],
    ['an archive that leads out', (location) => writeFileSync(location, zipOf([{ name: '../evil' }])), 'bad-archive'],
    ['no file', (location) => rmSync(location), 'no-file'],
  ])('%s', async (_, change, code) => {
    const location = zip({ server: NODE });
    change(location);
    expect(await look({ location })).toMatchObject({ status: 'install-failed', fault: { code }, attempts: [] });
  });

  it('a file other than the one that was announced', async () => {
    const location = zip({ server: NODE });
    expect(await look({ location, sha256: 'ab'.repeat(32) })).toMatchObject({
      status: 'install-failed',
      fault: { code: 'checksum-mismatch' },
    });
    expect(await look({ location, sha256: sha256Of(location).toString('hex') })).toMatchObject({ status: 'complete' });
  });

  it('a bundle that unpacks to more than is accepted', async () => {
    const limits = { ...DEFAULT_LIMITS, maxInstallBytes: 20_000 };
    const location = zip({ server: NODE }, { 'server/index.js': NODE_SERVER, big: 'x'.repeat(30_000) });
    expect(await look({ location }, { limits })).toMatchObject({ status: 'install-failed', fault: { code: 'install-too-big' } });
  });
});

describe('from a URL', () => {
  let served: Awaited<ReturnType<typeof serve>>;
  let http: ReturnType<typeof loopbackHttp>;
  const requests: string[] = [];
  beforeAll(async () => {
    http = loopbackHttp();
    served = await serve((request, response) => {
      requests.push(request.url ?? '');
      if (request.url === '/moved') response.writeHead(302, { location: '/seen.mcpb' }).end();
      else if (request.url === '/away') response.writeHead(302, { location: 'http://127.0.0.1:9/seen.mcpb' }).end();
      else if (request.url === '/missing') response.writeHead(404).end('no');
      else response.writeHead(200, { 'content-type': 'application/zip' }).end(readFileSync(join(folder, 'raw.dxt')));
    });
  });
  afterAll(async () => {
    await served.close();
    await http.close();
  });

  it('it is fetched once, and not again where its hash is announced', async () => {
    const sha256 = sha256Of(zip({ server: NODE })).toString('hex');
    const first = await look({ location: `${served.url}/moved`, sha256 }, { http: http.http });
    expect(first).toMatchObject({ status: 'complete', launch: `mcpb:${served.url}/moved` });
    requests.length = 0;
    expect(await look({ location: `${served.url}/moved`, sha256 }, { http: http.http })).toMatchObject({
      status: 'complete',
      installMs: 0,
    });
    expect(requests).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['that is not there', '/missing', 'download-failed'],
    ['that leads to another address of this machine', '/away', 'private-address'],
  ])('one %s is a fault', async (_, path, code) => {
    zip({ server: NODE });
    expect(await look({ location: served.url + path }, { http: http.http })).toMatchObject({ status: 'install-failed', fault: { code } });
  });

  it('one that is too big is cut off', async () => {
    zip({ server: NODE }, { big: 'x'.repeat(50_000) });
    const limits = { ...DEFAULT_LIMITS, maxInstallBytes: 20_000 };
    const enumeration = await look({ location: `${served.url}/seen.mcpb` }, { http: http.http, limits });
    expect(enumeration).toMatchObject({ status: 'install-failed', fault: { code: 'too-big' } });
  });
});

it('scan takes the path of a bundle', async () => {
  const location = await pack({ server: NODE });
  const ran = await assay(['scan', '--json', './seen.mcpb'], { cwd: dirname(location), env: { ASSAY_CACHE: cacheFolder } });
  expect(ran.code, ran.stderr).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    server: { name: expect.stringMatching(/^seen/) },
    enumeration: { status: 'complete', artifact: { name: 'seen' } },
  });
});
