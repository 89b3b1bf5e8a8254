import { describe, expect, it } from 'vitest';
import { RegistryEntry } from '../../src/model/registry-entry.ts';
import { readServerJson, type ServerJson } from '../../src/model/server-json.ts';

const NPM = { registryType: 'npm', identifier: 'example-mcp', version: '1.0.0' };
const REMOTE = { type: 'sse', url: 'https://mcp.example.com/sse' };
const NOTHING: ServerJson = { packages: [], remotes: [] };

function read(document: unknown) {
  const { server, faults } = readServerJson(document, 'com.example/server@1.0.0');
  return { server, faults: faults.map(({ message }) => message) };
}

describe('what is read of a server.json', () => {
  it.each<[string, unknown, object]>([
    [
      'its own words',
      { name: 'com.example/a', version: '1', title: 'A', description: 'Does a.', websiteUrl: 'https://a.example' },
      {
        ...NOTHING,
        name: 'com.example/a',
        version: '1',
        title: 'A',
        description: 'Does a.',
        websiteUrl: 'https://a.example',
      },
    ],
    [
      'nothing for null, an empty text and an empty object',
      { title: null, description: '', websiteUrl: '', repository: {}, packages: null, remotes: {} },
      NOTHING,
    ],
    ['no repository from empty fields', { repository: { url: '', source: '' } }, NOTHING],
    [
      'a repository given as its URL',
      { repository: 'https://github.com/acme-org/server' },
      { ...NOTHING, repository: { url: 'https://github.com/acme-org/server' } },
    ],
    [
      'of a repository only what the document can know',
      { repository: { url: 'https://a.example/r', archived: true, formerUrls: ['x'], license: 'MIT' } },
      {
        ...NOTHING,
        repository: { url: 'https://a.example/r' },
      },
    ],
    [
      'the snake_case of the schema of 2025-07-09',
      {
        website_url: 'https://a.example',
        packages: [
          {
            registry_type: 'npm',
            identifier: 'a',
            version: '1.0.0',
            runtime_hint: 'npx',
            file_sha256: 'ff',
            environment_variables: [{ name: 'A_KEY', is_secret: true, is_required: true }],
          },
        ],
      },
      {
        ...NOTHING,
        websiteUrl: 'https://a.example',
        packages: [
          {
            registryType: 'npm',
            identifier: 'a',
            version: '1.0.0',
            runtimeHint: 'npx',
            fileSha256: 'ff',
            environmentVariables: [{ name: 'A_KEY', isSecret: true, isRequired: true }],
          },
        ],
      },
    ],
    [
      'the remotes of the v0 of GitHub',
      { remotes: [{ transport_type: 'sse', url: 'https://a.example' }] },
      { ...NOTHING, remotes: [{ type: 'sse', url: 'https://a.example' }] },
    ],
    [
      'other words for what is meant',
      { packages: [{ registryType: 'docker', identifier: 'a/b:1', transport: { type: 'http', url: 'http://localhost:1/' } }] },
      {
        ...NOTHING,
        packages: [{ registryType: 'oci', identifier: 'a/b:1', transport: { type: 'streamable-http', url: 'http://localhost:1/' } }],
      },
    ],
    [
      'numbers and booleans as the text they stand for, and texts as booleans',
      {
        packages: [
          {
            ...NPM,
            packageArguments: [
              { type: 'named', name: '--port', default: 8080, isRequired: 'true' },
              { type: 'positional', value: false },
            ],
          },
        ],
      },
      {
        ...NOTHING,
        packages: [
          {
            ...NPM,
            packageArguments: [
              { type: 'named', name: '--port', default: '8080', isRequired: true },
              { type: 'positional', value: 'false' },
            ],
          },
        ],
      },
    ],
    [
      'empty values and types where they mean something',
      {
        packages: [{ ...NPM, packageArguments: [{ type: '', value: '' }], environmentVariables: [{ name: 'A', default: '' }] }],
      },
      {
        ...NOTHING,
        packages: [{ ...NPM, packageArguments: [{ type: '', value: '' }], environmentVariables: [{ name: 'A', default: '' }] }],
      },
    ],
  ])('%s', (_, document, server) => {
    const reading = read(document);
    expect(reading).toStrictEqual({ server, faults: [] });
  });

  it('is no field of its own where the shape has none', () => {
    expect(read({ name: 'com.example/a', $schema: 'x', _meta: { big: 'x' }, tools: [1] }).server).toStrictEqual({
      ...NOTHING,
      name: 'com.example/a',
    });
  });
});

