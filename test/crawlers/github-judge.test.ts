import { describe, expect, it } from 'vitest';
import { readEntry } from '../../crawlers/github/entry.ts';
import { readManifests } from '../../crawlers/github/manifests.ts';
import { mcpNameIn } from '../../crawlers/github/readme.ts';

type Files = Readonly<Record<string, string>>;

const json = JSON.stringify;
const sdk = { '@modelcontextprotocol/sdk': '^1.0.0' };
const config = (server: unknown) => ['# Use', '```json', json({ mcpServers: { it: server } }, null, 2), '```'].join('\n');

function entryOf(fullName: string, files: Files, facts: { description?: string; topics?: readonly string[] } = {}) {
  const repository = {
    id: '7',
    nodeId: 'R_7',
    fullName,
    url: `https://github.com/${fullName}`,
    description: facts.description ?? '',
    archived: false,
    topics: facts.topics ?? ['mcp-server'],
    license: '',
    stars: 0,
    createdAt: '2026-01-01T00:00:00Z',
    pushedAt: '2026-01-01T00:00:00Z',
  };
  const documents = { facts: repository, rootNames: Object.keys(files), files: new Map(Object.entries(files)), cut: [] };
  return readEntry({ source: 'github', documents, revision: 'r' }, { files: documents.files });
}

