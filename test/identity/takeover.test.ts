import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/identity/entry.ts';
import { identifyEntries } from '../../src/identity/identify-entries.ts';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';
import { AUTHORITIES, entry, github, hosted, mergeEntries, npm, packageDocument, published, remote } from './entries.ts';

const released = (publishedAt: string) => ({ status: 'active' as const, publishedAt });
const LATER = { version: '9.9.9', release: released('2026-05-01T00:00:00Z') };
const URL_OF_POPULAR = 'https://mcp.popular.com/mcp';
const startedWith = (identifier: string, value: string) => ({ ...npm(identifier), packageArguments: [{ type: 'positional', value }] });

/** Known by nothing but its remote. */
const popular = published('com.popular/mcp', {
  ...{ title: 'Popular', description: 'Popular', websiteUrl: 'https://popular.com', version: '1.0.0' },
  ...{ release: released('2026-01-01T00:00:00Z'), repository: github('popular/mcp'), remotes: [remote(URL_OF_POPULAR)] },
});
/** On a rented host, so that nobody is entitled to the remote. */
const rented = published('io.github.foo/bar', {
  ...{ title: 'Foo', description: 'Foo', websiteUrl: 'https://foo.com', version: '1.0.0' },
  ...{ release: released('2026-01-01T00:00:00Z'), remotes: [remote('https://foo.vercel.app/mcp')] },
});
const EVIL = { title: 'EVIL', description: 'evil', websiteUrl: 'https://evil.com', ...LATER };
const evil = (rest: Partial<RegistryEntry>) => published('io.github.evil/x', { ...EVIL, ...rest });

/** What people and launch plans read of a server; who lists it besides is no harm. */
function readOf(entries: readonly Entry[], id: string) {
  const server = mergeEntries(entries, { precedence: ['second', 'official', 'npm', 'github'] }).find((one) => one.id === id);
  if (!server) throw new Error(`there is no ${id}`);
  const { sources: _, aliases: __, related: ___, ...read } = server;
  return read;
}

const withHeader = (url: string) => ({ ...remote(url), headers: [{ name: 'Authorization', value: 'x' }] });

it('an update does not make an old server the younger one', () => {
  const updated = { ...rented, release: released('2026-09-01T00:00:00Z'), firstPublishedAt: '2026-01-01T00:00:00Z' };
  const copy = evil({ remotes: [remote('https://foo.vercel.app/mcp')] });
  expect(readOf([copy, updated], 'url:https://foo.vercel.app')).toMatchObject({ name: 'io.github.foo/bar', title: 'Foo' });
});

