import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releasesIn } from '../../src/connect/install/pypi-faults.ts';
import { isOfRepository, readDistribution } from '../../src/connect/install/pypi-metadata.ts';
import { mountsOfPython, readPythonSettings } from '../../src/connect/install/pypi-settings.ts';
import { faultOfPypiSpec, normalizedName, wheelOf } from '../../src/connect/install/pypi-spec.ts';
import { isHostFault } from '../../src/pipeline/host-faults.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-python-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface FakePython {
  readonly version: readonly [number, number, number];
  readonly prefix?: string;
  readonly pip?: string | null;
  readonly isFinal?: boolean;
}

/** Says of itself what it is told to, and of its pip what is given. */
function fakePython(name: string, { version, prefix = join(folder, name), pip = '24.0', isFinal = true }: FakePython, config = {}): string {
  const bin = join(folder, `bin-${name}`);
  mkdirSync(bin);
  const said = { program: join(bin, 'python3'), prefix, version, isFinal, pip, runsPip: ['-m', 'pip'] };
  writeFileSync(
    join(bin, 'python3'),
    `#!/bin/sh\nif [ "$4" = pip ]; then printf %s '${JSON.stringify(config)}'; else printf %s '${JSON.stringify(said)}'; fi\n`,
  );
  chmodSync(join(bin, 'python3'), 0o755);
  return bin;
}

/** Of Pythons other than this machine's own, which are asked too. */
async function setupOf(bins: readonly string[], environment: Record<string, string> = {}) {
  const found = await readPythonSettings({ PATH: bins.join(':'), ...environment })();
  if (!found.ok) throw new Error(found.fault.message);
  return found.setup;
}

describe('the Pythons of this machine', () => {
  it('are tried newest first, one of each minor version, unfinished ones last', async () => {
    const bins = [
      fakePython('a', { version: [3, 90, 1] }),
      fakePython('b', { version: [3, 91, 0] }),
      fakePython('c', { version: [3, 90, 4] }),
      fakePython('d', { version: [3, 99, 0], isFinal: false }),
      fakePython('e', { version: [2, 7, 18] }),
      fakePython('f', { version: [3, 95, 0], prefix: '/etc' }),
    ];
    const { pythons } = await setupOf(bins);
    const versions = pythons.map(({ version }) => version);
    expect(versions.slice(0, 2)).toEqual(['3.91.0', '3.90.4']);
    expect(versions.at(-1)).toBe('3.99.0');
    expect(versions).not.toEqual(expect.arrayContaining(['2.7.18']));
    expect(versions).not.toEqual(expect.arrayContaining(['3.95.0']));
  });

  it('install with the newest pip that tells what it installs', async () => {
    const bins = [fakePython('a', { version: [3, 91, 0], pip: '21.3' }), fakePython('b', { version: [3, 90, 0], pip: '22.2' })];
    const { installer, pythons } = await setupOf(bins);
    expect(installer.version).toBe('3.90.0');
    expect(pythons[0]?.version).toBe('3.91.0');
  });

  it('of the system are inside already, others are shown', () => {
    const python = { program: '/x', version: '3.12.0' };
    expect(mountsOfPython({ ...python, prefix: '/usr' })).toEqual([]);
    expect(mountsOfPython({ ...python, prefix: '/opt/python' })).toMatchObject([
      { source: '/opt/python', target: '/opt/python', writable: false },
    ]);
  });

  it.each([
    ['python-missing', true],
    ['pip-missing', true],
    ['needs-build', false],
  ])('%s is a fault of the machine: %s', (code, isHosts) => {
    expect(isHostFault({ code, subject: 'x', message: '', retryable: false })).toBe(isHosts);
  });
});

describe('where packages come from', () => {
  it('is what pip is set to, the environment strongest, uv’s settings where pip has none', async () => {
    const config = {
      'global.index-url': 'https://index.example/simple',
      'install.index-url': 'https://other.example/simple',
      ':env:.extra-index-url': 'https://a.example/simple\nhttps://b.example/simple',
      'global.find-links': '/srv/wheels',
      'global.cert': '/srv/ca.pem',
      'global.target': '/etc',
    };
    const bins = [fakePython('a', { version: [3, 91, 0] }, config)];
    const { environment, paths, indexes } = await setupOf(bins, {
      UV_DEFAULT_INDEX: 'https://uv.example/simple',
      https_proxy: 'http://p.example:1',
    });
    expect(environment).toEqual({
      PIP_INDEX_URL: 'https://other.example/simple',
      PIP_EXTRA_INDEX_URL: 'https://a.example/simple https://b.example/simple',
      PIP_FIND_LINKS: '/srv/wheels',
      PIP_CERT: '/srv/ca.pem',
      https_proxy: 'http://p.example:1',
    });
    expect(paths).toEqual(['/srv/wheels', '/srv/ca.pem']);
    expect(indexes).toContain('https://other.example/simple');
  });

  it('is what uv is set to, where pip is not', async () => {
    const bins = [fakePython('a', { version: [3, 91, 0] })];
    const { environment } = await setupOf(bins, {
      UV_DEFAULT_INDEX: 'own=https://uv.example/simple',
      UV_INDEX: 'x=https://x.example y=https://y.example',
    });
    expect(environment).toEqual({ PIP_INDEX_URL: 'https://uv.example/simple', PIP_EXTRA_INDEX_URL: 'https://x.example https://y.example' });
  });
});

