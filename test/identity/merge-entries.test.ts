import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';
import { AUTHORITIES, entry, github, hosted, mergeEntries, npm, oci, packageDocument, published, remote } from './entries.ts';

const authoritiesWith = (curated: readonly string[]) => ({
  ...AUTHORITIES,
  ...Object.fromEntries(curated.map((source) => [source, 'curated' as const])),
});
const idsOf = (entries: readonly RegistryEntry[], curated: readonly string[] = []) =>
  mergeEntries(entries, { authorities: authoritiesWith(curated) }).map(({ id }) => id);

describe('one server', () => {
  it.each<[string, readonly RegistryEntry[], (readonly string[])?]>([
    ['one package', [published('com.acme/a', { packages: [npm('a')] }), packageDocument('a')]],
    [
      'one package under two proven names, one after the other',
      [published('io.github.b/a', { packages: [npm('a')] }), published('com.acme/a', { packages: [npm('a', '2.0.0')] })],
    ],
    [
      'one remote, another transport',
      [
        published('com.acme/a', { remotes: [remote('https://mcp.acme.com/mcp')] }),
        entry('table', 'x', { remotes: [remote('https://MCP.acme.com:443/sse/')] }),
      ],
    ],
    [
      'an image with and without its host',
      [entry('a', 'x', { packages: [oci('mcp/time:1.2')] }), entry('b', 'y', { packages: [oci('docker.io/mcp/time@sha256:abc')] })],
    ],
    [
      'the repository of its publisher, and a list of repositories',
      [
        published('io.github.acme/a', { packages: [npm('a')], repository: github('Acme/a') }),
        entry('list', 'x', { repository: github('acme/A.git') }),
      ],
    ],
    [
      'a publisher who names no repository, and the repository of that name',
      [published('io.github.acme/a-mcp', { packages: [npm('a')] }), entry('list', 'x', { repository: github('acme/a-mcp') })],
    ],
    [
      'a domain that bears the owner name, where nobody has a better proof',
      [
        published('com.acme/mcp', { remotes: [remote('https://mcp.acme.com')], repository: github('acme-inc/x') }),
        entry('list', 'x', { repository: github('acme-inc/x') }),
      ],
    ],
    [
      'a folder that a list and the publisher name',
      [
        published('io.github.acme/a', { packages: [npm('a')], repository: github('acme/mono', 'packages/a') }),
        entry('list', 'x', { repository: { url: 'https://github.com/acme/mono/tree/main/packages/a#readme' } }),
      ],
    ],
    [
      'a list that links the root of a repository with one server in a folder',
      [
        published('io.github.acme/thing', { packages: [npm('a')], repository: github('acme/thing-mcp', 'packages/server') }),
        entry('list', 'Thing', { repository: github('acme/thing-mcp') }),
      ],
    ],
    [
      'an image that a curated catalogue makes from the repository',
      [
        published('io.github.acme/a', { packages: [npm('a')], repository: github('acme/a') }),
        entry('docker', 'a', { packages: [oci('mcp/a')], repository: github('acme/a') }),
      ],
      ['docker'],
    ],
    [
      'a repository whose files name the package whose document names it',
      [packageDocument('a', { repository: { url: 'git+https://github.com/acme/a.git' } }), hosted('7', 'acme/a', { packages: [npm('a')] })],
    ],
    [
      'a repository whose server.json has a name whose owner lists it',
      [
        published('com.acme/a', { remotes: [remote('https://mcp.acme.com')], repository: github('other/a') }),
        hosted('7', 'other/a', { registryName: { name: 'com.acme/a', proven: false } }),
      ],
    ],
    [
      'a repository under a former address',
      [
        hosted('7', 'new/a', { repository: { url: 'https://github.com/new/a', formerUrls: ['https://github.com/old/a'] } }),
        entry('list', 'x', { repository: github('old/a') }),
      ],
    ],
    [
      'a mirror that repeats the entry',
      [
        published('com.acme/a', { packages: [npm('a')] }),
        entry('mirror', 'com.acme/a', { registryName: { name: 'com.acme/a', proven: false }, packages: [npm('a')] }),
      ],
    ],
    [
      'one publisher, one repository, one text under two names',
      ['a', 'b'].map((name) =>
        published(`io.github.acme/${name}`, {
          packages: [oci(`ghcr.io/acme/${name}`)],
          repository: github('acme/a'),
          description: 'Loads skills from a folder and serves them.',
        }),
      ),
    ],
    [
      'an old name whose publisher says what it is called now',
      [
        published('io.github.acme/new-one', { remotes: [remote('https://a.example/x')], repository: github('acme/a') }),
        published('io.github.acme/old', { description: 'Deprecated - renamed to new-one', repository: github('acme/a') }),
      ],
    ],
    [
      'a package that only calls a URL',
      [
        published('io.github.acme/a', {
          packages: [{ ...npm('mcp-remote'), packageArguments: [{ type: 'positional', value: 'https://a.example/mcp' }] }],
        }),
        entry('table', 'x', { remotes: [remote('https://a.example/sse')] }),
      ],
    ],
  ])('%s', (_, entries, curated) => {
    expect(idsOf(entries, curated)).toHaveLength(1);
  });
});

