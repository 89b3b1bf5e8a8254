import { describe, expect, it } from 'vitest';
import { launchText } from '../../src/connect/launch-plan.ts';
import { planOfServer } from '../../src/connect/plan-of-server.ts';
import type { Argument, NamedInput, Package, Remote } from '../../src/model/registry-entry.ts';
import type { Server, ServerPackage } from '../../src/model/server.ts';

const NPM: Package = { registryType: 'npm', identifier: '@acme/planet-mcp', version: '1.2.3' };
const PYPI: Package = { registryType: 'pypi', identifier: 'planet-mcp', version: '1.2.3' };
const BUNDLE: Package = {
  registryType: 'mcpb',
  identifier: 'https://github.com/acme/planet/releases/download/v1/planet.mcpb',
  fileSha256: 'AB'.repeat(32),
};
const IMAGE: Package = { registryType: 'oci', identifier: 'ghcr.io/acme/planet:1.2.3' };
const NUGET: Package = { registryType: 'nuget', identifier: 'Acme.Planet', version: '1.2.3' };
const CARGO: Package = { registryType: 'cargo', identifier: 'planet-mcp', version: '1.2.3' };
const HTTP: Remote = { type: 'streamable-http', url: 'https://planet.example/mcp' };
const SSE: Remote = { type: 'sse', url: 'https://planet.example/sse' };
const overHttp = { transport: { type: 'streamable-http', url: 'http://localhost:3000/mcp' } } as const;

function serverOf(offers: { packages?: ServerPackage[]; remotes?: Remote[] }): Server {
  const known = { id: 'npm:@acme/planet-mcp', name: 'planet', sources: [], aliases: [], related: [] };
  return { ...known, packages: offers.packages ?? [], remotes: offers.remotes ?? [] };
}

function planOf(offers: { packages?: ServerPackage[]; remotes?: Remote[] }) {
  const launch = planOfServer(serverOf(offers));
  if ('fault' in launch) throw new Error(launch.fault.message);
  return launch.plan;
}

const faultOf = (offers: { packages?: ServerPackage[]; remotes?: Remote[] }) => {
  const launch = planOfServer(serverOf(offers));
  return 'fault' in launch ? launch.fault : undefined;
};
const argsOf = (packageArguments: Argument[], more: Partial<Package> = {}) => planOf({ packages: [{ ...NPM, packageArguments, ...more }] });
const environmentOf = (environmentVariables: NamedInput[]) => planOf({ packages: [{ ...NPM, environmentVariables }] });

