import { globSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EnumerateContext, enumerate } from '../../src/connect/enumerate.ts';
import { type PythonSettings, readPythonSettings } from '../../src/connect/install/pypi-settings.ts';
import type { PypiPlan } from '../../src/connect/launch-plan.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { type HostRung, openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import { assay } from '../cli/assay.ts';
import { NO_HTTP } from './loopback.ts';
import { bytesOf, fileNameOf, integrityOf, PLANET, serveIndex, serverFiles, type Wheel } from './python-wheel.ts';
import { RUNGS, STRONGEST } from './rungs.ts';

const own = (name: string, more: Partial<Wheel> = {}): Wheel => ({ ...PLANET, name, ...more });
const SECRET = 'index-password';
const WHEELS: readonly Wheel[] = [
  PLANET,
  own('planet-mcp', { version: '0.9.0' }),
  own('by-module', { scripts: [] }),
  own('in-namespace', { scripts: ['in-namespace = acme.planet.server:main'], files: serverFiles('acme/planet') }),
  own('with-dependency', {
    metadata: ['Requires-Dist: planet-mcp>=1.0'],
    scripts: ['with-dependency = lean:main'],
    files: { 'lean.py': 'from planet_mcp.server import main\n' },
  }),
  own('wanting-build', { metadata: ['Requires-Dist: source-only'] }),
  own('wanting-nothing-known', { metadata: ['Requires-Dist: nowhere-to-be-found'] }),
  own('source-only', { isSource: true }),
  own('for-others', { tag: 'cp311-cp311-win_amd64' }),
  own('for-tomorrow', { metadata: ['Requires-Python: >=4.2'] }),
  own('silent', {
    scripts: ['silent = silent.server:main'],
    files: {
      'silent/__init__.py': '',
      'silent/server.py':
        'import os, sys\nfrom planet_mcp.server import main as serve\ndef main():\n    os.getenv("PLANET_TOKEN") or sys.exit(1)\n    serve()\n',
    },
    metadata: ['Requires-Dist: planet-mcp'],
  }),
  own('library', { scripts: [], files: { 'library/__init__.py': '' } }),
  own('big', { files: { 'big/data.bin': Buffer.alloc(3e6) } }),
];

let index: Awaited<ReturnType<typeof serveIndex>>;
let python: PythonSettings;
let cacheFolder: string;
const folders: string[] = [];