describe('whoever lists what a server has does not speak for it', () => {
  it.each<[string, RegistryEntry, readonly RegistryEntry[]]>([
    ['a package that is started with its URL', popular, [evil({ packages: [startedWith('evil-pkg', URL_OF_POPULAR)] })]],
    [
      'a package that is started with its URL, in a listing',
      popular,
      [entry('second', 'zzz', { packages: [startedWith('evil-pkg', URL_OF_POPULAR)] })],
    ],
    ['a bridge to it, in a listing', popular, [entry('second', 'zzz', { packages: [startedWith('mcp-remote', URL_OF_POPULAR)] })]],
    ['a bridge to it, published', popular, [evil({ packages: [startedWith('mcp-remote', URL_OF_POPULAR)] })]],
    [
      'a bridge to it, in the files of its repository',
      { ...popular, repository: github('popular/mcp') },
      [hosted('7', 'popular/mcp', { packages: [startedWith('mcp-remote', URL_OF_POPULAR)] })],
    ],
    ['a URL that only looks like its', popular, [evil({ remotes: [remote('https://evil.com\\@mcp.popular.com/mcp')] })]],
    ['its remote in another spelling', popular, [evil({ remotes: [withHeader(`${URL_OF_POPULAR}?ref=1`)] })]],
    [
      'its remote in another spelling, where nobody is entitled',
      rented,
      [evil({ remotes: [remote('https://foo.vercel.app/mcp/?ref=1')] })],
    ],
    [
      'its remote over another transport, in a listing',
      popular,
      [entry('second', 'a', { ...EVIL, remotes: [{ ...withHeader('https://mcp.popular.com/sse'), type: 'sse' }] })],
    ],
    [
      'its remote, and one whose host is filled in',
      popular,
      [
        entry('second', 'a', {
          remotes: [remote(URL_OF_POPULAR), { ...remote('https://{h}/mcp'), variables: { h: { default: 'evil.com' } } }],
        }),
      ],
    ],
    [
      'its remote, and a repository whose package is its own',
      popular,
      [
        evil({ remotes: [remote(URL_OF_POPULAR)], repository: github('evil/x') }),
        hosted('66', 'evil/x', { description: 'evil', packages: [npm('evil-pkg')] }),
        packageDocument('evil-pkg', { repository: github('evil/x') }),
        entry('list', 'evil/x', { repository: github('evil/x') }),
      ],
    ],
    [
      'its remote, and files of a repository that say the name',
      popular,
      [
        evil({ remotes: [remote(URL_OF_POPULAR)], repository: github('evil/x') }),
        hosted('66', 'evil/x', { packages: [npm('evil-pkg')], registryName: { name: 'io.github.evil/x', proven: false } }),
        entry('list', 'a', { repository: github('evil/x'), registryName: { name: 'io.github.evil/x', proven: false } }),
      ],
    ],
    [
      'its remote, and a package under the same name in another registry',
      popular,
      [
        evil({ remotes: [remote(URL_OF_POPULAR)] }),
        entry('second', 'b', { registryName: { name: 'io.github.evil/x', proven: true }, packages: [npm('evil-pkg')] }),
      ],
    ],
    [
      'its repository, from a domain that bears its name, and nothing of its own',
      published('io.github.popular/tool', { version: '1.0.0', packages: [npm('popular')], repository: github('popular/tool') }),
      [
        published('xyz.popular/tool', {
          version: '9.9.9',
          websiteUrl: 'https://evil.com',
          release: LATER.release,
          repository: github('popular/tool'),
        }),
      ],
    ],
  ])('%s', (_, victim, attack) => {
    const [alone] = mergeEntries([victim]);
    const id = alone?.id ?? '';
    expect(readOf([victim, ...attack], id)).toStrictEqual(readOf([victim], id));
    expect(readOf([...attack, victim], id)).toStrictEqual(readOf([victim], id));
  });

  it('a listing adds no old version, with arguments of its own, of a package that somebody is entitled to', () => {
    const pinned = { ...npm('popular', '0.0.1'), packageArguments: [{ type: 'positional', value: 'x' }] };
    const listing = entry('second', 'popular', { ...EVIL, packages: [pinned] });
    expect(readOf([packageDocument('popular'), listing], 'npm:popular')).toMatchObject({ name: 'popular', packages: [npm('popular')] });
  });

  it('of strangers who list the same, the first to publish speaks for it, whatever their names', () => {
    const first = published('io.github.zoe/a', { ...EVIL, release: released('2025-01-01T00:00:00Z'), remotes: rented.remotes });
    const undated = published('io.github.abe/a', { remotes: rented.remotes });
    expect(readOf([undated, rented, first], 'url:https://foo.vercel.app').name).toBe('io.github.zoe/a');
  });

  it('one account that publishes a server under two names speaks for it under both', () => {
    const renamed = published('io.github.foo/new', { ...LATER, remotes: rented.remotes });
    expect(readOf([rented, renamed], 'url:https://foo.vercel.app')).toMatchObject({ name: 'io.github.foo/new', version: '9.9.9' });
  });

  it('who owns the repository that the entitled one names speaks for it, too', () => {
    const own = published('io.github.popular/mcp', { ...LATER, repository: github('popular/mcp'), remotes: [remote(URL_OF_POPULAR)] });
    expect(readOf([popular, own], 'url:https://mcp.popular.com')).toMatchObject({ name: 'io.github.popular/mcp', version: '9.9.9' });
  });

  it('a bridge stays with who is entitled to it', () => {
    const bridge = startedWith('mcp-remote', 'https://a.example/mcp');
    expect(readOf([published('io.github.acme/a', { packages: [bridge] })], 'url:https://a.example').packages).toStrictEqual([bridge]);
  });
});

describe('what is listed is bounded', () => {
  const many = <T>(count: number, of: (n: number) => T) => Array.from({ length: count }, (_, n) => of(n));

  it('of one entry 64 packages and 64 remotes are looked at', () => {
    const packages = many(200, (n) => npm(`p${n}`));
    const remotes = many(200, (n) => remote(`https://r${n}.example/mcp`));
    const [server] = mergeEntries([published('io.github.acme/a', { packages, remotes })]);
    expect([server?.packages, server?.remotes]).toStrictEqual([packages.slice(0, 64), remotes.slice(0, 64)]);
  });

  it('a server has 1,000 aliases: its keys and those of who is entitled, whoever else lists it', () => {
    const listings = many(3_000, (n) => entry('a-list', `x${n}`, { packages: [npm('popular')] }));
    const owner = published('io.github.popular/mcp', { packages: [npm('popular')] });
    const servers = mergeEntries([...listings, owner]);
    expect(servers).toHaveLength(1);
    expect(servers[0]?.aliases).toHaveLength(1_000);
    expect(servers[0]?.aliases).toEqual(expect.arrayContaining(['npm:popular', 'io.github.popular/mcp', 'official:io.github.popular/mcp']));
    expect(mergeEntries([owner, ...listings.reverse()])).toStrictEqual(servers);
  });

  it('a server that nobody is entitled to has 128 packages', () => {
    const listings = many(300, (n) => entry('list', `x${n}`, { packages: [npm('shared'), npm(`own${n}`)] }));
    expect(mergeEntries(listings).map(({ packages }) => packages.length)).toStrictEqual([128]);
  });

  it('of one entry no more than sixteen unconfirmed claims are kept', () => {
    const owners = many(60, (n) => packageDocument(`p${n}`));
    const packages = [...owners.flatMap((owner) => owner.packages), npm('own')];
    const listings = many(50, (n) => entry('second', `e${n}`, { packages }));
    const files = hosted('7', 'evil/x', { packages });
    const { claims } = identifyEntries([...owners, ...listings, files], { authorities: AUTHORITIES });
    expect([...Map.groupBy(claims, ({ by }) => by).values()].map((of) => of.length)).toStrictEqual(many(51, () => 16));
  });
});
