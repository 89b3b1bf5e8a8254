import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askedFiles, askedFileVariables } from '../../src/connect/asked-files.ts';
import { dummyFor, dummyLike } from '../../src/connect/dummies.ts';
import { dummyFile } from '../../src/connect/dummy-file.ts';
import { asksForNewerNode, namedNodeVersion } from '../../src/connect/node-version.ts';
import { configurationBlocks } from '../../src/connect/rungs/configuration-blocks.ts';
import { flagsIn, wordListsIn } from '../../src/connect/rungs/flags.ts';
import { newestNode } from '../../src/connect/rungs/newest-node.ts';
import { PackageTexts } from '../../src/connect/rungs/package-texts.ts';
import { wideningsOf } from '../../src/connect/rungs/widening.ts';

const KEY = dummyFor('API_KEY');
const HOME = '/home/sandbox';

describe('files that output misses', () => {
  it.each<[string, string, readonly string[]]>([
    ['open', "Error: ENOENT: no such file or directory, open '/home/sandbox/.config/zoo/token.json'", [`${HOME}/.config/zoo/token.json`]],
    ['below the home folder', 'Credentials not found at ~/.zoo/credentials.json', [`${HOME}/.zoo/credentials.json`]],
    [
      'a name and the folder it belongs into',
      `OAuth keys file not found. Please place zoo.keys.json in current directory or ${HOME}/.zoo`,
      [`${HOME}/.zoo/zoo.keys.json`],
    ],
    ['a name alone', 'Missing config.yaml', [`${HOME}/config.yaml`]],
    ['of a copy the first', `ENOENT: no such file, copyfile '${HOME}/a.json' -> '${HOME}/.zoo/a.json'`, [`${HOME}/a.json`]],
    ['outside the home folder', "ENOENT: no such file or directory, open '/etc/zoo/credentials.json'", []],
    ['that climbs out of it', 'Missing ~/../../etc/passwd.json', []],
    ['of the package', "Cannot find '/app/node_modules/zoo/data.json', nor package.json", []],
    ['of no kind', 'Cannot find module ./index.js', []],
    ['that everyone knows', 'no current-context is set and no contexts are defined in kubeconfig.', [`${HOME}/.kube/config`]],
    ['that is there', 'Loaded ~/.zoo/credentials.json', []],
  ])('%s', (_, text, files) => {
    expect(askedFiles(text)).toEqual(files);
  });

  it('variables that name one get a path', () => {
    expect(
      askedFileVariables('Set ZOO_OAUTH_CREDENTIALS or GOOGLE_APPLICATION_CREDENTIALS, or ZOO_KEY_PATH. Not NODE_CONFIG_FILE'),
    ).toEqual({
      ZOO_OAUTH_CREDENTIALS: `${HOME}/zoo_oauth_credentials.json`,
      GOOGLE_APPLICATION_CREDENTIALS: `${HOME}/service-account.json`,
      ZOO_KEY_PATH: `${HOME}/zoo_key_path.pem`,
    });
  });

  it.each<[string, RegExp]>([
    ['gcp-oauth.keys.json', /"installed": \{\s+"client_id"/],
    ['tokens.json', /"refresh_token"/],
    ['service-account.json', /"private_key": "-----BEGIN PRIVATE KEY-----/],
    ['key.pem', /^-----BEGIN PRIVATE KEY-----/],
    ['openapi.json', /"openapi": "3/],
    ['settings.yaml', /^token: /],
    ['settings.toml', /^\[default\]/],
    ['.env', /^TOKEN=/],
    ['.kube/config', /^apiVersion: v1\nkind: Config/],
  ])('content of %s', (name, content) => {
    expect(dummyFile(`${HOME}/.zoo/${name}`)).toMatch(content);
  });
});

describe('values formed like an example', () => {
  it.each([
    ['<your-api-key>', 'ZOO_API_KEY', KEY],
    ['sk-proj-xxxxxxxx', 'ZOO_KEY', `sk-proj-${KEY}`],
    ['postgresql://user:password@db.example.org:5432/zoo', 'DB', 'postgresql://u:p@127.0.0.1:1/db'],
    ['https://<tenant>.zoo.example', 'ZOO_URL', 'https://abc12345.zoo.example'],
    ['/path/to/your/folder', 'ZOO', '/tmp'],
    ['/path/to/zoo.db', 'ZOO', '/tmp/zoo.db'],
    ['C:\\Users\\you\\zoo.db', 'ZOO', '/tmp/zoo.db'],
    ['xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', 'ZOO', '00000000-0000-4000-8000-000000000000'],
    ['YOUR_ACCOUNT_SID/YOUR_API_KEY_SID:YOUR_API_SECRET', 'ACCOUNT', `${dummyFor('ACCOUNT_SID')}/${dummyFor('API_KEY_SID')}:${KEY}`],
    ['...', 'ZOO_REGION', 'us-east-1'],
  ])('%s', (example, name, value) => {
    expect(dummyLike(example, name)).toBe(value);
  });
});

describe('a newer Node', () => {
  it.each<[string, boolean, string | undefined]>([
    ["SyntaxError: The requested module 'node:util' does not provide an export named 'styleText'", true, undefined],
    ["SyntaxError: The requested module './zoo.js' does not provide an export named 'zoo'", false, undefined],
    ['Error [ERR_UNKNOWN_BUILTIN_MODULE]: No such built-in module: node:sqlite', true, undefined],
    ['zoo requires Node.js >= 26.1', true, '26.1'],
    ['Node.js v24.1.0 is not supported. Please use Node 26 or later', true, '26'],
    ['Unsupported engine', true, undefined],
    ['TypeError: webidl.util.markAsUncloneable is not a function', true, undefined],
    ['Error\n\nNode.js v24.1.0', false, undefined],
  ])('%s', (text, asks, version) => {
    expect(asksForNewerNode(text)).toBe(asks);
    expect(namedNodeVersion(text)).toBe(version);
  });
});

describe('the newest Node of a machine', () => {
  let home: string;
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'newest-node-')));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it('is the highest version among programs and version managers', async () => {
    const bin = node('bin', '30.0.0');
    const managed = node('.nvm/versions/node/v31.2.0/bin', '31.2.0');
    node('.nvm/versions/node/v30.9.0/bin', '30.9.0');
    for (let minor = 0; minor < 20; minor += 1) node(`.nvm/versions/node/v9.${minor}.0/bin`, `9.${minor}.0`);
    expect(await newestNode(home, [join(home, 'bin')], '24.0.0')).toBe(managed);
    expect(bin).not.toBe(managed);
  });

  it('is none where nothing is newer, or what is there is no Node', async () => {
    node('bin', '20.0.0');
    node('.volta/tools/image/node/40.0.0/bin', 'forty');
    expect(await newestNode(home, [join(home, 'bin'), join(home, 'gone')], '24.0.0')).toBeUndefined();
  });

  function node(folder: string, version: string): string {
    const file = join(home, folder, 'node');
    mkdirSync(join(home, folder), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho v${version}\n`);
    chmodSync(file, 0o755);
    return file;
  }
});

describe('blocks of a README', () => {
  const names = new Set(['@zoo/mcp', 'zoo-mcp']);
  it.each<[string, string, readonly unknown[]]>([
    [
      'arguments and variables, with dummies for what is to be filled in',
      '{"mcpServers": {"zoo": {"command": "npx", "args": ["-y", "@zoo/mcp@latest", "start", "--api-key", "YOUR_KEY", "--place=<place>"], "env": {"ZOO_MODE": "static", "ZOO_TOKEN": "abc"}}}}',
      [{ args: ['start', '--api-key', KEY, `--place=${KEY}`], env: { ZOO_MODE: 'static', ZOO_TOKEN: KEY } }],
    ],
    ['a program of its own', '"zoo": {"command": "zoo-mcp", "args": ["stdio"]}', [{ args: ['stdio'], env: {} }]],
    ['from a checkout', '{"command": "node", "args": ["/path/to/zoo/dist/index.js", "--stdio"]}', [{ args: ['--stdio'], env: {} }]],
    [
      'a command in one list',
      '{"mcp": {"zoo": {"type": "local", "command": ["npx", "zoo-mcp", "run"], "environment": {"A_B": "1"}}}}',
      [{ args: ['run'], env: { A_B: '1' } }],
    ],
    [
      'with comments and commas',
      '{\n// ours\n"zoo": {"command": "npx", "args": ["zoo-mcp", "x",], // last\n},\n}',
      [{ args: ['x'], env: {} }],
    ],
    [
      'what narrows the list is left out',
      '{"command": "npx", "args": ["zoo-mcp", "--read-only"], "env": {"ZOO_READ_ONLY": "true"}}',
      [{ args: [], env: {} }],
    ],
    ['over HTTP', '{"command": "npx", "args": ["zoo-mcp", "--transport", "http"]}', []],
    ['over SSE by a variable', '{"command": "npx", "args": ["zoo-mcp"], "env": {"ZOO_TRANSPORT": "sse"}}', []],
    ['of a bridge', '{"command": "npx", "args": ["-y", "mcp-remote", "https://zoo.example/mcp"]}', []],
    ['of another package', '{"command": "uvx", "args": ["zoo-mcp-py"]}', []],
    [
      'a loader',
      '{"command": "npx", "args": ["zoo-mcp"], "env": {"NODE_OPTIONS": "--require=x", "LD_PRELOAD": "x", "HTTPS_PROXY": "http://x", "OPENSSL_CONF": "/x", "BROWSER": "x"}}',
      [{ args: [], env: {} }],
    ],
    ['no JSON', 'command: npx zoo-mcp', []],
  ])('%s', (_, block, expected) => {
    expect(configurationBlocks(`# Zoo\n\n\`\`\`json\n${block}\n\`\`\`\n`, names, 'ZOO')).toEqual(expected);
  });

  it('of several the same counts once, and there are at most twelve', () => {
    const block = (arg: string) => `\`\`\`\n{"command": "zoo-mcp", "args": ["${arg}"]}\n\`\`\`\n`;
    expect(configurationBlocks(block('a') + block('a') + block('b'), names, '')).toHaveLength(2);
    expect(configurationBlocks(Array.from({ length: 50 }, (_, index) => block(`a${index}`)).join(''), names, '')).toHaveLength(12);
  });
});

