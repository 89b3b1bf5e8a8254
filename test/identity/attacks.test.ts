import { describe, expect, it } from 'vitest';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';
import { AUTHORITIES, entry, github, hosted, mergeEntries, npm, packageDocument, published, remote } from './entries.ts';

const NAME = 'io.github.upstash/context7';
const REPOSITORY = github('upstash/context7');

/** A popular server as its own publisher, its package, its repository and lists have it. */
const VICTIM: readonly RegistryEntry[] = [
  published(NAME, { packages: [npm('@upstash/context7-mcp')], remotes: [remote('https://mcp.context7.com/mcp')], repository: REPOSITORY }),
  packageDocument('@upstash/context7-mcp', { registryName: { name: NAME, proven: false }, repository: REPOSITORY }),
  hosted('955620917', 'upstash/context7', { registryName: { name: NAME, proven: false }, packages: [npm('@upstash/context7-mcp')] }),
  entry('list', 'context7', { repository: REPOSITORY }),
];
const alone = mergeEntries(VICTIM);
const copied = { registryName: { name: NAME, proven: false }, repository: REPOSITORY, title: 'Context7' };

describe('whoever copies a popular server does not become part of it', () => {
  it('the victim is one server', () => {
    expect(alone.map(({ id, sources }) => [id, sources])).toStrictEqual([
      ['npm:@upstash/context7-mcp', ['github', 'list', 'npm', 'official']],
    ]);
  });

  it.each<[string, RegistryEntry]>([
    ['a package that copies mcpName and repository', packageDocument('context7-mcp-pro', copied)],
    [
      'a published entry that names the repository',
      published('io.github.evil/context7', { packages: [npm('evil')], repository: REPOSITORY }),
    ],
    [
      'a published entry that names the repository and its id',
      published('io.github.evil/context7', { packages: [npm('evil')], repository: { ...github('evil/context7'), id: '955620917' } }),
    ],
    [
      'a published entry that lists the remote in another spelling and a package of its own',
      published('io.github.evil/context7', { packages: [npm('evil')], remotes: [remote('https://mcp.context7.com/mcp/')] }),
    ],
    [
      'a domain that bears the repository name',
      published('com.context7-pro/context7', { remotes: [remote('https://mcp.context7-pro.com/mcp')], repository: REPOSITORY }),
    ],
    [
      'a domain that bears the owner name, when the owner has published',
      published('xyz.upstash/context7', { remotes: [remote('https://mcp.upstash.xyz/mcp')], repository: REPOSITORY }),
    ],
    [
      'a name below a hosting service',
      published('app.vercel.upstash/context7', { remotes: [remote('https://upstash.vercel.app/mcp')], repository: REPOSITORY }),
    ],
    [
      'a fork that the host knows as one',
      hosted('1', 'evil/context7', {
        registryName: copied.registryName,
        packages: [npm('@upstash/context7-mcp')],
        repository: { url: 'https://github.com/evil/context7', id: '1', forkOf: REPOSITORY.url },
      }),
    ],
    [
      'a repository with copied files',
      hosted('2', 'evil/context8', { registryName: copied.registryName, packages: [npm('@upstash/context7-mcp')] }),
    ],
    [
      'a directory entry with the package and a remote of its own',
      entry('directory', 'x', { packages: [npm('@upstash/context7-mcp')], remotes: [remote('https://evil.example/mcp')] }),
    ],
    [
      'a directory entry with the repository and a remote of its own',
      entry('directory', 'x', { repository: REPOSITORY, remotes: [remote('https://evil.example/mcp')] }),
    ],
    ['a mirror of the name with a remote of its own', entry('mirror', NAME, { ...copied, remotes: [remote('https://evil.example/mcp')] })],
    [
      'a published entry that says the victim was renamed to it',
      published('io.github.evil/context7', { description: `${NAME} is deprecated, use this instead`, repository: REPOSITORY }),
    ],
    [
      'a published entry that says it was renamed to the victim',
      published('io.github.evil/context7', { description: `Deprecated: moved to ${NAME}`, repository: REPOSITORY }),
    ],
  ])('%s', (_, copy) => {
    const servers = mergeEntries([copy, ...VICTIM]);
    expect(servers).toHaveLength(2);
    const victim = servers.find(({ id }) => id === 'npm:@upstash/context7-mcp');
    expect({ ...victim, related: [] }).toStrictEqual({ ...alone[0], related: [] });
    const other = servers.find((server) => server !== victim);
    expect(other?.aliases).not.toContain(NAME);
    expect(other?.aliases.some((alias) => victim?.aliases.includes(alias))).toBe(false);
    expect(other?.packages.map(({ identifier }) => identifier)).not.toContain(copy.source === 'github' ? '@upstash/context7-mcp' : '');
  });

  it('is shown beside it, with the reason', () => {
    const [copy] = mergeEntries([packageDocument('context7-mcp-pro', copied), ...VICTIM]).filter(({ id }) => id === 'npm:context7-mcp-pro');
    expect(copy?.related[0]).toMatchObject({ server: 'npm:@upstash/context7-mcp', relation: 'maybe-same' });
    expect(copy?.related[0]?.reason).toContain('unconfirmed');
  });

  it('two domains that bear one name: neither speaks for the repository', () => {
    const servers = mergeEntries([
      published('com.acme/mcp', { remotes: [remote('https://mcp.acme.com/mcp')], repository: github('acme/tool') }),
      published('xyz.acme/mcp', { remotes: [remote('https://mcp.acme.xyz/mcp')], repository: github('acme/tool') }),
      entry('list', 'acme/tool', { repository: github('acme/tool') }),
    ]);
    expect(servers).toHaveLength(3);
  });

  it('who publishes only a remote on a rented host is not drawn into a server that adds a package to it', () => {
    const victim = published('io.github.acme/mcp', { remotes: [remote('https://acme.fly.dev/mcp')] });
    const evil = published('io.github.aaa/mcp', { packages: [npm('evil')], remotes: [remote('https://acme.fly.dev/mcp/')] });
    const listed = entry('table', 'x', { remotes: [remote('https://acme.fly.dev/mcp')] });
    expect(mergeEntries([victim, evil, listed]).map(({ sources }) => sources)).toStrictEqual([['official'], ['official'], ['table']]);
  });

  it('a bundle URL proves nothing: anybody can write it down', () => {
    const bundle = { registryType: 'mcpb' as const, identifier: 'https://github.com/acme/mcp/releases/download/v1.0.0/acme.mcpb' };
    const servers = mergeEntries([
      published('io.github.acme/mcp', { packages: [bundle], repository: github('acme/mcp') }),
      published('io.github.evil/mcp', { packages: [bundle, npm('evil')], repository: github('acme/mcp') }),
    ]);
    expect(servers.map(({ packages }) => packages.map(({ identifier }) => identifier)).sort()).toStrictEqual([
      ['evil'],
      [bundle.identifier],
    ]);
  });
});

