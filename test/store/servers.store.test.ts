import { expect, it } from 'vitest';
import { findServer, recordServers } from '../../src/store/servers.ts';
import { describeStore } from './backends.ts';
import { dumpStore } from './dump.ts';
import { allServers, at, hashOf, sampleServer } from './samples.ts';

describeStore('servers', (store) => {
  const record = (...servers: ReturnType<typeof sampleServer>[]) => recordServers(store(), { servers, now: at(1) });
  const found = async (wanted: string) => (await findServer(store(), wanted))?.id;

  it('says what is added, changed, unchanged and gone', async () => {
    await record(sampleServer('npm:a'), sampleServer('npm:b'), sampleServer('npm:c'));
    expect(await record(sampleServer('npm:a'), sampleServer('npm:b', { title: 'B' }), sampleServer('npm:d'))).toEqual({
      added: ['npm:d'],
      changed: ['npm:b'],
      unchanged: 1,
      gone: ['npm:c'],
      refused: [],
    });
    expect((await allServers(store())).map(({ id }) => id)).toEqual(['npm:a', 'npm:b', 'npm:d']);
  });

  it('writes nothing at all the second time', async () => {
    await record(sampleServer('npm:a', { aliases: ['npm:a', 'github:o/a'] }), sampleServer('npm:b'));
    const before = await dumpStore(store(), { exact: true });
    expect(await record(sampleServer('npm:a', { aliases: ['npm:a', 'github:o/a'] }), sampleServer('npm:b'))).toMatchObject({
      unchanged: 2,
    });
    expect(await dumpStore(store(), { exact: true })).toEqual(before);
  });

  it('revives a server that comes back', async () => {
    await record(sampleServer('npm:a'), sampleServer('npm:b'));
    await record(sampleServer('npm:b'));
    expect(await record(sampleServer('npm:a'), sampleServer('npm:b'))).toMatchObject({ added: ['npm:a'], unchanged: 1, gone: [] });
  });

  it('finds a server by id, alias and its name where that is unambiguous', async () => {
    await record(
      sampleServer('npm:a', { name: 'Alpha', aliases: ['github:o/a', 'npm:a'] }),
      sampleServer('npm:b', { name: 'Twin' }),
      sampleServer('npm:c', { name: 'Twin' }),
    );
    expect(await Promise.all(['npm:a', 'github:o/a', 'Alpha', 'Twin', 'nothing'].map(found))).toEqual([
      'npm:a',
      'npm:a',
      'npm:a',
      undefined,
      undefined,
    ]);
  });

  it('still finds a server that is gone by its id, unless its name belongs to another now', async () => {
    await record(sampleServer('npm:a', { name: 'Alpha' }));
    await record(sampleServer('npm:b', { name: 'Alpha' }));
    expect(await Promise.all(['npm:a', 'Alpha'].map(found))).toEqual(['npm:a', 'npm:b']);
  });

  it('keeps former ids resolving when servers merge, and merge again', async () => {
    await record(sampleServer('npm:a'));
    await record(sampleServer('github:o/a', { aliases: ['github:o/a', 'npm:a'] }));
    expect(await found('npm:a')).toBe('github:o/a');
    await record(sampleServer('github:o/a', { aliases: ['github:o/a'] }));
    expect(await found('npm:a')).toBe('github:o/a');
    await record(sampleServer('io.example/a', { aliases: ['github:o/a', 'io.example/a'] }));
    expect(await found('npm:a')).toBe('io.example/a');
  });

  it('replaces aliases that were never ids', async () => {
    await record(sampleServer('npm:a', { aliases: ['npm:a', 'pypi:a'] }));
    await record(sampleServer('npm:a', { aliases: ['npm:a', 'oci:a'] }));
    expect(await Promise.all(['pypi:a', 'oci:a'].map(found))).toEqual([undefined, 'npm:a']);
  });

  it('gives an alias that two servers claim to the one whose id it is, else to the first', async () => {
    await record(sampleServer('npm:a', { aliases: ['npm:a', 'npm:b', 'oci:x'] }), sampleServer('npm:b', { aliases: ['npm:b', 'oci:x'] }));
    expect(await Promise.all(['npm:b', 'oci:x'].map(found))).toEqual(['npm:b', 'npm:a']);
  });

  it('takes aliases of any length, and refuses only the server whose id no index can hold', async () => {
    // Hashes, so that compression does not make the key fit.
    const long = `https://example.org/${Array.from({ length: 150 }, (_, index) => hashOf(index)).join('/')}`;
    const changes = await record(sampleServer('npm:a', { aliases: ['npm:a', long] }), sampleServer(long));
    expect(changes).toMatchObject({ added: ['npm:a'], refused: [long] });
    expect(await found(long)).toBe('npm:a');
  });
});