describe('texts of a package', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-texts-'));
    mkdirSync(join(folder, 'package'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    { what: 'its own file', isLink: false, names: ['planet', 'planet-mcp'] },
    { what: 'a link, which may lead to a device without end', isLink: true, names: [] },
  ])('$what', async ({ isLink, names }) => {
    const manifest = join(folder, 'package', 'package.json');
    const file = isLink ? join(folder, 'elsewhere.json') : manifest;
    writeFileSync(file, JSON.stringify({ name: 'planet', bin: { 'planet-mcp': 'index.js' } }));
    if (isLink) symlinkSync(file, manifest);
    expect([...(await new PackageTexts(join(folder, 'package')).names())]).toEqual(names);
  });
});

describe('options', () => {
  it.each<[string, string, string, { takesValue: boolean; choices: readonly string[] } | undefined]>([
    ['a switch of help', '  --full  Every tool\n', '--full', { takesValue: false, choices: [] }],
    [
      'listed values',
      '--caps <caps>  additional capabilities, possible values: vision, pdf, devtools.\n--x',
      '--caps',
      {
        takesValue: true,
        choices: ['vision', 'pdf', 'devtools'],
      },
    ],
    [
      'choices of yargs',
      '--categories  [string] [choices: "a1", "b1"] [default: "a1"]',
      '--categories',
      { takesValue: true, choices: ['a1', 'b1'] },
    ],
    [
      'values of examples',
      'start with --caps=pdf or `--caps=network,storage`',
      '--caps',
      { takesValue: true, choices: ['pdf', 'network', 'storage'] },
    ],
    [
      'declared in code',
      "options: { toolsets: { type: 'string', description: 'one of: red, blue' } }",
      '--toolsets',
      {
        takesValue: true,
        choices: ['red', 'blue'],
      },
    ],
    ['a switch in code', "'org-mode': { type: 'boolean' }", '--org-mode', { takesValue: false, choices: [] }],
    ['none', 'a -- b', '--b', undefined],
  ])('%s', (_, text, name, expected) => {
    const flag = flagsIn(text).find((one) => one.name === name);
    expect(flag).toEqual(expected && { name, ...expected });
  });

  it('lists of words are those whose words the code names again', () => {
    const code =
      'const parts=["docs","feeding","visitors"], other=["red","green","blue"]; if(on("docs")||on("feeding")||on("visitors")) x()';
    expect(wordListsIn(code)).toEqual([['docs', 'feeding', 'visitors']]);
  });

  it('that may widen a list, and not those about something else', () => {
    const help =
      '--full  Every tool\n--toolsets <names>  one of: red, blue\n--port <port>\n--read-only\n--enable-telemetry\n--enable-writes\n--no-color\n';
    const code = ['process.env.ZOO_ENABLE_NIGHT; process.env.ZOO_ENABLE_TELEMETRY; process.env.ZOO_READ_ONLY; process.env.ZOO_TOOLSETS'];
    expect(wideningsOf({ help, readme: '', code })).toEqual([
      { args: [], env: { ZOO_ENABLE_NIGHT: 'true', ZOO_READ_ONLY: 'false' } },
      { args: [], env: { ZOO_TOOLSETS: 'all' } },
      { args: ['--toolsets=red,blue'], env: {} },
      {
        args: ['--full', '--enable-writes'],
        env: {},
        parts: [
          { args: ['--full'], env: {} },
          { args: ['--enable-writes'], env: {} },
        ],
      },
    ]);
  });
});

describe('time over hostile text grows with its length', () => {
  const LENGTH = 400_000;
  it.each<[string, string]>([
    ['dashes', '--a'.repeat(LENGTH / 3)],
    ['brackets', '["ab",'.repeat(LENGTH / 6)],
    ['fences', '```\n{"command":'.repeat(LENGTH / 15)],
    ['paths', './a'.repeat(LENGTH / 3)],
    ['listed words', `[${'"ab"  '.repeat(LENGTH / 6)}`],
    ['options', '\n--ab'.repeat(LENGTH / 5)],
    ['declared options', 'ab:{type:'.repeat(LENGTH / 9)],
    ['spaces', ' '.repeat(LENGTH)],
    ['words', 'one of a, '.repeat(LENGTH / 10)],
  ])('%s', (_, text) => {
    expect(flagsIn(text).length).toBeLessThan(500);
    expect(wordListsIn(text).length).toBeLessThan(500);
    expect(configurationBlocks(text, new Set(['zoo']), 'ZOO')).toEqual([]);
    expect(askedFiles(text).length).toBeLessThan(5);
    expect(dummyLike(text.slice(0, 200), 'ZOO')).not.toBe('');
  });
});