describe('names', () => {
  it.each([
    ['Planet_MCP.server', 'planet-mcp-server'],
    ['a--b__c', 'a-b-c'],
  ])('%s is %s to the index', (name, normalized) => {
    expect(normalizedName(name)).toBe(normalized);
  });

  it.each<[string, string | undefined, boolean]>([
    ['planet', '1.0', true],
    ['Planet.MCP_x-1', '1!2.0rc1.post2.dev3+local.1', true],
    ['planet', 'v1.0', true],
    ['-r', undefined, false],
    ['planet', '--pre', false],
    ['planet', '>=1', false],
    ['planet', '1.0 --pre', false],
    ['planet', '1.0; import os', false],
    ['planet @ https://x', undefined, false],
    ['../planet', undefined, false],
    ['planet-', undefined, false],
    ['p'.repeat(101), undefined, false],
  ])('%s at %s is one: %s', (name, version, isOne) => {
    expect(faultOfPypiSpec(name, version) === undefined).toBe(isOne);
  });

  it.each<[string, object | undefined]>([
    ['planet_mcp-1.0-py3-none-any.whl', { name: 'planet-mcp', version: '1.0' }],
    ['planet-1.0-2-cp311-cp311-manylinux_2_17_x86_64.whl', { name: 'planet', version: '1.0' }],
    ['planet-1.0.tar.gz', undefined],
    ['planet.whl', undefined],
  ])('%s', (file, wheel) => {
    expect(wheelOf(file)).toEqual(wheel);
  });
});

it('releases are told by what pip logs of the files that it passes over', () => {
  const log = [
    '2026-11-01 Found link https://x/planet-1.0.tar.gz (from https://x/simple/planet/), version: 1.0',
    "2026-11-01 Skipping link: none of the wheel's tags (cp39-cp39-win32) are compatible (run pip debug): https://x/planet-1.1-cp39-cp39-win32.whl#sha256=ab",
    '2026-11-01 Skipping link: wrong project name (not planet): https://x/other-3.0-py3-none-any.whl',
    '2026-11-01 Found link https://x/planet-1.0-py3-none-any.whl (from https://x/simple/planet/), version: 1.0',
  ].join('\n');
  expect(releasesIn(log)).toEqual(['1.0', '1.1']);
});

describe('what a distribution says of itself', () => {
  const described = (files: Record<string, string>) => {
    const info = join(folder, 'planet_mcp-1.0.dist-info');
    mkdirSync(info);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(info, name), text);
    return readDistribution(folder, 'Planet.MCP');
  };

  it('is read from its own files, and nothing that leads out', async () => {
    const read = await described({
      METADATA:
        'Name: planet_mcp\nVersion: 1.0\nProject-URL: Bug Tracker, https://github.com/acme/planet/issues\nHome-page: https://planet.example\n\nName: other\n',
      'entry_points.txt':
        '[gui_scripts]\ng = planet:gui\n[console_scripts]\nplanet-mcp = planet.server:main [cli]\nodd = planet;x\n__proto__ = planet:x\n',
      RECORD: 'planet/server.py,sha256=x,1\n../../bin/planet.py,,\n/etc/x.py,,\nplanet/data.txt,,\n"planet/a.py",,\n',
    });
    expect(read).toMatchObject({
      name: 'planet-mcp',
      version: '1.0',
      urls: ['https://planet.example', 'https://github.com/acme/planet/issues'],
      files: ['planet/server.py', 'planet/a.py'],
    });
    expect(Object.entries(read?.scripts ?? {})).toEqual([
      ['planet-mcp', 'planet.server:main'],
      ['__proto__', 'planet:x'],
    ]);
    expect(isOfRepository({ urls: read?.urls ?? [] }, 'git@github.com:acme/planet.git')).toBe(true);
    expect(isOfRepository({ urls: read?.urls ?? [] }, 'https://github.com/acme/other')).toBe(false);
  });

  it('is read in time that grows with its length, however often a field is given', async () => {
    const often = 'K:\n'.repeat(80_000);
    const read = await described({ METADATA: `Name: planet-mcp\n${often}Home-page: https://planet.example\n\n` });
    expect(read?.urls).toEqual(['https://planet.example']);
  });

  it('is nothing where another is there', async () => {
    expect(await described({ METADATA: 'Name: other\nVersion: 1\n\n' })).toBeUndefined();
  });
});