describe('what does not fit is left out with a fault that names the place', () => {
  it.each<[string, object, object, string]>([
    [
      'a package of an unknown type',
      { packages: [{ ...NPM, registryType: 'floppy' }, NPM] },
      { ...NOTHING, packages: [NPM] },
      '/packages/0 was left out: registryType: "floppy"',
    ],
    [
      'a package without an identifier',
      { packages: [NPM, { registryType: 'npm' }] },
      { ...NOTHING, packages: [NPM] },
      '/packages/1 was left out: identifier: missing',
    ],
    [
      'a package that is none',
      { packages: ['npx example', NPM] },
      { ...NOTHING, packages: [NPM] },
      '/packages/0 was left out: "npx example" is no object',
    ],
    [
      'packages that are no list',
      { packages: 'none', remotes: [REMOTE] },
      { ...NOTHING, remotes: [REMOTE] },
      '/packages was left out: "none" is no list',
    ],
    [
      'a remote of an unknown type',
      { remotes: [{ ...REMOTE, type: 'gopher' }, REMOTE] },
      { ...NOTHING, remotes: [REMOTE] },
      '/remotes/0 was left out: type: "gopher"',
    ],
    ['a remote without a URL', { remotes: [{ type: 'sse' }] }, NOTHING, '/remotes/0 was left out: url: missing'],
    [
      'a header without a name',
      { remotes: [{ ...REMOTE, headers: [{ name: '' }, { name: 'A' }] }] },
      { ...NOTHING, remotes: [{ ...REMOTE, headers: [{ name: 'A' }] }] },
      '/remotes/0/headers/0 was left out: name: ""',
    ],
    [
      'a variable that is none',
      { remotes: [{ ...REMOTE, variables: { a: 'x', b: { default: 'y' } } }] },
      { ...NOTHING, remotes: [{ ...REMOTE, variables: { b: { default: 'y' } } }] },
      '/remotes/0/variables/a was left out: "x" is no object',
    ],
    ['a field of another kind', { title: ['A'], version: '1' }, { ...NOTHING, version: '1' }, '/title was left out: a list'],
    [
      'a text that is too long',
      { description: 'x'.repeat(10_001), version: '1' },
      { ...NOTHING, version: '1' },
      '/description was left out: longer than 10000 characters',
    ],
    ['a repository without a URL', { repository: { source: 'github' } }, NOTHING, '/repository was left out: url: missing'],
    [
      'an icon without a source',
      { icons: [{ theme: 'dark' }, { src: 'https://a.example/i.png' }] },
      { ...NOTHING, icons: [{ src: 'https://a.example/i.png' }] },
      '/icons/0 was left out: src: missing',
    ],
  ])('%s', (_, document, server, message) => {
    const reading = read(document);
    expect(reading.server).toStrictEqual(server);
    expect(reading.faults).toHaveLength(1);
    expect(reading.faults[0]).toContain(message);
  });

  it.each([null, undefined, 'text', 7, [], [NPM]])('a document that is %j is nothing, and a fault', (document) => {
    expect(read(document)).toMatchObject({ server: NOTHING, faults: [expect.stringContaining('is no object')] });
  });

  it('says what, whose and that trying again is no use', () => {
    expect(readServerJson({ icons: 7 }, 'com.example/server@1.0.0').faults).toStrictEqual([
      {
        code: 'entry-part-unreadable',
        subject: 'com.example/server@1.0.0',
        message: '/icons was left out: 7 is no list.',
        retryable: false,
      },
    ]);
  });

  it('shows nothing that could act on a terminal', () => {
    expect(read({ packages: ['\u001b[2J'] }).faults[0]).toContain('\\\\u001b[2J');
  });
});

