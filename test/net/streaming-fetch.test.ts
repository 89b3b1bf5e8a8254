import { getEventListeners } from 'node:events';
import { setImmediate as macrotask } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FetchLimits } from '../../src/net/http.ts';
import { HttpError } from '../../src/net/http-error.ts';
import { faultOf, networkError, plannedHttp, reply, START, USER_AGENT } from './planned-fetch.ts';

const URL_1 = 'https://remote.example/mcp';
const manners = { spacingMs: 0 };
const to = (location: string, status = 307) => reply(status, null, { location });

describe('fetch for libraries', () => {
  it('sends what it is given, and who asks', async () => {
    const { http, sent } = plannedHttp([reply(202)], { manners });
    const init = { method: 'post', headers: [['Content-Type', 'application/json']] as [string, string][], body: '{"id":1}' };
    const response = await http.fetch(new URL(URL_1), init);
    expect(response.status).toBe(202);
    expect(sent[0]).toMatchObject({ url: URL_1, method: 'POST', body: '{"id":1}' });
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toStrictEqual({ 'content-type': 'application/json', 'user-agent': USER_AGENT });
  });

  it('takes a Request too', async () => {
    const { http, sent } = plannedHttp([reply(200)], { manners });
    await http.fetch(new Request(URL_1, { method: 'DELETE', headers: { 'mcp-session-id': 's' } }));
    expect(sent[0]).toMatchObject({ url: URL_1, method: 'DELETE' });
    expect(sent[0]?.headers.get('mcp-session-id')).toBe('s');
  });

  it.each([200, 204, 304, 400, 401, 403, 404, 429, 500, 503])(
    'hands on whatever is answered, and tries nothing again: %d',
    async (status) => {
      const body = status === 204 || status === 304 ? null : 'words';
      const answer = reply(status, body, { 'www-authenticate': 'Bearer x', 'content-type': 'text/plain' });
      const { http, expectAllUsed } = plannedHttp([answer], { manners });
      const response = await http.fetch(URL_1);
      expect({ status: response.status, url: response.url, text: await response.text() }).toStrictEqual({
        status,
        url: URL_1,
        text: body ?? '',
      });
      expect(response.headers.get('www-authenticate')).toBe('Bearer x');
      expectAllUsed();
    },
  );

  it('throws a fault for what the network does', async () => {
    const { http } = plannedHttp([networkError('ECONNREFUSED')], { manners });
    await expect(http.fetch(URL_1)).rejects.toBeInstanceOf(HttpError);
  });

  it.each([
    ['http://remote.example/', 'insecure-url'],
    ['https://127.0.0.1/', 'private-address'],
    ['https://a:b@remote.example/', 'insecure-url'],
    ['https://out.example/', 'opted-out'],
    ['not a url', 'bad-url'],
  ])('asks nothing that may not be asked: %s: %s', async (url, code) => {
    const { http, sent } = plannedHttp([], { manners, optOut: ['out.example'] });
    expect(await http.fetch(url).catch(faultOf)).toMatchObject({ code });
    expect(sent).toStrictEqual([]);
  });

  it('waits when another request was told to', async () => {
    const { http, sent } = plannedHttp([reply(429, '', { 'retry-after': '5' }), reply(200)], { manners });
    await http.fetch(URL_1);
    await http.fetch(URL_1);
    expect(sent.map(({ at }) => at)).toStrictEqual([0, 5_000]);
  });

  it('has a place in the queue only until the headers are there', async () => {
    const open = () =>
      new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(': hi\n\n')) }));
    const { http, sent } = plannedHttp([open, open, open, reply(200)], { manners: { ...manners, concurrency: 1 } });
    const streams = [await http.fetch(URL_1), await http.fetch(URL_1), await http.fetch(URL_1)];
    await http.fetch(URL_1, { method: 'POST' });
    expect(sent).toHaveLength(4);
    await Promise.all(streams.map((stream) => stream.body?.cancel()));
  });

  it('keeps its distance and its place in line like everything else', async () => {
    const { http, sent } = plannedHttp([reply(200), reply(200), reply(200)]);
    await Promise.all([http.fetch(URL_1), http.fetch(URL_1), http.fetch(URL_1)]);
    expect(sent.map(({ at }) => at)).toStrictEqual([0, 500, 1_000]);
  });
});

