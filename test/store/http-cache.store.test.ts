import { expect, it } from 'vitest';
import { httpCache, pruneHttpCache } from '../../src/store/http-cache.ts';
import { describeStore } from './backends.ts';
import { at } from './samples.ts';

const answer = (body: string) => ({
  url: 'https://index.example/a',
  status: 200,
  etag: '"1"',
  headers: { 'content-type': 'text/plain' },
  body,
});
const key = (letter: string) => letter.repeat(64);

describeStore('the cache of answers', (store) => {
  it('gives back the newest answer of a key, and nothing for another', async () => {
    const cache = httpCache(store(), () => at(1));
    await cache.put(key('a'), answer('one'));
    await cache.put(key('a'), { ...answer('two'), lastModified: 'Sat, 21 Nov 2026 00:00:00 GMT' });
    expect(await cache.get(key('a'))).toEqual({ ...answer('two'), lastModified: 'Sat, 21 Nov 2026 00:00:00 GMT' });
    expect(await cache.get(key('b'))).toBeUndefined();
  });

  it('keeps what a body may hold', async () => {
    const cache = httpCache(store(), () => at(1));
    await cache.put(key('a'), answer('{"a":"\\u0000 ü 🦊"}\n\u0000'));
    expect((await cache.get(key('a')))?.body).toBe('{"a":"\\u0000 ü 🦊"}\n\uFFFD');
  });

  it('forgets what is old', async () => {
    await httpCache(store(), () => at(1)).put(key('a'), answer('old'));
    await httpCache(store(), () => at(5)).put(key('b'), answer('new'));
    await pruneHttpCache(store(), at(3));
    const cache = httpCache(store(), () => at(9));
    expect([await cache.get(key('a')), (await cache.get(key('b')))?.body]).toEqual([undefined, 'new']);
  });
});