describe('not one server', () => {
  it.each<[string, readonly RegistryEntry[], (readonly string[])?]>([
    [
      'two packages of one repository',
      [
        published('io.github.acme/a', { packages: [npm('a')], repository: github('acme/mono') }),
        published('io.github.acme/b', { packages: [npm('b')], repository: github('acme/mono') }),
      ],
    ],
    [
      'two folders',
      [entry('list', 'x', { repository: github('acme/mono', 'a') }), entry('list', 'y', { repository: github('acme/mono', 'b') })],
    ],
    [
      'a list that links the root of a repository with two servers',
      [
        published('io.github.acme/a', { repository: github('acme/mono', 'a') }),
        published('io.github.acme/b', { repository: github('acme/mono', 'b') }),
      ],
    ],
    [
      'a server at the root and a list that names a folder for another',
      [
        published('com.acme/strata', { remotes: [remote('https://mcp.acme.com')], repository: github('acme/acme') }),
        entry('list', 'acme/youtube', { repository: github('acme/acme', 'servers/youtube') }),
      ],
    ],
    ['one name in two ecosystems', [packageDocument('a'), entry('pypi', 'a', { packages: [{ registryType: 'pypi', identifier: 'a' }] })]],
    [
      'one name of two owners',
      [published('io.github.a/time-mcp', { packages: [npm('time-a')] }), published('io.github.b/time-mcp', { packages: [npm('time-b')] })],
    ],
    [
      'two tenants of a gateway',
      [
        entry('a', 'x', { remotes: [remote('https://server.gateway.example/@a/b/mcp')] }),
        entry('a', 'y', { remotes: [remote('https://server.gateway.example/@a/c/mcp')] }),
      ],
    ],
    [
      'two servers that run on this machine',
      [
        entry('a', 'x', { remotes: [remote('http://localhost:3000/mcp')] }),
        entry('a', 'y', { remotes: [remote('http://localhost:3000/mcp')] }),
      ],
    ],
    [
      'two servers whose host the user fills in',
      [entry('a', 'x', { remotes: [remote('https://{host}/mcp')] }), entry('a', 'y', { remotes: [remote('https://{url}/mcp')] })],
    ],
    [
      'several names in one version of a package',
      [published('io.github.acme/adios', { packages: [npm('kit')] }), published('io.github.acme/arxiv', { packages: [npm('kit')] })],
    ],
    [
      'one bridge with two URLs',
      ['a', 'b'].map((name) =>
        published(`io.github.acme/${name}`, {
          packages: [{ ...npm('mcp-remote'), packageArguments: [{ type: 'positional', value: `https://${name}.example/mcp` }] }],
        }),
      ),
    ],
  ])('%s', (_, entries, curated) => {
    expect(idsOf(entries, curated)).toHaveLength(2);
  });

  it('the list stays a third one where the repository holds two servers', () => {
    const entries = ['a', 'b'].map((name) => published(`io.github.acme/${name}`, { repository: github('acme/mono', name) }));
    expect(idsOf([...entries, entry('list', 'x', { repository: github('acme/mono') })])).toHaveLength(3);
  });

  it('what one list links at the root is none of two folders that others link', () => {
    const folders = ['a', 'b'].map((name) => entry(`list-${name}`, 'x', { name: 'Thing', repository: github('acme/thing', name) }));
    expect(idsOf([...folders, entry('list', 'x', { name: 'Thing', repository: github('acme/thing') })])).toHaveLength(3);
  });

  it('a fork with a package and a name of its own is a server of its own', () => {
    const fork = { url: 'https://github.com/b/a', id: '8', forkOf: 'https://github.com/a/a' };
    const name = 'io.github.b/a';
    const servers = mergeEntries([
      hosted('7', 'a/a', { packages: [npm('a')] }),
      packageDocument('a', { repository: github('a/a') }),
      hosted('8', 'b/a', { repository: fork, packages: [npm('b')], registryName: { name, proven: false } }),
      packageDocument('b', { repository: github('b/a') }),
      published(name, { packages: [npm('b')], repository: github('b/a') }),
    ]);
    expect(servers.map(({ id, sources, related }) => [id, sources, related[0]?.relation])).toStrictEqual([
      ['npm:a', ['github', 'npm'], 'forked-by'],
      ['npm:b', ['github', 'npm', 'official'], 'fork-of'],
    ]);
  });

  it('an entry that lists several servers of another source joins none of them', () => {
    const hosts = ['docs', 'radar'].map((name) => remote(`https://${name}.mcp.acme.com/mcp`));
    const all = published('com.acme/all', { remotes: hosts });
    const each = hosts.map(({ url }) => entry('table', url, { remotes: [remote(url)] }));
    expect(mergeEntries([all, ...each]).map(({ sources }) => sources)).toStrictEqual([['official'], ['table'], ['table']]);
  });

  it('a deployment of a repository by somebody who runs many is a server of its own, beside it', () => {
    const owners = ['a', 'b', 'c', 'd', 'e'];
    const own = owners.map((owner) =>
      published(`io.github.${owner}/thing-${owner}`, { packages: [npm(`thing-${owner}`)], repository: github(`${owner}/thing`) }),
    );
    const run = owners.map((owner) =>
      published(`ai.gateway/${owner}-thing`, {
        remotes: [remote(`https://server.gateway.ai/@${owner}/thing/mcp`)],
        repository: github(`${owner}/thing`),
      }),
    );
    const servers = mergeEntries([...own, ...run]);
    expect(servers).toHaveLength(10);
    const [related] = servers.find(({ id }) => id === 'npm:thing-a')?.related ?? [];
    expect(related).toMatchObject({ server: 'url:https://server.gateway.ai/@a/thing', relation: 'maybe-same' });
    expect(related?.reason).toContain("runs many publishers' servers");
  });
});