beforeAll(async () => {
  index = await serveIndex(WHEELS);
  // Without what this machine has in its own settings.
  const { host } = new URL(index.index);
  const environment = { PATH: process.env['PATH'], PIP_CONFIG_FILE: '/dev/null', PIP_INDEX_URL: `http://reader:${SECRET}@${host}/simple/` };
  python = readPythonSettings(environment);
});
beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'assay-pypi-'));
  folders.push(cacheFolder);
});
afterAll(async () => {
  await index.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function look(plan: Partial<PypiPlan> & Pick<PypiPlan, 'name'>, more: Partial<EnumerateContext> = {}, rung: HostRung = STRONGEST) {
  const sandbox = await openSandbox({ only: rung });
  const abort = new AbortController().signal;
  const context = { http: NO_HTTP, sandbox, cacheFolder, npm: noNpm, python, limits: DEFAULT_LIMITS, abort, ...more };
  return Enumeration.parse(await enumerate({ kind: 'pypi', args: [], ...plan }, context));
}

const noNpm = () => {
  throw new Error('npm was asked');
};
const namesOf = (enumeration: Enumeration) => ('tools' in enumeration ? enumeration.tools.map(({ name }) => name) : enumeration.fault);
const TOOLS = ['list_planets', 'delete_planet'];

describe.each(RUNGS)('in $rung', ({ rung, isHere }) => {
  it.skipIf(!isHere)('a server of the index is installed, listed, and then found without the index', async () => {
    const first = await look({ name: 'planet-mcp', version: '1.0.0' }, {}, rung);
    expect(namesOf(first)).toEqual(TOOLS);
    const artifact = { registryType: 'pypi', name: 'planet-mcp', version: '1.0.0', integrity: integrityOf(bytesOf(PLANET)) };
    expect(first).toMatchObject({ status: 'complete', launch: 'pypi:planet-mcp@1.0.0', artifact, sandbox: { rung } });
    expect(first.installMs).toBeGreaterThan(0);
    const asked = index.requests.length;
    const second = await look({ name: 'planet-mcp', version: '1.0.0' }, {}, rung);
    expect(second).toMatchObject({ status: 'complete', artifact, installMs: 0 });
    expect(index.requests).toHaveLength(asked);
  });
});

it('unsandboxed too', async () => {
  expect(namesOf(await look({ name: 'planet-mcp' }, {}, 'none'))).toEqual(TOOLS);
});

it('a server that fails without a word is given what its own code reads', async () => {
  const enumeration = await look({ name: 'silent' });
  expect(namesOf(enumeration)).toEqual(TOOLS);
  expect(enumeration.attempts.at(-1)).toMatchObject({ rung: 'code-environment', environmentNames: ['PLANET_TOKEN'] });
});

it('a Python without an installed pip uses the one that it brings along', async () => {
  const found = await python();
  if (!found.ok) throw new Error(found.fault.message);
  const { installer } = found.setup;
  const [bundled] = globSync([`${installer.prefix}/lib/python*/ensurepip/_bundled/pip-*.whl`, '/usr/share/python-wheels/pip-*.whl']);
  if (bundled === undefined) throw new Error('This Python brings no pip along: install python3-venv.');
  const setup = { ...found.setup, installer: { ...installer, pip: [join(bundled, 'pip')] } };
  expect(namesOf(await look({ name: 'planet-mcp' }, { python: async () => ({ ok: true, setup }) }))).toEqual(TOOLS);
});

describe('which program is started', () => {
  it.each<[string, Parameters<typeof look>[0], object]>([
    ['the newest release, by the script of its own name', { name: 'Planet_MCP' }, { artifact: { version: '1.0.0' } }],
    ['the release that is named', { name: 'planet-mcp', version: '0.9.0' }, { artifact: { version: '0.9.0' } }],
    ['the package itself, where it installs no script', { name: 'by-module' }, {}],
    ['a script of a module in a namespace', { name: 'in-namespace' }, {}],
    ['a script of what a dependency holds', { name: 'with-dependency' }, {}],
    ['one that names the repository', { name: 'planet-mcp', mustNameRepository: 'git@github.com:Acme/planet.git' }, {}],
  ])('%s', async (_, plan, expected) => {
    const enumeration = await look(plan);
    expect(namesOf(enumeration)).toEqual(TOOLS);
    expect(enumeration).toMatchObject(expected);
  });
});

it('it sees its own arguments and environment, its own packages and nothing of the index or of this machine', async () => {
  const enumeration = await look({ name: 'planet-mcp', args: ['--seen'], environment: { PLANET: 'earth' } });
  const seen = 'tools' in enumeration ? enumeration.tools.find(({ name }) => name === 'seen') : undefined;
  const { argv, name, environment, path } = JSON.parse(String(seen?.['description']));
  expect({ argv, name }).toEqual({ argv: ['--seen'], name: 'planet_mcp' });
  expect(environment).toMatchObject({ PLANET: 'earth', PYTHONPATH: '/app' });
  expect(Object.keys(environment).filter((variable) => /PIP|INDEX|TOKEN/i.test(variable))).toEqual([]);
  expect(JSON.stringify(seen)).not.toContain(SECRET);
  expect(path.filter((folder: string) => /(?:site|dist)-packages/.test(folder))).toEqual([]);
  expect(path).toContain('/app');
});

describe('what cannot be installed', () => {
  it.each<[string, Parameters<typeof look>[0], object]>([
    ['a package of source only', { name: 'source-only' }, { status: 'install-failed', fault: { code: 'needs-build' } }],
    ['a package with a wheel for other systems', { name: 'for-others' }, { status: 'install-failed', fault: { code: 'needs-build' } }],
    [
      'a dependency of source only',
      { name: 'wanting-build' },
      { status: 'install-failed', fault: { code: 'needs-build', message: expect.stringContaining('source-only') } },
    ],
    ['a dependency that is nowhere', { name: 'wanting-nothing-known' }, { fault: { code: 'install-failed' } }],
    [
      'a package for a newer Python',
      { name: 'for-tomorrow' },
      { status: 'refused', fault: { code: 'needs-python', message: expect.stringMatching(/>=4\.2.*apt-get install python3/) } },
    ],
    ['a package that is not there', { name: 'nothing-of-this-name' }, { fault: { code: 'unknown-package' } }],
    ['a version that is not there', { name: 'planet-mcp', version: '7.0' }, { fault: { code: 'unknown-version' } }],
    ['a package without a program', { name: 'library' }, { status: 'install-failed', fault: { code: 'no-program' } }],
    [
      'a package that names another repository',
      { name: 'planet-mcp', mustNameRepository: 'https://github.com/acme/other' },
      { status: 'refused', fault: { code: 'package-not-confirmed' } },
    ],
    ['an option for a name', { name: '--index-url=http://127.0.0.1' }, { fault: { code: 'bad-package-name' } }],
    ['an address for a version', { name: 'planet-mcp', version: 'https://127.0.0.1/x.whl' }, { fault: { code: 'bad-package-name' } }],
  ])('%s', async (_, plan, expected) => {
    const enumeration = await look(plan);
    expect(enumeration).toMatchObject({ attempts: [], ...expected });
    expect(JSON.stringify(enumeration)).not.toContain(SECRET);
  });

  it('a package that is too big, of which nothing is left', async () => {
    const limits = { ...DEFAULT_LIMITS, maxInstallBytes: 2e6 };
    expect(await look({ name: 'big' }, { limits })).toMatchObject({ status: 'install-failed', fault: { code: 'install-too-big' } });
    for (const kind of readdirSync(cacheFolder)) expect(readdirSync(join(cacheFolder, kind, 'tmp'))).toEqual([]);
  });

  it('an index that does not answer, whose address is not told', async () => {
    const environment = {
      PATH: process.env['PATH'],
      PIP_CONFIG_FILE: '/dev/null',
      PIP_INDEX_URL: `http://reader:${SECRET}@127.0.0.1:9/simple`,
    };
    const enumeration = await look({ name: 'planet-mcp' }, { python: readPythonSettings(environment) });
    expect(enumeration).toMatchObject({ fault: { code: 'registry-unreachable', retryable: true } });
    expect(JSON.stringify(enumeration)).not.toMatch(new RegExp(`${SECRET}|127\\.0\\.0\\.1`));
  });
});

describe('a wheel of this machine', () => {
  it('is listed live by its path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-wheel-'));
    folders.push(folder);
    writeFileSync(join(folder, fileNameOf(PLANET)), bytesOf(PLANET), { mode: 0o600 });
    const env = { ASSAY_CACHE: cacheFolder, PIP_CONFIG_FILE: '/dev/null', PIP_NO_INDEX: '1' };
    const ran = await assay(['scan', '--json', `./${fileNameOf(PLANET)}`], { cwd: folder, env });
    expect(ran.code, ran.stderr).toBe(0);
    const { server, enumeration, tools } = JSON.parse(ran.stdout);
    expect(server).toMatchObject({ name: 'planet-mcp', target: 'pypi:planet-mcp@1.0.0' });
    expect(enumeration).toMatchObject({ status: 'complete', artifact: { registryType: 'pypi', integrity: integrityOf(bytesOf(PLANET)) } });
    expect(tools.map(({ definition }: { definition: { name: string } }) => definition.name)).toEqual(TOOLS);
  });

  it('is another one than that of the index, though it is called the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-wheel-'));
    folders.push(folder);
    const other = { ...PLANET, metadata: ['Summary: another'] };
    const wheel = join(folder, fileNameOf(other));
    writeFileSync(wheel, bytesOf(other));
    const first = await look({ name: 'planet-mcp', version: '1.0.0' });
    const second = await look({ name: 'planet-mcp', version: '1.0.0', wheel });
    expect(first.artifact?.integrity).toBe(integrityOf(bytesOf(PLANET)));
    expect(second.artifact?.integrity).toBe(integrityOf(bytesOf(other)));
  });
});

it('scan pypi:name takes the index that the machine is configured for', async () => {
  const env = { ASSAY_CACHE: cacheFolder, PIP_CONFIG_FILE: '/dev/null', PIP_INDEX_URL: index.index };
  const ran = await assay(['scan', '--json', 'pypi:Planet.MCP'], { cwd: tmpdir(), env });
  expect(ran.code, ran.stderr).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({ enumeration: { status: 'complete', artifact: { version: '1.0.0' } } });
});
