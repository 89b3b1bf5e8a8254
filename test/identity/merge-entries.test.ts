import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeEntries } from '../../src/identity/merge-entries.ts';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';

function entry(source: string, id: string, rest: Partial<RegistryEntry> = {}): RegistryEntry {
  return { source, id, name: id, packages: [], remotes: [], raw: {}, ...rest };
}
const npm = (identifier: string, version = '1.0.0') => ({ registryType: 'npm' as const, identifier, version });
const remote = (url: string) => ({ type: 'streamable-http' as const, url });

describe('mergeEntries', () => {
  it('makes one server of two entries with one package, and keeps every name as an alias', () => {
    const servers = mergeEntries([
      entry('b', 'com.example/thing', { packages: [npm('thing')], remotes: [remote('https://example.com/mcp')] }),
      entry('a', 'thing', { packages: [npm('thing')], title: 'Thing' }),
    ]);
    expect(servers).toHaveLength(1);
    expect(servers[0]).toMatchObject({
      id: 'npm:thing',
      title: 'Thing',
      sources: ['a', 'b'],
      aliases: ['com.example/thing', 'npm:thing', 'thing', 'url:https://example.com/mcp'],
    });
  });

  it('is named by its strongest key, whatever comes first in the alphabet', () => {
    const packages = [{ registryType: 'cargo' as const, identifier: 'a' }, npm('z')];
    expect(mergeEntries([entry('s', 'x', { packages })])[0]?.id).toBe('npm:z');
  });

  it('joins through a third entry', () => {
    const bridge = entry('c', 'z', { packages: [npm('x')], remotes: [remote('https://example.com/mcp')] });
    const servers = mergeEntries([entry('a', 'x', { packages: [npm('x')] }), entry('b', 'y', { remotes: bridge.remotes }), bridge]);
    expect(servers.map(({ id, sources }) => [id, sources])).toStrictEqual([['npm:x', ['a', 'b', 'c']]]);
  });

  it('keeps two packages of one repository apart', () => {
    const repository = { url: 'https://example.com/mono' };
    const servers = mergeEntries([
      entry('a', 'one', { packages: [npm('one')], repository }),
      entry('a', 'two', { packages: [npm('two')], repository }),
    ]);
    expect(servers.map(({ id }) => id)).toStrictEqual(['npm:one', 'npm:two']);
  });

  it('knows an entry without package and remote by its own id', () => {
    expect(mergeEntries([entry('a', 'bare')]).map(({ id }) => id)).toStrictEqual(['a:bare']);
  });

  it('gives the same servers in any order', () => {
    const anyEntry = fc
      .record({
        source: fc.constantFrom('a', 'b'),
        id: fc.nat(20),
        packages: fc.array(fc.nat(8), { maxLength: 3 }),
        urls: fc.array(fc.nat(5), { maxLength: 2 }),
      })
      .map(({ source, id, packages, urls }) =>
        entry(source, String(id), {
          packages: packages.map((n) => npm(`p${n}`)),
          remotes: urls.map((n) => remote(`https://example.com/${n}`)),
        }),
      );
    const anyEntries = fc.uniqueArray(anyEntry, { selector: ({ source, id }) => `${source} ${id}` });
    fc.assert(
      fc.property(anyEntries, fc.infiniteStream(fc.nat()), (entries, random) => {
        const shuffled = [...entries].map((item) => ({ item, at: random.next().value ?? 0 })).sort((a, b) => a.at - b.at);
        expect(mergeEntries(shuffled.map(({ item }) => item))).toStrictEqual(mergeEntries(entries));
      }),
    );
  });
});