describe('the server', () => {
  it('is named by its strongest key, and keeps every form as an alias', () => {
    const [server] = mergeEntries([
      published('com.example/thing', { packages: [npm('thing')], remotes: [remote('https://example.com/mcp')] }),
      packageDocument('thing', { title: 'Thing' }),
    ]);
    expect(server).toMatchObject({
      id: 'npm:thing',
      title: 'Thing',
      sources: ['npm', 'official'],
      aliases: [
        ...['com.example/thing', 'https://example.com/mcp', 'npm:thing', 'official:com.example/thing', 'registry:com.example/thing'],
        ...['thing', 'url:https://example.com', 'url:https://example.com/mcp'],
      ],
    });
  });

  it.each<[string, RegistryEntry, string]>([
    [
      'a package, whatever comes first in the alphabet',
      published('a/b', { packages: [{ registryType: 'cargo', identifier: 'a' }, npm('z')] }),
      'npm:z',
    ],
    ['a remote before a registry name', published('a/b', { remotes: [remote('https://b.example/mcp')] }), 'url:https://b.example'],
    ['a registry name before a repository', published('io.github.a/b', { repository: github('a/b') }), 'registry:io.github.a/b'],
    ['a repository and folder', entry('list', 'x', { repository: github('A/b', 'c') }), 'repo:github.com/a/b#c'],
    ['what its files claim is no id', hosted('7', 'a/b', { packages: [npm('z')] }), 'repo:github.com/a/b'],
    ['nothing but the source has a name for it', entry('a', 'bare'), 'a:bare'],
  ])('%s', (_, one, id) => {
    expect(idsOf([one])).toStrictEqual([id]);
  });

  it('keeps its id when further sources list it', () => {
    const first = published('io.github.acme/a', { packages: [npm('b'), oci('ghcr.io/acme/a')], repository: github('acme/a') });
    const further = [
      entry('docker', 'a', { packages: [npm('a'), oci('mcp/a')], repository: github('acme/a') }),
      hosted('7', 'acme/a', { packages: [npm('0')] }),
      entry('list', 'x', { repository: github('acme/a') }),
    ];
    expect(idsOf([first])).toStrictEqual(['npm:b']);
    expect(
      mergeEntries([first, ...further], { authorities: authoritiesWith(['docker']) }).map(({ id, sources }) => [id, sources.length]),
    ).toStrictEqual([['npm:b', 4]]);
  });

  it('takes each field from the source of highest precedence that has it, from who is entitled before who lists', () => {
    const entries = [
      entry('list', 'x', { title: 'List', description: 'As the list has it', repository: github('acme/a') }),
      published('io.github.acme/a', { title: 'Official', packages: [npm('a', '1.0.0')], version: '5', repository: github('acme/a') }),
      packageDocument('a', {
        title: 'Package',
        description: 'As npm has it',
        version: '2.0.0',
        packages: [npm('a', '2.0.0')],
        websiteUrl: 'https://a.example',
      }),
    ];
    const expected = {
      title: 'Official',
      description: 'As npm has it',
      version: '5',
      websiteUrl: 'https://a.example',
      packages: [npm('a', '1.0.0')],
    };
    expect(mergeEntries(entries, { precedence: ['list', 'official', 'npm'] })).toMatchObject([expected]);
    expect(mergeEntries(entries, { precedence: ['npm', 'official'] })).toMatchObject([
      { title: 'Package', version: '2.0.0', packages: [npm('a', '2.0.0')] },
    ]);
  });

  it('keeps packages that differ only in transport, and one URL under two', () => {
    const streamable = { ...npm('a'), transport: { type: 'streamable-http' as const, url: 'http://localhost:1' } };
    const remotes = [remote('https://a.example/mcp'), { type: 'sse' as const, url: 'https://a.example/mcp' }];
    expect(mergeEntries([published('x/y', { packages: [npm('a'), streamable], remotes })])).toMatchObject([
      { packages: [npm('a'), streamable], remotes },
    ]);
  });

  it.each<[string, readonly ('active' | 'deprecated')[], boolean]>([
    ['every release says so', ['deprecated', 'deprecated'], true],
    ['one name of several is given up', ['active', 'deprecated'], false],
  ])('is deprecated when %s', (_, statuses, isDeprecated) => {
    const entries = statuses.map((status, index) =>
      published(`x/${index}`, { packages: [npm('a', `${index}.0.0`)], release: { status, statusMessage: 'Use b' } }),
    );
    const [server] = mergeEntries([...entries, packageDocument('a')]);
    expect(server?.deprecated).toStrictEqual(isDeprecated ? { message: 'Use b' } : undefined);
  });

  it.each<[string, readonly RegistryEntry[], { message?: string } | undefined]>([
    ['its package says so', [packageDocument('a', { deprecated: 'Use b' })], { message: 'Use b' }],
    ['its package says so without words', [packageDocument('a', { deprecated: '' })], {}],
    [
      'its package says so, and the list that has it cannot',
      [packageDocument('a', { deprecated: 'Use b' }), entry('list', 'x', { packages: [npm('a')] })],
      { message: 'Use b' },
    ],
    [
      'its package and its release say so',
      [packageDocument('a', { deprecated: 'Use b' }), published('x/a', { packages: [npm('a')], release: { status: 'deprecated' } })],
      { message: 'Use b' },
    ],
    [
      'not when a release does not',
      [packageDocument('a', { deprecated: 'Use b' }), published('x/a', { packages: [npm('a')], release: { status: 'active' } })],
      undefined,
    ],
    [
      'not when another package of it does not',
      [packageDocument('a', { deprecated: 'Use b' }), packageDocument('b'), published('x/a', { packages: [npm('a'), npm('b')] })],
      undefined,
    ],
  ])('is deprecated when %s', (_, entries, expected) => {
    const servers = mergeEntries(entries);
    expect(servers.map(({ deprecated }) => deprecated)).toStrictEqual([expected]);
  });

  it('is described by the package that is not given up', () => {
    const entries = [
      packageDocument('a', { deprecated: 'Use b', description: 'Old' }),
      packageDocument('b', { description: 'New' }),
      published('x/a', { packages: [npm('a'), npm('b')] }),
    ];
    expect(mergeEntries(entries, { precedence: ['npm'] }).map(({ description }) => description)).toStrictEqual(['New']);
  });

  it('two of one repository that each bring something of their own are not taken for one; what brings nothing may be either', () => {
    const siblings = ['a', 'b'].map((name) =>
      published(`io.github.acme/${name}`, { packages: [npm(name)], repository: github('acme/mono') }),
    );
    expect(mergeEntries(siblings).map(({ related }) => related)).toStrictEqual([[], []]);
    const servers = mergeEntries([...siblings, entry('list', 'x', { repository: github('acme/mono') })]);
    expect(servers.map(({ id, related }) => [id, related.map(({ server }) => server)])).toStrictEqual([
      ['npm:a', ['repo:github.com/acme/mono']],
      ['npm:b', ['repo:github.com/acme/mono']],
      ['repo:github.com/acme/mono', ['npm:a', 'npm:b']],
    ]);
  });

  it('who says to be made from the repository of another is still shown beside it', () => {
    const [other, own] = mergeEntries([
      packageDocument('other', { repository: github('acme/a') }),
      published('io.github.acme/a', { packages: [npm('own')], repository: github('acme/a') }),
    ]).sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(other?.related).toMatchObject([{ server: own?.id, confidence: 0.4 }]);
  });

  it.each<[string, Partial<RegistryEntry>, string | undefined]>([
    ['renamed to a name', { title: 'Old (deprecated - moved to com.acme/tools)' }, 'npm:@acme/tools'],
    ['a name in other case, at the end', { description: 'MOVED: This server has been renamed to com.Acme/Tools.' }, 'npm:@acme/tools'],
    ['moved to an npm package', { description: 'Moved to npm package `@acme/tools`' }, 'npm:@acme/tools'],
    ['deprecated in favour of', { deprecated: 'Deprecated in favour of @acme/tools@2' }, 'npm:@acme/tools'],
    ['use instead', { deprecated: 'Please use @acme/tools instead.' }, 'npm:@acme/tools'],
    ['by the status of its release', { release: { status: 'deprecated', statusMessage: 'Replaced by acme-tools' } }, 'npm:acme-tools'],
    ['a package of PyPI', { description: 'Deprecated, use the Acme_Tools-py package' }, 'pypi:acme-tools-py'],
    ['nobody has the name', { deprecated: 'Use @nobody/tools instead' }, undefined],
    ['one word may be anything', { description: 'Has moved to docker' }, undefined],
    ['no word of giving up', { description: 'Use @acme/tools for the rest' }, undefined],
  ])('a successor in words: %s', (_, words, successor) => {
    const others = [
      published('com.acme/tools', { packages: [npm('@acme/tools')] }),
      packageDocument('acme-tools'),
      packageDocument('docker'),
      published('com.acme/py', { packages: [{ registryType: 'pypi', identifier: 'acme-tools-py' }] }),
    ];
    const servers = mergeEntries([...others, entry('list', 'old', { name: 'old-thing', ...words })]);
    const related = servers.find(({ id }) => id === 'list:old')?.related ?? [];
    expect(related.map(({ server, relation }) => [server, relation])).toStrictEqual(successor ? [[successor, 'maybe-same']] : []);
    expect(servers.find(({ id }) => id === successor)?.related.map(({ server }) => server)).toStrictEqual(successor && ['list:old']);
  });

  it('a fork is linked with its parent, both ways', () => {
    const fork = hosted('8', 'b/a', { repository: { url: 'https://github.com/b/a', id: '8', forkOf: 'https://github.com/a/a' } });
    const [parent, child] = mergeEntries([hosted('7', 'a/a'), fork]);
    expect(parent?.related[0]).toMatchObject({ server: 'repo:github.com/b/a', relation: 'forked-by', confidence: 1 });
    expect(child?.related[0]).toMatchObject({ server: 'repo:github.com/a/a', relation: 'fork-of', confidence: 1 });
  });

  it('a name that two have leads to neither, except to who has proven it', () => {
    const servers = mergeEntries([
      ...['a', 'b'].map((owner) => entry('list', owner, { name: 'Notion', repository: github(`${owner}/notion`) })),
      published('com.notion/mcp', { remotes: [remote('https://mcp.notion.com')] }),
      entry('list', 'c', { name: 'com.notion/mcp', repository: github('c/x') }),
    ]);
    expect(servers.filter(({ aliases }) => aliases.includes('Notion'))).toStrictEqual([]);
    expect(servers.filter(({ aliases }) => aliases.includes('com.notion/mcp')).map(({ id }) => id)).toStrictEqual([
      'url:https://mcp.notion.com',
    ]);
  });

  it('names no more than ten related servers, the surest first', () => {
    const entries = Array.from({ length: 15 }, (_, n) =>
      entry('list', `${n}`, { name: `o${n}/weather`, description: 'Weather forecasts for places', repository: github(`o${n}/weather`) }),
    );
    for (const { related } of mergeEntries(entries)) {
      expect(related).toHaveLength(10);
      expect(related.map(({ confidence }) => confidence)).toStrictEqual(related.map(({ confidence }) => confidence).sort((a, b) => b - a));
    }
  });
});