describe('which way to a server is taken', () => {
  const npmPlan = { kind: 'npm', name: '@acme/planet-mcp', version: '1.2.3', args: [] };
  const httpPlan = { kind: 'remote', url: HTTP.url, transport: 'streamable-http', declaresAuth: false };

  const pypiPlan = { kind: 'pypi', name: 'planet-mcp', version: '1.2.3', args: [] };
  const bundlePlan = { kind: 'mcpb', location: BUNDLE.identifier, sha256: 'ab'.repeat(32), args: [] };

  it.each<[string, { packages?: ServerPackage[]; remotes?: Remote[] }, object]>([
    ['a package of a public registry', { packages: [{ ...NPM, registryBaseUrl: 'https://registry.npm.example' }] }, npmPlan],
    ['an npm package before a remote', { packages: [NPM], remotes: [HTTP] }, npmPlan],
    ['an npm package behind another', { packages: [PYPI, NPM] }, npmPlan],
    ['the first of two', { packages: [NPM, { ...NPM, version: '2.0.0' }] }, npmPlan],
    [
      'the one over stdio',
      {
        packages: [
          { ...NPM, ...overHttp },
          { ...NPM, transport: { type: 'stdio' } },
        ],
      },
      npmPlan,
    ],
    ['a remote where the package speaks HTTP', { packages: [{ ...NPM, ...overHttp }], remotes: [HTTP] }, httpPlan],
    ['a remote where nothing can be started', { packages: [NUGET, CARGO], remotes: [HTTP] }, httpPlan],
    ['a Python package before a remote', { packages: [PYPI], remotes: [HTTP] }, pypiPlan],
    ['a Python package before a bundle', { packages: [BUNDLE, PYPI] }, pypiPlan],
    ['a bundle before a remote', { packages: [IMAGE, BUNDLE], remotes: [HTTP] }, bundlePlan],
    ['a remote before an image', { packages: [IMAGE], remotes: [HTTP] }, httpPlan],
    ['an image where there is nothing else', { packages: [NUGET, IMAGE] }, { kind: 'oci', image: 'ghcr.io/acme/planet:1.2.3', args: [] }],
    ['streamable HTTP before SSE', { remotes: [SSE, HTTP] }, httpPlan],
    ['SSE where there is nothing else', { remotes: [SSE] }, { kind: 'remote', url: SSE.url, transport: 'sse', declaresAuth: false }],
    ['the remote that is complete', { remotes: [{ ...HTTP, url: 'https://{tenant}.example/mcp' }, SSE] }, { url: SSE.url }],
    ['a URL before what is none', { remotes: [{ ...HTTP, url: 'not a url' }, SSE] }, { url: SSE.url }],
  ])('%s', (_, offers, plan) => {
    expect(planOf(offers)).toMatchObject(plan);
  });

  describe('a package that only files of the repository name', () => {
    const claimed = { ...NPM, unconfirmed: true as const };
    const inRepository = (offers: { packages?: ServerPackage[]; remotes?: Remote[] }) => {
      const launch = planOfServer({ ...serverOf(offers), repositoryUrl: 'https://github.com/acme/planet' });
      return 'plan' in launch ? launch.plan : launch.fault.code;
    };

    it.each<[string, { packages?: ServerPackage[]; remotes?: Remote[] }, object]>([
      ['has to name the repository', { packages: [claimed] }, { kind: 'npm', mustNameRepository: 'https://github.com/acme/planet' }],
      ['comes after a package that is the server’s', { packages: [claimed, { ...NPM, identifier: 'own' }] }, { kind: 'npm', name: 'own' }],
      ['comes after a remote', { packages: [claimed], remotes: [HTTP] }, httpPlan],
      [
        'has to name it in Python too',
        { packages: [{ ...PYPI, unconfirmed: true }] },
        { kind: 'pypi', mustNameRepository: 'https://github.com/acme/planet' },
      ],
      ['comes after an image that is the server’s', { packages: [claimed, IMAGE] }, { kind: 'oci' }],
    ])('%s', (_, offers, plan) => {
      expect(inRepository(offers)).toMatchObject(plan);
    });

    it('is not started where no repository is known', () => {
      expect(faultOf({ packages: [claimed] })).toMatchObject({ code: 'no-launch-plan' });
    });
  });

  it.each<[string, { packages?: ServerPackage[]; remotes?: Remote[] }, RegExp]>([
    ['nothing', {}, /neither a package nor a remote/],
    ['a NuGet package', { packages: [NUGET] }, /nuget package Acme\.Planet\. NuGet packages are not run: .*Install the tool/],
    ['a crate', { packages: [CARGO] }, /cargo package planet-mcp\. Crates are not run: .*cargo install/],
    [
      'a Python package of another index',
      { packages: [{ ...PYPI, registryBaseUrl: 'https://test.pypi.example' }] },
      /planet-mcp from https:\/\/test/,
    ],
    ['a Python package of no name', { packages: [{ ...PYPI, identifier: '-r x' }] }, /pypi package -r x/],
    ['a bundle without encryption', { packages: [{ ...BUNDLE, identifier: 'http://planet.example/x.mcpb' }] }, /mcpb package http:/],
    ['a bundle with half a hash', { packages: [{ ...BUNDLE, fileSha256: 'abc' }] }, /mcpb package https:/],
    [
      'an image that only a repository names',
      { packages: [{ ...IMAGE, unconfirmed: true }] },
      /oci package .*only files of a repository name/,
    ],
    ['an image that is an option', { packages: [{ ...IMAGE, identifier: '--privileged' }] }, /oci package --privileged/],
    ['an image over HTTP', { packages: [{ ...IMAGE, ...overHttp }] }, /over streamable-http, which is not started yet/],
    ['a package over HTTP', { packages: [{ ...NPM, ...overHttp }] }, /npm package @acme\/planet-mcp over streamable-http/],
    [
      'a package of another registry',
      { packages: [{ ...NPM, registryBaseUrl: 'https://npm.corp.example' }] },
      /planet-mcp from https:\/\/npm\.corp/,
    ],
    [
      'a package of a company’s registry',
      { packages: [{ ...NPM, registryBaseUrl: 'https://registry.corp.example' }] },
      /from https:\/\/registry\.corp/,
    ],
    ['a package of a registry that cannot be read', { packages: [{ ...NPM, registryBaseUrl: 'registry' }] }, /planet-mcp from registry/],
    ['a remote without a URL', { remotes: [{ ...HTTP, url: 'not a url' }] }, /streamable-http remote not a url/],
  ])('that offers %s cannot be reached, and the fault says what it offers', (_, offers, message) => {
    expect(faultOf(offers)).toMatchObject({
      code: 'no-launch-plan',
      subject: 'npm:@acme/planet-mcp',
      message: expect.stringMatching(message),
    });
  });
});