describe('redirects of fetch', () => {
  it.each([
    [301, 'GET', undefined],
    [302, 'GET', undefined],
    [303, 'GET', undefined],
    [307, 'POST', '{"id":1}'],
    [308, 'POST', '{"id":1}'],
  ])('a POST is redirected with %d as %s', async (status, method, body) => {
    const { http, sent } = plannedHttp([to('/mcp/', status), reply(200)], { manners });
    const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
    const response = await http.fetch(URL_1, { method: 'POST', body: '{"id":1}', headers });
    expect(response.url).toBe(`${URL_1}/`);
    expect(sent[1]).toMatchObject({ method, body });
    expect(sent[1]?.headers.get('authorization')).toBe('Bearer x');
    expect(sent[1]?.headers.has('content-type')).toBe(body !== undefined);
  });

  it.each([
    ['another host', 'https://elsewhere.example/', 'redirect-refused'],
    ['another port', 'https://remote.example:444/', 'redirect-refused'],
    ['plain http', 'http://remote.example/', 'redirect-refused'],
    ['a private address', 'https://169.254.169.254/', 'private-address'],
    ['an opted-out host', 'https://out.example/', 'opted-out'],
  ])('to %s are not followed', async (_, location, code) => {
    const { http, expectAllUsed } = plannedHttp([to(location)], { manners, optOut: ['out.example'] });
    expect(await http.fetch(URL_1).catch(faultOf)).toMatchObject({ code });
    expectAllUsed();
  });

  it('say nothing of what was sent along when they are refused', async () => {
    const { http } = plannedHttp([to('https://elsewhere.example/ghp_secretsecret')], { manners });
    const fault = await http.fetch(URL_1, { headers: { authorization: 'token ghp_secretsecret' } }).catch(faultOf);
    expect(fault).toMatchObject({ code: 'redirect-refused', details: 'https://elsewhere.example/…' });
  });

  it('never lead to this machine or a trusted host where only public ones are wanted', async () => {
    const { http, sent } = plannedHttp([], { manners, allowLoopback: true, trustedHosts: ['trusted.example'] });
    const fetch = http.fetchWith({ reach: 'public' });
    expect(await fetch('http://127.0.0.1:1/mcp').catch(faultOf)).toMatchObject({ code: 'private-address' });
    expect(await fetch('https://trusted.example/mcp').catch(faultOf)).toMatchObject({ code: 'private-address' });
    expect(sent).toStrictEqual([]);
  });

  it('have an end', async () => {
    const { http, sent } = plannedHttp(Array(6).fill(to('/mcp')), { manners });
    expect(await http.fetch(URL_1).catch(faultOf)).toMatchObject({ code: 'too-many-redirects' });
    expect(sent).toHaveLength(6);
  });

  it('are handed on to who follows them himself', async () => {
    const { http } = plannedHttp([to('https://elsewhere.example/')], { manners });
    const response = await http.fetch(URL_1, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toStrictEqual([307, 'https://elsewhere.example/']);
  });

  it('are refused for who wants none', async () => {
    const { http } = plannedHttp([to('/x')], { manners });
    expect(await http.fetch(URL_1, { redirect: 'error' }).catch(faultOf)).toMatchObject({ code: 'redirect-refused' });
  });

  it('never send half of a body that can be read only once', async () => {
    const { http } = plannedHttp([to('/x')], { manners });
    const body = new ReadableStream();
    const seen = await http.fetch(URL_1, { method: 'POST', body, duplex: 'half' }).catch(faultOf);
    expect(seen).toMatchObject({ code: 'redirect-refused' });
  });
});

describe('limits of a stream', () => {
  beforeEach(() => void vi.useFakeTimers({ now: START }));
  afterEach(() => void vi.useRealTimers());

  /** A stream that the test writes, and the reading of it. */
  async function openStream(limits: FetchLimits, init: RequestInit = {}) {
    const source = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>();
    const cancelled = vi.fn();
    const stream = new ReadableStream<Uint8Array>({ start: (controller) => source.resolve(controller), cancel: cancelled });
    const { http, sent } = plannedHttp([() => new Response(stream)], { manners });
    const response = await http.fetchWith(limits)(URL_1, init);
    const controller = await source.promise;
    const write = (bytes: number) => controller.enqueue(new Uint8Array(bytes));
    return { response, controller, write, cancelled, signal: sent[0]?.signal as AbortSignal };
  }

  it('counts bytes as they come', async () => {
    const { response, write, cancelled } = await openStream({ maxBytes: 100 });
    const reading = response.text().catch(faultOf);
    write(60);
    await macrotask();
    expect(cancelled).not.toHaveBeenCalled();
    write(60);
    expect(await reading).toMatchObject({ code: 'too-big' });
    expect(cancelled).toHaveBeenCalled();
  });

  it('ends a stream that goes on too long, however busy', async () => {
    const { response, write, signal } = await openStream({ timeoutMs: 1_000, idleMs: 300 });
    const reading = response.text().catch(faultOf);
    for (let n = 0; n < 20 && !signal.aborted; n++) {
      write(1);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(await reading).toMatchObject({ code: 'timeout', message: 'remote.example did not finish its answer within 1 s.' });
    expect(Date.now() - START).toBe(1_000);
  });

  it('ends a stream that is silent too long', async () => {
    const { response, write, signal } = await openStream({ timeoutMs: 60_000, idleMs: 300 });
    const reading = response.text().catch(faultOf);
    for (let n = 0; n < 5; n++) {
      write(1);
      await vi.advanceTimersByTimeAsync(250);
    }
    expect(signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(await reading).toMatchObject({ code: 'timeout', message: 'remote.example sent nothing within 0.3 s.' });
  });

  it('ends a stream that nobody reads', async () => {
    const { signal } = await openStream({ timeoutMs: 1_000 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends a host that never answers', async () => {
    const { http } = plannedHttp([() => new Promise(() => {})], { manners });
    const asking = http.fetch(URL_1).catch(faultOf);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await asking).toMatchObject({ code: 'timeout', retryable: true });
  });

  it.each(['the request', 'all requests'])('ends with what %s was told', async (who) => {
    const abort = new AbortController();
    const ofRequest = who === 'the request';
    const { response } = await openStream(ofRequest ? {} : { abort: abort.signal }, ofRequest ? { signal: abort.signal } : {});
    const reading = response.text();
    abort.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['read to its end', 'cancelled', 'broken'])('leaves no timer and no listener behind when it was %s', async (how) => {
    const abort = new AbortController();
    const { response, controller, write } = await openStream({ abort: abort.signal, idleMs: 500 });
    write(10);
    if (how === 'cancelled') await response.body?.cancel();
    else {
      if (how === 'broken') controller.error(new TypeError('terminated'));
      else controller.close();
      await response.text().catch(faultOf);
    }
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(abort.signal, 'abort')).toStrictEqual([]);
  });

  it('is cut off with a fault', async () => {
    const { response, controller } = await openStream({});
    controller.error(new TypeError('terminated', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) }));
    expect(await response.text().catch(faultOf)).toMatchObject({ code: 'unreachable', retryable: true });
  });
});