it('gives the same servers in any order', () => {
  const anyEntry = fc
    .record({
      source: fc.constantFrom('official', 'docker', 'npm', 'github', 'list'),
      id: fc.nat(20),
      packages: fc.array(fc.nat(6), { maxLength: 2 }),
      urls: fc.array(fc.nat(4), { maxLength: 2 }),
      owner: fc.constantFrom('a', 'b'),
      repository: fc.option(fc.nat(4), { nil: undefined }),
      folder: fc.constantFrom(undefined, 'x', 'y'),
      name: fc.option(fc.nat(4), { nil: undefined }),
      day: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    })
    .map(({ source, id, packages, urls, owner, repository, folder, name, day }) =>
      entry(source, source === 'github' ? `${repository ?? 9}` : String(id), {
        packages: packages.map((n) => npm(`p${n}`)),
        remotes: urls.map((n) => remote(`https://example.com/${n}`)),
        ...(repository !== undefined && {
          repository: { ...github(`${owner}/r${repository}`, folder), ...(source === 'github' && { id: `${repository}` }) },
        }),
        ...(day !== undefined && { release: { status: 'active', publishedAt: `2026-01-0${day}T00:00:00Z` } }),
        ...(name !== undefined && { registryName: { name: `io.github.${owner}/n${name}`, proven: source === 'official' } }),
      }),
    );
  const anyEntries = fc.uniqueArray(anyEntry, { selector: ({ source, id }) => `${source} ${id}`, maxLength: 25 });
  const options = { authorities: authoritiesWith(['docker']), precedence: ['official', 'npm'] };
  fc.assert(
    fc.property(
      anyEntries.chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }))),
      ([entries, shuffled]) => {
        const servers = mergeEntries(entries, options);
        expect(mergeEntries(shuffled, options)).toStrictEqual(servers);
        expect(new Set(servers.map(({ id }) => id)).size).toBe(servers.length);
      },
    ),
    { numRuns: 300 },
  );
});