describe('the image of an entry', () => {
  it.each<[string, Partial<Package>, string]>([
    ['as it is named', {}, 'ghcr.io/acme/planet:1.2.3'],
    ['with its scheme left out', { identifier: 'docker://acme/planet:2' }, 'acme/planet:2'],
    ['with the version beside it', { identifier: 'acme/planet', version: '1.4.0' }, 'acme/planet:1.4.0'],
    ['its own tag before that version', { identifier: 'acme/planet:2', version: '1.4.0' }, 'acme/planet:2'],
    [
      'its digest before that version',
      { identifier: `acme/planet@sha256:${'a'.repeat(64)}`, version: '1' },
      `acme/planet@sha256:${'a'.repeat(64)}`,
    ],
    ['of the registry beside it', { identifier: 'acme/planet', registryBaseUrl: 'https://ghcr.io' }, 'ghcr.io/acme/planet:latest'],
    ['of the usual registry', { identifier: 'acme/planet', registryBaseUrl: 'https://docker.io' }, 'acme/planet:latest'],
    ['of a registry with a port', { identifier: 'reg.example:5000/planet' }, 'reg.example:5000/planet:latest'],
  ])('%s', (_, more, image) => {
    expect(planOf({ packages: [{ ...IMAGE, ...more }] })).toMatchObject({ kind: 'oci', image });
  });

  it('is run with its server’s arguments and environment, and none of the engine’s', () => {
    const offer: Package = {
      ...IMAGE,
      runtimeArguments: [{ type: 'named', name: '--privileged' }],
      packageArguments: [{ type: 'positional', value: 'serve' }],
      environmentVariables: [{ name: 'PLANET', value: 'earth' }],
    };
    expect(planOf({ packages: [offer] })).toEqual({
      kind: 'oci',
      image: IMAGE.identifier,
      args: ['serve'],
      environment: { PLANET: 'earth' },
    });
  });
});