describe('a document is bounded', () => {
  it('lists and records are cut, faults are counted', () => {
    const many = Array.from({ length: 600 }, (_, n) => ({ name: `H${n}` }));
    const variables = Object.fromEntries(many.map(({ name }) => [name, {}]));
    const { server, faults } = read({ remotes: [{ ...REMOTE, headers: many, variables }], packages: Array.from({ length: 600 }, () => 7) });
    expect(server.remotes[0]?.headers).toHaveLength(500);
    expect(Object.keys(server.remotes[0]?.variables ?? {})).toHaveLength(500);
    expect(faults).toHaveLength(21);
    expect(faults.at(-1)).toBe('483 more parts were left out.');
  });

  it('so are the members of all lists and records together', () => {
    const variables = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`v${n}`, {}]));
    const { server, faults } = read({ remotes: Array.from({ length: 20 }, () => ({ ...REMOTE, variables })) });
    const read20 = server.remotes.map((remote) => Object.keys(remote.variables ?? {}).length);
    expect(read20).toStrictEqual([...Array(7).fill(500), 480, ...Array(12).fill(0)]);
    expect(faults).toHaveLength(13);
    expect(faults[0]).toBe('/remotes/7/variables was left out: of 500 members the first 480 are read.');
  });

  it.each(['packages', 'remotes'])('what does not fit in %s, in every field of 500 × 500 variables, takes no time', (where) => {
    const wrong = { description: [1], isRequired: 7, isSecret: [], format: {}, default: [1], placeholder: [], choices: 7, value: [] };
    const variables = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`v${n}`, wrong]));
    const named = Array.from({ length: 500 }, (_, n) => ({ name: `V${n}`, ...wrong, variables }));
    const document = { packages: [{ ...NPM, environmentVariables: named }], remotes: [{ ...REMOTE, headers: named }] };
    const started = performance.now();
    const { faults } = read({ [where]: document[where as keyof typeof document] });
    expect(performance.now() - started).toBeLessThan(100);
    expect(faults).toHaveLength(21);
    expect(faults.at(-1)).toMatch(/^\d{4,} more parts were left out\.$/);
  });

  it('deep values cost nothing, in a place the shape knows or not', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(read({ name: 'com.example/a', unknown: deep, title: deep }).server).toStrictEqual({ ...NOTHING, name: 'com.example/a' });
  });

  it('a key named __proto__ is no prototype, and no variable either; nor is one that is too long', () => {
    const variables = `{"__proto__":{"value":"x"},"${'x'.repeat(501)}":{},"ok":{}}`;
    const { server, faults } = read(
      JSON.parse(`{"__proto__":{"name":"com.example/p"},"remotes":[{"type":"sse","url":"https://a.example","variables":${variables}}]}`),
    );
    expect(server.name).toBeUndefined();
    expect(Object.getPrototypeOf(server.remotes[0]?.variables ?? {})).toBe(Object.prototype);
    expect(server.remotes[0]?.variables).toStrictEqual({ ok: {} });
    expect(faults.map((message) => message.split(':')[1])).toStrictEqual([' not a name.', ' not a name.']);
  });

  it('what is read always fits the model', () => {
    const { server } = read({
      name: 'com.example/a',
      packages: [{ ...NPM, environmentVariables: [{ name: 'A', choices: Array(2_000).fill('x') }] }],
    });
    const entry = { ...server, source: 's', id: 'a', raw: {} };
    expect(RegistryEntry.parse(entry)).toStrictEqual(entry);
  });
});