describe('what is a server', () => {
  it.each<[string, string, Files]>([
    [
      'server.json by its $schema',
      'acme/x',
      { 'server.json': json({ $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json' }) },
    ],
    ['server.json by its name and packages', 'acme/x', { 'server.json': json({ name: 'io.github.acme/x', packages: [] }) }],
    ['mcpName', 'acme/x', { 'package.json': json({ name: 'x', mcpName: 'io.github.acme/x' }) }],
    ['mcp-name in the README', 'acme/x', { 'README.md': '<!-- mcp-name: io.github.acme/x -->' }],
    ['the label of an image', 'acme/x', { Dockerfile: 'FROM node:24\nLABEL io.modelcontextprotocol.server.name="io.github.acme/x"\n' }],
    [
      'an MCPB manifest',
      'acme/x',
      { 'manifest.json': json({ dxt_version: '0.1', server: { type: 'node', mcp_config: { command: 'node' } } }) },
    ],
    ['a smithery.yaml', 'acme/x', { 'smithery.yaml': 'startCommand:\n  type: http\n' }],
    ['a smithery.yaml that runs a container', 'acme/x', { 'smithery.yaml': 'runtime: container\n' }],
    ['a glama.json', 'acme/x', { 'glama.json': json({ $schema: 'https://glama.ai/mcp/schemas/server.json', maintainers: ['acme'] }) }],
    ['a Node SDK and a command', 'acme/x', { 'package.json': json({ name: 'x', bin: 'x.js', dependencies: sdk }) }],
    ['a Node SDK and a start script', 'acme/x', { 'package.json': json({ name: 'x', scripts: { start: 'node .' }, dependencies: sdk }) }],
    [
      'a Python SDK and a script',
      'acme/x',
      { 'pyproject.toml': '[project]\nname = "x"\ndependencies = ["mcp[cli]>=1.2"]\n[project.scripts]\nx = "x:main"\n' },
    ],
    [
      'the same by Poetry',
      'acme/x',
      { 'pyproject.toml': '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\nfastmcp = "^2"\n[tool.poetry.scripts]\nx = "x:main"\n' },
    ],
    ['a Go SDK in what carries the topic', 'acme/x', { 'go.mod': 'require github.com/mark3labs/mcp-go v0.30.0\n' }],
    ['a README that shows its own package', 'acme/weather-mcp', { 'README.md': config({ command: 'npx', args: ['-y', 'weather-mcp'] }) }],
    ['a server for registries', 'acme/docker-registry-mcp', { 'package.json': json({ name: 'x', bin: 'x.js', dependencies: sdk }) }],
    ['a server for gateways', 'acme/api-gateway-mcp-server', { 'package.json': json({ name: 'x', bin: 'x.js', dependencies: sdk }) }],
    ['an mcpName, even of a gateway', 'acme/mcp-gateway', { 'package.json': json({ name: 'x', mcpName: 'io.github.acme/gateway' }) }],
  ])('%s', (_, fullName, files) => {
    expect(entryOf(fullName, files).entry?.id).toBe('7');
  });

  it.each<[string, string, Files]>([
    ['the topic alone', 'acme/x', { 'README.md': '# X' }],
    ['another server.json', 'acme/x', { 'server.json': json({ port: 8080, name: 'main' }) }],
    [
      'a list',
      'acme/awesome-mcp-servers',
      { 'glama.json': json({ $schema: 'https://glama.ai/mcp/schemas/server.json', maintainers: [] }) },
    ],
    [
      'a guide to publishing, by an example in its README',
      'acme/awesome-mcp-registry-guide',
      { 'README.md': 'Write `mcp-name: io.github.acme/weather` into your README.' },
    ],
    ...[
      ...['io.github.username/server-name', 'io.github.owner/weather', 'io.github.your-username/weather', 'io.github.example/weather'],
      ...[
        'com.example/weather',
        'com.your-company/weather',
        'io.github.acme/server-name',
        '<namespace>/<name>',
        'io.github.<owner>/weather',
      ],
    ].map((name): [string, string, Files] => [
      `the placeholder ${name}`,
      'acme/x',
      { 'README.md': `mcp-name: ${name}`, 'package.json': json({ name: 'x', mcpName: name }) },
    ]),
    ['a client', 'acme/mcp-client', { 'package.json': json({ name: 'x', bin: 'x.js', dependencies: sdk }) }],
    [
      'an SDK',
      'acme/mcp-python-sdk',
      { 'pyproject.toml': '[project]\nname = "x"\ndependencies = ["mcp"]\n[project.scripts]\nx = "x:main"\n' },
    ],
    ['a library on the SDK', 'acme/x', { 'package.json': json({ name: 'x', dependencies: sdk }) }],
    [
      'a repository that uses servers',
      'acme/x',
      { 'README.md': config({ command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem', '/tmp'] }) },
    ],
    ['a README that shows its own address as a tutorial would', 'acme/x', { 'README.md': config({ url: 'http://localhost:3000/mcp' }) }],
    [
      'manifests that do not parse',
      'acme/x',
      { 'package.json': '{"mcpName": ', 'pyproject.toml': '[[[', 'smithery.yaml': '\t- :', 'server.json': '' },
    ],
    [
      'manifests of wrong kinds',
      'acme/x',
      { 'package.json': '[]', 'pyproject.toml': 'project = 1', 'smithery.yaml': '- 1', 'glama.json': 'null', 'manifest.json': '7' },
    ],
  ])('not %s', (_, fullName, files) => {
    expect(entryOf(fullName, files).entry).toBeUndefined();
  });

  it('a Go SDK in what does not call itself a server is none', () => {
    const files = { 'go.mod': 'require github.com/mark3labs/mcp-go v0.30.0\n' };
    expect(entryOf('acme/agent', files, { topics: ['mcp'], description: 'An agent' }).entry).toBeUndefined();
    expect(entryOf('acme/agent', files, { topics: ['mcp'], description: 'An MCP server for agents' }).entry).toBeDefined();
  });
});

describe('how a server is started', () => {
  const npm = (identifier: string) => ({ registryType: 'npm', identifier });

  it.each<[string, Files, unknown[]]>([
    [
      'an npm package that is published',
      { 'package.json': json({ name: '@acme/weather', bin: 'x.js', dependencies: sdk }) },
      [npm('@acme/weather')],
    ],
    ['not one that is private', { 'package.json': json({ name: 'weather', private: true, bin: 'x.js', dependencies: sdk }) }, []],
    [
      'not even when the README shows it',
      {
        'package.json': json({ name: 'weather', private: true, bin: 'x.js', dependencies: sdk }),
        'README.md': config({ command: 'npx', args: ['weather'] }),
      },
      [],
    ],
    [
      'with the arguments and variables of the README',
      {
        'package.json': json({ name: '@acme/weather', bin: 'x.js', dependencies: sdk }),
        'README.md': config({
          command: 'npx',
          args: ['-y', '@acme/weather@latest', 'serve', '/path/to/it'],
          env: { WEATHER_API_KEY: 'x' },
        }),
      },
      [
        {
          ...npm('@acme/weather'),
          packageArguments: [{ type: 'positional', value: 'serve' }],
          environmentVariables: [{ name: 'WEATHER_API_KEY', isSecret: true }],
        },
      ],
    ],
    [
      'without the flag of a value that the reader fills in',
      {
        'package.json': json({ name: '@acme/weather', bin: 'x.js', dependencies: sdk }),
        'README.md': config({ command: 'npx', args: ['-y', '@acme/weather', '--stdio', '--api-key', 'YOUR_API_KEY'] }),
      },
      [{ ...npm('@acme/weather'), packageArguments: [{ type: 'positional', value: '--stdio' }] }],
    ],
    [
      'without that flag alone',
      {
        'package.json': json({ name: '@acme/weather', bin: 'x.js', dependencies: sdk }),
        'README.md': config({ command: 'npx', args: ['-y', '@acme/weather', '--api-key', 'your-api-key'] }),
      },
      [npm('@acme/weather')],
    ],
    [
      'with the flag before one that has its value in it',
      {
        'package.json': json({ name: '@acme/weather', bin: 'x.js', dependencies: sdk }),
        'README.md': config({ command: 'npx', args: ['-y', '@acme/weather', '--stdio', '--api-key=YOUR_API_KEY'] }),
      },
      [{ ...npm('@acme/weather'), packageArguments: [{ type: 'positional', value: '--stdio' }] }],
    ],
    [
      'uv tool run',
      { 'smithery.yaml': 'runtime: python', 'README.md': config({ command: 'uv', args: ['tool', 'run', 'weather'] }) },
      [{ registryType: 'pypi', identifier: 'weather' }],
    ],
    [
      'not uv run, which is for what is on the disk',
      { 'smithery.yaml': 'runtime: python', 'README.md': config({ command: 'uv', args: ['run', 'weather'] }) },
      [],
    ],
    [
      'a Python project',
      { 'pyproject.toml': '[project]\nname = "acme-weather"\ndependencies = ["mcp"]\n[project.scripts]\nx = "x:main"\n' },
      [{ registryType: 'pypi', identifier: 'acme-weather' }],
    ],
    [
      'uvx --from',
      { 'smithery.yaml': 'runtime: python', 'README.md': config({ command: 'uvx', args: ['--from', 'weather==1.2', 'weather-server'] }) },
      [{ registryType: 'pypi', identifier: 'weather' }],
    ],
    [
      'an image',
      {
        'smithery.yaml': 'runtime: container',
        'README.md': config({ command: 'docker', args: ['run', '--rm', '-i', '-e', 'KEY', '--network=none', 'ghcr.io/acme/weather:1.0'] }),
      },
      [{ registryType: 'oci', identifier: 'ghcr.io/acme/weather:1.0', environmentVariables: [{ name: 'KEY', isSecret: true }] }],
    ],
    [
      'not what others publish',
      { 'smithery.yaml': 'runtime: python', 'README.md': config({ command: 'npx', args: ['-y', '@other/thing'] }) },
      [],
    ],
    [
      'cmd /c on Windows',
      { 'smithery.yaml': 'runtime: python', 'README.md': config({ command: 'cmd', args: ['/c', 'npx', '-y', 'weather'] }) },
      [npm('weather')],
    ],
  ])('%s', (_, files, packages) => {
    expect(entryOf('acme/weather', files).entry?.packages).toStrictEqual(packages);
  });

  it.each<[string, unknown, unknown[]]>([
    ['a remote on its own host', { url: 'https://mcp.acme.com/mcp' }, [{ type: 'streamable-http', url: 'https://mcp.acme.com/mcp' }]],
    ['by SSE', { url: 'https://weather.dev/sse' }, [{ type: 'sse', url: 'https://weather.dev/sse' }]],
    [
      'behind a bridge',
      { command: 'npx', args: ['mcp-remote', 'https://mcp.acme.com/mcp'] },
      [{ type: 'streamable-http', url: 'https://mcp.acme.com/mcp' }],
    ],
    ['not on this machine', { url: 'http://localhost:8000/acme' }, []],
    ['not on a host of others', { url: 'https://mcp.other.com/mcp' }, []],
    ['not a placeholder', { url: 'https://your-acme.example.com/mcp' }, []],
  ])('%s', (_, server, remotes) => {
    expect(entryOf('acme/weather', { 'smithery.yaml': 'runtime: python', 'README.md': config(server) }).entry?.remotes).toStrictEqual(
      remotes,
    );
  });

  it.each([
    [
      'comments and trailing commas',
      '```jsonc\n{\n  // here\n  "mcpServers": { "it": { "command": "npx", "args": ["weather",], /* so */ "env": {}, }, },\n}\n```',
    ],
    ['a fragment', '```\n"mcpServers": { "it": { "command": "npx", "args": ["weather"] } }\n```'],
    ['VS Code', '```json\n{ "servers": { "it": { "command": "npx", "args": ["-y", "weather"] } } }\n```'],
    ['in a quote', '> ~~~json\n{ "mcpServers": { "it": { "command": "npx -y weather" } } }\n> ~~~'],
    [
      'a quote with its signs',
      '> > ```json\n> > { "mcpServers": {\n> >   "it": { "command": "npx",\n>> "args": ["weather"] } } }\n> > ```',
    ],
    [
      'code within a line before',
      '```npm install```\n\n```json\n{ "mcpServers": { "it": { "command": "npx", "args": ["weather"] } } }\n```',
    ],
    ['a fence with words in a block', '````\n````json\n````\n```json\n{ "mcpServers": { "it": { "command": "npx -y weather" } } }\n```'],
    ['Windows line ends', '```json\r\n{ "mcpServers": { "it": { "command": "npx -y weather" } } }\r\n```\r\n'],
    ['one server alone', '```json\n{ "command": "npx", "args": ["-y", "weather"] }\n```'],
    ['a part of one server', '```json\n"command": "npx",\n"args": ["weather"]\n```'],
    ...['...', '…', '...,', '// ...'].map((dots): [string, string] => [
      `${dots} for the rest`,
      `\`\`\`json\n{\n  ${dots}\n  "mcpServers": {\n    "it": { "command": "npx", "args": ["weather"], "env": { ${dots}\n } }\n    ${dots}\n  }\n}\n\`\`\``,
    ]),
    [
      '... between two, and for a value',
      '```json\n{ "mcpServers": { "other": ...,\n "it": { "command": "npx", "args": ["weather"], "env": {...} }\n ...\n "more": … } }\n```',
    ],
    ['HTML', '<h1>Use</h1><pre><code>{ &quot;mcpServers&quot;: { "it": { "command": "npx", "args": ["weather"] } } }</code></pre>'],
  ])('a README with %s', (_, readme) => {
    expect(entryOf('acme/weather', { 'README.md': readme }).entry?.packages).toStrictEqual([npm('weather')]);
  });

  it('a string is no comment', () => {
    const readme = '```json\n{ "mcpServers": { "it": { "url": "https://mcp.acme.com/mcp" } } } // end\n```';
    expect(entryOf('acme/weather', { 'README.md': readme }).entry?.remotes).toHaveLength(1);
  });

  it('a server.json speaks for itself, and parts of it that do not fit are faults', () => {
    const server = { name: 'io.github.acme/weather', packages: [npm('weather'), { registryType: 'floppy', identifier: 'a' }] };
    const { entry, faults } = entryOf('acme/weather', {
      'server.json': json(server),
      'package.json': json({ name: 'other', bin: 'x.js' }),
    });
    expect(entry?.packages).toStrictEqual([npm('weather')]);
    expect(faults.map(({ code }) => code)).toStrictEqual(['entry-part-unreadable']);
  });
});

describe('hostile documents', () => {
  it.each([
    ['comments that do not end', `\`\`\`json\n{"mcpServers":${',/*'.repeat(10_000)}\n\`\`\`\n`.repeat(15)],
    ['fences that do not end', '```` x\n'.repeat(60_000)],
    ['deep nesting', `\`\`\`json\n{"mcpServers":${'['.repeat(30_000)}\n\`\`\``],
    ['fences that are none', `${'`'.repeat(400_000)}x\``],
    ['quotes in quotes', `\`\`\`\n${'>'.repeat(400_000)}`],
    ['dots', `\`\`\`json\n{"mcpServers":${'...,'.repeat(7_000)}\n\`\`\`\n`.repeat(15)],
    ['names that are none', `mcp-name: ${'example.'.repeat(50_000)}/a`],
    ['a thousand names', 'mcp-name: a/b\n'.repeat(30_000)],
    ['blank lines', '\n'.repeat(400_000)],
  ])('%s take no time', (_, text) => {
    const startedAt = performance.now();
    entryOf('acme/weather', {
      'README.md': text,
      Dockerfile: text,
      'pyproject.toml': text.slice(0, 200_000),
      'smithery.yaml': text.slice(0, 200_000),
    });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('a README that names several servers names none', () => {
    expect(mcpNameIn('mcp-name: io.github.acme/a\nmcp-name: io.github.acme/b')).toBeUndefined();
  });

  it('a README that names one server beside a placeholder names that one', () => {
    expect(mcpNameIn('mcp-name: io.github.username/server-name\nmcp-name: io.github.acme/a')).toBe('io.github.acme/a');
  });

  it.each([
    'io.github.acme/owner',
    'io.github.userfox/server-names',
    'com.examples/x',
    'io.github.acme/yours',
    'io.github.acme-org/example',
  ])('%s is a name and no placeholder', (name) => {
    expect(mcpNameIn(`mcp-name: ${name}`)).toBe(name);
  });

  it('what is kept of manifests is bounded', () => {
    const big = json({ name: 'weather', mcpName: 'io.github.acme/weather', description: 'x'.repeat(100_000) });
    expect(entryOf('acme/weather', { 'package.json': big }).entry?.raw['manifests']).toStrictEqual({});
  });

  it('aliases that multiply are not expanded', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[n]}`)}]`),
    ].join('\n');
    expect(readManifests(new Map([['smithery.yaml', bomb]])).isSmithery).toBe(false);
  });
});