describe('the arguments of a package', () => {
  it.each<[string, Argument[], string[]]>([
    [
      'a fixed subcommand',
      [
        { type: 'positional', value: 'mcp' },
        { type: 'positional', value: 'serve' },
      ],
      ['mcp', 'serve'],
    ],
    ['a default', [{ type: 'positional', default: '/tmp' }], ['/tmp']],
    ['a fixed value before a default', [{ type: 'positional', value: 'a', default: 'b' }], ['a']],
    ['a flag and its value', [{ type: 'named', name: '--mode', value: 'static' }], ['--mode', 'static']],
    ['a flag that is joined', [{ type: 'named', name: '--mode=', value: 'static' }], ['--mode=static']],
    [
      'a flag without its dashes',
      [
        { type: 'named', name: 'engine', default: 'google' },
        { type: 'named', name: 'p', value: '1' },
      ],
      ['--engine', 'google', '-p', '1'],
    ],
    [
      'a repeated flag',
      [
        { type: 'named', name: '-i', value: 'a', isRepeated: true },
        { type: 'named', name: '-i', value: 'b' },
      ],
      ['-i', 'a', '-i', 'b'],
    ],
    ['a switch that is on', [{ type: 'named', name: '--debug', format: 'boolean', default: 'true' }], ['--debug']],
    ['a switch that is off', [{ type: 'named', name: '--debug', format: 'boolean', default: 'false' }], []],
    ['a switch that nobody sets', [{ type: 'named', name: '--debug', format: 'boolean' }], []],
    ['a required switch', [{ type: 'named', name: '--stdio', isRequired: true }], ['--stdio']],
    ['an optional flag', [{ type: 'named', name: '--stdio' }], []],
    ['a required value that only a user has', [{ type: 'named', name: '--root', isRequired: true, format: 'filepath' }], []],
    ['a hint of a value', [{ type: 'named', name: '--root', isRequired: true, placeholder: '/srv' }], []],
    ['a secret', [{ type: 'named', name: '--key', isRequired: true, isSecret: true, value: 'k', default: 'k' }], []],
    ['an empty type with a name', [{ type: '', name: '--mode', value: 'x' }], ['--mode', 'x']],
    ['an empty type without', [{ type: '', value: 'x' }], ['x']],
    [
      'what comes behind a missing place',
      [
        { type: 'positional', valueHint: 'dir' },
        { type: 'positional', value: 'mcp' },
        { type: 'named', name: '-v', value: '1' },
      ],
      ['-v', '1'],
    ],
    ['a template', [{ type: 'positional', value: '{a}/{b}', variables: { a: { value: 'x' }, b: { default: 'y' } } }], ['x/y']],
    [
      'a template without all values',
      [{ type: 'named', name: '--u', value: 'http://{host}', variables: { host: { isRequired: true } } }],
      [],
    ],
    ['a template that declares nothing', [{ type: 'named', name: '--auth', value: 'Bearer {api_key}' }], []],
    ['a template with a secret', [{ type: 'named', name: '--auth', value: '{k}', variables: { k: { isSecret: true, default: 'x' } } }], []],
    ['braces that are JSON', [{ type: 'named', name: '--json', value: '{"a":1}' }], ['--json', '{"a":1}']],
    ['a NUL', [{ type: 'positional', value: 'a\0b' }], []],
    [
      'a name that is no flag',
      [
        { type: 'named', name: '-- x; y', value: 'z' },
        { type: 'named', value: 'z' },
      ],
      [],
    ],
    ['a name of the prototype', [{ type: 'positional', value: '{constructor}', variables: {} }], []],
  ])('%s', (_, given, args) => {
    expect(argsOf(given)).toMatchObject({ args });
  });

  it('are bounded', () => {
    const many = Array.from({ length: 900 }, () => ({ type: 'positional', value: 'x' }));
    expect(argsOf(many)).toMatchObject({ args: Array.from({ length: 50 }, () => 'x') });
    expect(argsOf([{ type: 'positional', value: 'x'.repeat(1_001) }])).toMatchObject({ args: [] });
  });

  it('of a script runner are not the package’s own', () => {
    const scripts = [
      { type: 'positional', value: 'run' },
      { type: 'positional', value: 'start:stdio' },
    ];
    expect(argsOf(scripts, { runtimeHint: 'bun' })).toMatchObject({ args: [] });
    expect(argsOf(scripts, { runtimeHint: 'npx' })).toMatchObject({ args: ['run', 'start:stdio'] });
  });

  it('are part of what was looked at; without any the text is as ever', () => {
    expect(launchText(argsOf([{ type: 'positional', value: 'mcp' }]))).toBe('npm:@acme/planet-mcp@1.2.3 mcp');
    expect(launchText(planOf({ packages: [NPM] }))).toBe('npm:@acme/planet-mcp@1.2.3');
    expect(planOf({ packages: [NPM] })).toStrictEqual({ kind: 'npm', name: '@acme/planet-mcp', version: '1.2.3', args: [] });
  });
});

describe('the environment of a package', () => {
  it('has what is fixed or has a default, and no secret', () => {
    const plan = environmentOf([
      { name: 'MODE', value: 'static' },
      { name: 'LEVEL', default: 'info' },
      { name: 'HOST', value: 'https://{region}.example', variables: { region: { default: 'eu' } } },
      { name: 'API_KEY', isSecret: true, isRequired: true, default: 'sk-1' },
      { name: 'ROOT', isRequired: true, placeholder: '/srv' },
    ]);
    expect(plan).toMatchObject({ environment: { MODE: 'static', LEVEL: 'info', HOST: 'https://eu.example' } });
  });

  it.each(['PATH', 'HOME', 'BROWSER', 'NODE_OPTIONS', 'LD_PRELOAD', 'ld_library_path', 'A=B', '-S x', 'A B', '1A'])(
    '%s is not set',
    (name) => {
      expect(environmentOf([{ name, value: 'x' }])).not.toHaveProperty('environment');
    },
  );

  it('is no part of the text', () => {
    expect(launchText(environmentOf([{ name: 'MODE', value: 'x' }]))).toBe('npm:@acme/planet-mcp@1.2.3');
  });
});