describe('whose word an entry is comes from its source, not from what it says', () => {
  const victim = published('io.github.acme/weather', { packages: [npm('weather-mcp')], repository: github('acme/weather') });

  it('an id that looks like a repository’s makes no code host of a list', () => {
    const evil = entry('other', '77', { repository: { ...github('acme/weather'), id: '77' }, packages: [npm('evil-x')] });
    const servers = mergeEntries([victim, evil], { authorities: AUTHORITIES, precedence: ['other', 'official'] });
    expect(servers.find(({ id }) => id === 'npm:weather-mcp')).toMatchObject({ name: 'io.github.acme/weather', sources: ['official'] });
  });

  it('an id that is a package’s name makes no package registry of a list', () => {
    const evil = entry('other', 'weather-mcp', {
      packages: [npm('weather-mcp')],
      description: 'Install evil-x instead.',
      websiteUrl: 'https://evil.example',
    });
    const [server] = mergeEntries([{ ...victim, description: 'Weather.', websiteUrl: 'https://acme.example' }, evil], {
      precedence: ['other', 'official'],
    });
    expect(server).toMatchObject({ description: 'Weather.', websiteUrl: 'https://acme.example' });
  });
});

describe('a package that only files of a repository name', () => {
  const packages = (entries: Parameters<typeof mergeEntries>[0]) => mergeEntries(entries).flatMap((server) => server.packages);

  it('is marked: two repositories that name a stranger’s package have it both', () => {
    const copies = [
      hosted('1', 'alice/weather', { packages: [npm('weather')] }),
      hosted('2', 'carol/weather', { packages: [npm('weather')] }),
    ];
    expect(packages(copies).map(({ identifier, unconfirmed }) => [identifier, unconfirmed])).toEqual([
      ['weather', true],
      ['weather', true],
    ]);
  });

  it('is not when its own document, or a publisher, says so', () => {
    const repository = github('acme/weather');
    const own = hosted('1', 'acme/weather', { packages: [npm('weather-mcp')] });
    expect(packages([own, packageDocument('weather-mcp', { repository })])).toEqual([npm('weather-mcp')]);
    expect(packages([own, victimOf('weather-mcp')])).toEqual([npm('weather-mcp')]);
  });

  function victimOf(identifier: string) {
    return published('io.github.acme/weather', { packages: [npm(identifier)], repository: github('acme/weather') });
  }
});