describe('a remote’s URL', () => {
  const remote = (url: string, variables: Remote['variables'] = {}) => ({
    remotes: [{ type: 'streamable-http' as const, url, variables }],
  });

  it.each<[string, Remote['variables'], string]>([
    ['https://{instance}.example/mcp', { instance: { isRequired: true, default: 'app' } }, 'https://app.example/mcp'],
    ['https://{region}.example/mcp', { region: { value: 'eu', default: 'us' } }, 'https://eu.example/mcp'],
    ['https://x.example/mcp?from={code}&v=1', { code: {} }, 'https://x.example/mcp?from=&v=1'],
    ['https://x.example/mcp?from={code}', { code: { default: 'a' } }, 'https://x.example/mcp?from=a'],
  ])('%s is filled', (url, variables, filled) => {
    expect(planOf(remote(url, variables))).toMatchObject({ url: filled });
  });

  it.each<[string, Remote['variables'], string]>([
    ['https://{baseUrl}/mcp/{server-name}', { baseUrl: { isRequired: true }, 'server-name': { isRequired: true } }, 'baseUrl, server-name'],
    ['https://x.example/{token}', { token: { isSecret: true, default: 'x' } }, 'token'],
    ['https://x.example/{optional}', { optional: {} }, 'optional'],
    ['https://x.example/mcp?token={token}', { token: { isSecret: true } }, 'token'],
    ['https://x.example/mcp?id={id}', { id: { isRequired: true } }, 'id'],
    ['https://x.example/{undeclared}', {}, 'undeclared'],
    ['https://x.example/{an id}', {}, 'an id'],
    ['https://x.example/mcp?x={constructor}', {}, 'constructor'],
  ])('%s wants input, and the fault names it', (url, variables, names) => {
    expect(faultOf(remote(url, variables))).toMatchObject({
      code: 'needs-input',
      message: expect.stringContaining(`a value for ${names} that`),
    });
  });

  it.each<[string, Remote['variables']?]>([
    ['https://evil.example\\@planet.example/mcp'],
    ['https://user:secret@planet.example/mcp'],
    ['https://planet.example@evil.example/mcp'],
    ['https://planet.example/m cp'],
    ['https://planet.exam\tple/mcp'],
    [' https://planet.example/mcp'],
    ['ftp://planet.example/mcp'],
    ['https://{tenant}.planet.example/mcp', { tenant: { default: 'evil.example/' } }],
    ['https://{tenant}.planet.example/mcp', { tenant: { default: 'evil.example?' } }],
    ['https://{tenant}.planet.example/mcp', { tenant: { default: 'evil.example#' } }],
    ['https://{tenant}.planet.example/mcp', { tenant: { default: 'evil.example\\' } }],
    ['https://planet.example{port}/mcp', { port: { default: '@evil.example' } }],
  ])('%s, which readers may take for another’s, is not called', (url, variables) => {
    expect(faultOf(remote(url, variables))).toMatchObject({ code: 'no-launch-plan' });
    expect(planOf({ remotes: [...remote(url, variables).remotes, SSE] })).toMatchObject({ url: SSE.url });
  });

  it.each<[string, Remote['variables'], string]>([
    ['https://{host}/mcp', { host: { default: 'planet.example:8443' } }, 'https://planet.example:8443/mcp'],
    ['https://planet.example/{path}', { path: { default: 'a/@b?c=d' } }, 'https://planet.example/a/@b?c=d'],
    ['{base}/mcp', { base: { default: 'https://planet.example/x' } }, 'https://planet.example/x/mcp'],
  ])('%s is called where its values keep to their place', (url, variables, filled) => {
    expect(planOf(remote(url, variables))).toMatchObject({ url: filled });
  });

  it.each<[string, Partial<Remote>, boolean]>([
    ['a required header', { headers: [{ name: 'X-Tenant', isRequired: true }] }, true],
    ['a secret header', { headers: [{ name: 'X-Anything', isSecret: true }] }, true],
    ['an Authorization header', { headers: [{ name: 'Authorization', value: 'Bearer {k}' }] }, true],
    ['an API key header', { headers: [{ name: 'x-api-key' }] }, true],
    ['a secret variable that stands nowhere', { variables: { KEY: { isSecret: true } } }, true],
    ['another header', { headers: [{ name: 'X-MCP-Toolsets' }, { name: 'Accept', value: '*/*' }] }, false],
  ])('with %s', (_, more, declaresAuth) => {
    expect(planOf({ remotes: [{ ...HTTP, ...more }] })).toMatchObject({ declaresAuth });
  });
});
