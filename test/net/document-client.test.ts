import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MANNERS } from '../../src/net/manners.ts';
import { memoryCache } from '../../src/net/response-cache.ts';
import { faultOf, networkError, never, outcomeOf, type Planned, plannedHttp, reply, START, USER_AGENT } from './planned-fetch.ts';

const URL_1 = 'https://source.example/list';
const OK = reply(200, '{"n":1}');
const HTML = '<html><h1>503 Service Temporarily Unavailable</h1></html>';
const Page = z.object({ n: z.number() });

/** Spacing is tested where the queues are; here every wait is one that was asked for or a backoff. */
const manners = { spacingMs: 0 };

describe('what is tried again', () => {
  it.each<[string, Planned, readonly number[]]>([
    ['429 without a time', reply(429), [67_500]],
    ['429 with a time', reply(429, '', { 'retry-after': '30' }), [30_000]],
    ['429 with time zero', reply(429, HTML, { 'retry-after': '0' }), [67_500]],
    ['429 with a date', reply(429, '', { 'retry-after': 'Sat, 21 Nov 2026 00:02:00 GMT' }), [120_000]],
    ['403, a secondary limit in words', reply(403, '{"message":"You have exceeded a secondary rate limit"}'), [67_500]],
    ['403, used up', reply(403, '', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(START / 1000 + 59) }), [60_000]],
    ['500', reply(500), [500]],
    ['502', reply(502, HTML), [500]],
    ['503', reply(503, HTML), [500]],
    ['503 with a time', reply(503, HTML, { 'retry-after': '7' }), [7_000]],
    ['504', reply(504, HTML), [500]],
    ['a reset connection', networkError('ECONNRESET'), [500]],
    ['a host that is not there', networkError('ENOTFOUND'), [500]],
    ['an answer that was cut off', new Response(brokenBody(), { status: 200 }), [500]],
  ])('%s', async (_, failure, waits) => {
    const { http, clock, expectAllUsed } = plannedHttp([failure, OK], { manners });
    expect(await outcomeOf(http, URL_1)).toStrictEqual({ body: '{"n":1}' });
    expect(clock.waits).toStrictEqual(waits);
    expectAllUsed();
  });

  it.each<[string, Planned]>([
    ['HTML with 200', reply(200, HTML, { 'content-type': 'text/html' })],
    ['half a document', reply(200, '{"n":')],
    ['nothing', reply(200, '')],
  ])('%s, where JSON was wanted', async (_, failure) => {
    const { http, clock, expectAllUsed } = plannedHttp([failure, OK], { manners });
    expect(await http.getJson(URL_1, Page, { abort: never })).toStrictEqual({ n: 1 });
    expect(clock.waits).toStrictEqual([500]);
    expectAllUsed();
  });

  it.each([
    ['bad-status', 400],
    ['unauthorized', 401],
    ['bad-status', 403],
    ['bad-status', 404],
    ['bad-status', 410],
    ['bad-status', 422],
    ['bad-status', 451],
    ['bad-status', 501],
    ['bad-status', 304],
  ])('%s: never %d', async (code, status) => {
    const { http, clock, expectAllUsed } = plannedHttp([reply(status, status === 304 ? null : 'no')], { manners });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code, retryable: false, error: { status } });
    expect(clock.waits).toStrictEqual([]);
    expectAllUsed();
  });

  it('a certificate that cannot be trusted is not going to be', async () => {
    const { http, expectAllUsed } = plannedHttp([networkError('DEPTH_ZERO_SELF_SIGNED_CERT')], { manners });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code: 'unreachable', retryable: false });
    expectAllUsed();
  });

  it('what is no failure of the network is not tried again and comes out as it is', async () => {
    const bug = new RangeError('a bug');
    const { http } = plannedHttp([bug], { manners });
    await expect(http.get(URL_1, { abort: never })).rejects.toBe(bug);
  });

  it('waits longer from failure to failure, and gives up after as many tries as it has', async () => {
    const { http, clock, expectAllUsed } = plannedHttp(Array(5).fill(reply(503)), { manners });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code: 'bad-status', retryable: true, message: expect.stringContaining('503') });
    expect(clock.waits).toStrictEqual([500, 1_000, 2_000, 4_000]);
    expectAllUsed();
  });

  it('draws the wait from nothing to all of it', async () => {
    const draws = [0, 0.999, 0.25, 0.5];
    const { http, clock } = plannedHttp(Array(5).fill(reply(503)), { manners, random: () => draws.shift() as number });
    await outcomeOf(http, URL_1);
    expect(clock.waits).toStrictEqual([0, 1_998, 1_000, 4_000]);
  });

  it('doubles from a minute when a host limits and never says for how long', async () => {
    const { http, clock } = plannedHttp(Array(5).fill(reply(429)), { manners, random: () => 0 });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code: 'rate-limited', retryable: true });
    expect(clock.waits).toStrictEqual([60_000, 120_000, 240_000, 480_000]);
  });

  it('tries once where one try is wanted', async () => {
    const { http, expectAllUsed } = plannedHttp([reply(503)], { manners });
    expect(await outcomeOf(http, URL_1, { tries: 1 })).toMatchObject({ code: 'bad-status' });
    expectAllUsed();
  });

  it('does not wait longer than it may, and says until when it should', async () => {
    const { http, clock, expectAllUsed } = plannedHttp([reply(429, '', { 'retry-after': '901' })], { manners });
    expect(await outcomeOf(http, URL_1)).toMatchObject({
      code: 'rate-limited',
      retryable: true,
      message: 'source.example limits requests and wants to be left alone until 2026-11-21T00:15:01.000Z.',
      error: { status: 429, askedUntil: START + 901_000 },
    });
    expect(clock.waits).toStrictEqual([]);
    expectAllUsed();
  });

  it('asks nothing of a host before the time that was too long to wait, and everything after it', async () => {
    const { http, clock, sent } = plannedHttp([reply(429, '', { 'retry-after': '1000' }), OK], { manners });
    await outcomeOf(http, URL_1);
    expect(await outcomeOf(http, `${URL_1}/2`)).toMatchObject({ code: 'rate-limited', error: { askedUntil: START + 1_000_000 } });
    expect(sent).toHaveLength(1);
    await clock.sleep(1_000_000);
    expect(await outcomeOf(http, `${URL_1}/2`)).toHaveProperty('body');
  });

  it('waits as long as a host is allowed to ask', async () => {
    const hosts = { 'source.example': { maxWaitMs: 4_000_000 } };
    const { http, clock } = plannedHttp([reply(429, '', { 'retry-after': '3600' }), OK], { manners: { ...manners, hosts } });
    expect(await outcomeOf(http, URL_1)).toHaveProperty('body');
    expect(clock.waits).toStrictEqual([3_600_000]);
  });

  it('adds up what one request waits', async () => {
    const limits = Array(5).fill(reply(429, '', { 'retry-after': '800' }));
    const { http, clock } = plannedHttp(limits, { manners });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code: 'rate-limited' });
    expect(clock.waits).toStrictEqual([800_000, 800_000]);
    expect(MANNERS.maxTotalWaitMs).toBeLessThan(3 * 800_000);
  });

  it('stops waiting when it is told to, with what it was told', async () => {
    const abort = new AbortController();
    const { http } = plannedHttp([
      () => {
        abort.abort(new Error('enough'));
        return reply(503);
      },
    ]);
    await expect(http.get(URL_1, { abort: abort.signal })).rejects.toThrow('enough');
  });

  it('asks nothing when it was told to stop before', async () => {
    const { http, sent } = plannedHttp([]);
    await expect(http.get(URL_1, { abort: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(sent).toStrictEqual([]);
  });
});

function brokenBody(): ReadableStream<Uint8Array> {
  let pulls = 0;
  return new ReadableStream({
    pull(controller) {
      if (pulls++ === 0) controller.enqueue(new TextEncoder().encode('{"n"'));
      else
        controller.error(new TypeError('terminated', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) }));
    },
  });
}

describe('what is sent', () => {
  it('is a GET that says who asks, whatever the caller says', async () => {
    const { http, sent } = plannedHttp([OK], { manners });
    await http.get(`${URL_1}#top`, { abort: never, headers: { 'User-Agent': 'someone else', 'X-Own': '1' } });
    expect(sent[0]).toMatchObject({ url: URL_1, method: 'GET', body: undefined });
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toStrictEqual({ 'user-agent': USER_AGENT, 'x-own': '1' });
  });

  it('wants JSON where JSON is wanted, and what the caller wants where he says it', async () => {
    const { http, sent } = plannedHttp([OK, OK], { manners });
    await http.getJson(URL_1, Page, { abort: never });
    await http.getJson(URL_1, Page, { abort: never, headers: { Accept: 'application/x+json' } });
    expect(sent.map(({ headers }) => headers.get('accept'))).toStrictEqual(['application/json', 'application/x+json']);
  });
});

describe('what an answer may be', () => {
  it('gives back where it came from, its headers and its text', async () => {
    const { http } = plannedHttp([reply(203, '\u{feff}grüß', { link: '<x>; rel="next"' })], { manners });
    const { url, status, body, headers, notModified } = await http.get(URL_1, { abort: never });
    expect({ url, status, body, notModified, link: headers.get('link') }).toStrictEqual({
      url: URL_1,
      status: 203,
      body: 'grüß',
      notModified: false,
      link: '<x>; rel="next"',
    });
  });

  it('is not read when its headers say that it is too big', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(10)) });
    const { http, sent } = plannedHttp([() => new Response(body, { headers: { 'content-length': '1000000000' } })], { manners });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code: 'too-big', retryable: false });
    expect(sent[0]?.signal.aborted).toBe(true);
  });

  it('is read up to the limit, and no further', async () => {
    let chunks = 0;
    const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_000).fill(32 + (chunks++ % 2))) });
    const { http } = plannedHttp([() => new Response(endless())], { manners });
    expect(await outcomeOf(http, URL_1, { maxBytes: 10_000 })).toMatchObject({ code: 'too-big' });
    expect(chunks).toBeLessThan(15);
  });

  it('may be as big as the limit', async () => {
    const { http } = plannedHttp([reply(200, 'x'.repeat(100))], { manners });
    expect(await outcomeOf(http, URL_1, { maxBytes: 100 })).toStrictEqual({ body: 'x'.repeat(100) });
  });

  it('says at which place it has another shape, and is not asked for again', async () => {
    const shape = z.object({ servers: z.array(z.object({ name: z.string() })) });
    const { http, expectAllUsed } = plannedHttp([reply(200, '{"servers":[{"name":"a"},{"name":7}]}')], { manners });
    const fault = await http.getJson(URL_1, shape, { abort: never }).catch(faultOf);
    expect(fault).toMatchObject({ code: 'bad-shape', retryable: false, details: expect.stringMatching(/^servers\[1\]\.name: /) });
    expectAllUsed();
  });

  it('may not nest so deep that reading it ends in a stack overflow', async () => {
    const { http } = plannedHttp([reply(200, `${'['.repeat(100_000)}${']'.repeat(100_000)}`)], { manners });
    const fault = await http.getJson(URL_1, z.json(), { abort: never }).catch(faultOf);
    expect(fault).toMatchObject({ code: 'bad-shape' });
  });

  it('shows the start of an unwanted one, made safe to print, without what was sent along', async () => {
    const words = `\u001b[2Jno entry for Bearer ghp_secretsecret${'.'.repeat(1_000)}`;
    const { http } = plannedHttp([reply(404, words)], { manners });
    const fault = await outcomeOf(http, URL_1, { headers: { Authorization: 'Bearer ghp_secretsecret' } });
    expect(fault).toMatchObject({ details: expect.stringMatching(/^\\u001b\[2Jno entry for …\.+$/) });
    expect(JSON.stringify(fault)).not.toContain('ghp_');
    expect(fault).toMatchObject({ details: expect.toSatisfy((text: string) => text.length < 500) });
  });

  describe('says nothing of what was sent along', () => {
    const TOKEN = 'ghp_Secret+Secret/"1"';
    const bearer = { authorization: `Bearer ${TOKEN}` };
    const basic = { authorization: `Basic ${btoa('me:hunter2')}` };
    const cookie = { cookie: 'theme=dark; sid=0123456789abcdef' };

    it.each<[string, Record<string, string>, (sent: Headers) => Response, string]>([
      ['in a page instead of JSON', bearer, (sent) => reply(200, `<pre>${sent.get('authorization')}`), 'ghp_'],
      ['in a page with JSON in it', bearer, (sent) => reply(200, `<pre>${JSON.stringify([...sent])}`), 'ghp_'],
      ['in a page with a link in it', bearer, () => reply(200, `<a href="?t=${encodeURIComponent(TOKEN)}">`), 'ghp_'],
      ['as a name in JSON', bearer, () => reply(200, JSON.stringify({ n: 1, [TOKEN]: 1 })), 'ghp_'],
      ['cut off in the middle', bearer, () => reply(400, `${TOKEN} `.repeat(1_000)), 'ghp_'],
      ['cut off in the middle of a page', bearer, () => reply(200, `${TOKEN} `.repeat(1_000)), 'ghp_'],
      [
        'in a redirect that is refused',
        bearer,
        () => reply(302, null, { location: `http://a.example/${encodeURIComponent(TOKEN)}` }),
        'ghp_',
      ],
      ['in a redirect to what is no URL', bearer, () => reply(302, null, { location: `https://[${TOKEN}` }), 'ghp_'],
      ['in a status', bearer, () => reply(400, TOKEN), 'ghp_'],
      ['as the password that was encoded', basic, () => reply(400, 'me:hunter2'), 'hunter2'],
      ['as the password alone', basic, () => reply(200, 'sorry, hunter2!'), 'hunter2'],
      ['as one cookie of several', cookie, () => reply(400, 'no session 0123456789abcdef'), '0123456789'],
    ])('%s', async (_, headers, answer, secret) => {
      const { http } = plannedHttp([(request) => answer(request.headers)], { manners });
      const strict = z.strictObject({ n: z.number() });
      const fault = await http.getJson(URL_1, strict, { abort: never, tries: 1, headers }).catch(faultOf);
      expect(fault).toHaveProperty('code');
      expect(JSON.stringify(fault)).not.toContain(secret);
      expect(JSON.stringify(fault)).not.toContain('Secret%');
    });

    it('in the address of another host that it was sent on to', async () => {
      const redirect = reply(302, null, { location: 'https://log.example/ghp_secretsecret' });
      const { http } = plannedHttp([redirect, reply(404)], { manners });
      const fault = await http.get(URL_1, { abort: never, headers: { authorization: 'Bearer ghp_secretsecret' } }).catch(faultOf);
      expect(fault).toMatchObject({ code: 'bad-status', subject: expect.stringMatching(/^https:\/\/log\.example\/./) });
      expect(JSON.stringify(fault)).not.toContain('ghp_');
    });
  });

  it.each([100, 999])('has a status that means something: not %d', async (status) => {
    const odd = new Proxy(reply(200), { get: (target, name) => (name === 'status' ? status : Reflect.get(target, name, target)) });
    const { http } = plannedHttp([() => odd], { manners });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code: 'bad-status', retryable: false });
  });
});

describe('redirects', () => {
  const to = (location: string, status = 302) => reply(status, null, { location });

  it.each([301, 302, 303, 307, 308])('are followed: %d', async (status) => {
    const { http, sent, expectAllUsed } = plannedHttp([to('/there', status), OK], { manners });
    expect((await http.get(URL_1, { abort: never, headers: { authorization: 'Bearer x' } })).url).toBe('https://source.example/there');
    expect(sent[1]?.headers.get('authorization')).toBe('Bearer x');
    expectAllUsed();
  });

  it.each([
    ['another host', 'https://elsewhere.example/'],
    ['another port', 'https://source.example:8443/'],
    ['a host below', 'https://www.source.example/'],
  ])('to %s take no credentials along', async (_, location) => {
    const { http, sent } = plannedHttp([to(location), OK], { manners });
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'k', Accept: 'text/plain' };
    await http.get(URL_1, { abort: never, headers });
    expect(Object.fromEntries(sent[1]?.headers ?? [])).toStrictEqual({ accept: 'text/plain', 'user-agent': USER_AGENT });
  });

  it('have an end after five', async () => {
    const { http, sent } = plannedHttp(Array(6).fill(to(URL_1)), { manners });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code: 'too-many-redirects', retryable: false });
    expect(sent).toHaveLength(6);
  });

  it.each([
    ['http://source.example/', 'redirect-refused'],
    ['https://10.0.0.1/', 'private-address'],
    ['https://localhost/', 'private-address'],
    ['https://user:pw@source.example/', 'insecure-url'],
    ['https://gone.example/', 'opted-out'],
  ])('to %s: %s', async (location, code) => {
    const { http, expectAllUsed } = plannedHttp([to(location)], { manners, optOut: ['gone.example'], allowLoopback: true });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code, retryable: false });
    expectAllUsed();
  });

  it('without a target are an answer like any other', async () => {
    const { http } = plannedHttp([reply(302, null)], { manners });
    expect(await outcomeOf(http, URL_1)).toMatchObject({ code: 'bad-status', error: { status: 302 } });
  });

  it('wait for what the host asks that they lead to', async () => {
    const limited = reply(429, '', { 'retry-after': '9' });
    const plan = [to('https://elsewhere.example/'), limited, to('https://elsewhere.example/'), OK];
    const { http, sent } = plannedHttp(plan, { manners });
    await http.get(URL_1, { abort: never });
    expect(sent.map(({ at }) => at)).toStrictEqual([0, 0, 0, 9_000]);
  });
});

describe('where a stranger’s word may lead', () => {
  const settings = { manners, allowLoopback: true, trustedHosts: ['registry.corp.example'] };
  const from = new URL('https://remote.example/mcp');

  it.each([
    ['this machine', 'https://127.0.0.1:9200/_cat/indices', 'private-address'],
    ['this machine by name', 'https://localhost/', 'private-address'],
    ['this machine over http', 'http://127.0.0.1:9200/', 'redirect-refused'],
    ['a trusted host', 'https://registry.corp.example/admin?delete=1', 'private-address'],
    ['a trusted host in another spelling', 'https://Registry.CORP.example.:8443/', 'private-address'],
  ])('not to %s', async (_, url, code) => {
    for (const options of [{ from }, { reach: 'public' as const }]) {
      const { http, sent } = plannedHttp([], settings);
      const expected = code === 'redirect-refused' && !('from' in options) ? 'private-address' : code;
      expect(await outcomeOf(http, url, options)).toMatchObject({ code: expected, retryable: false });
      expect(sent).toStrictEqual([]);
    }
    const { http } = plannedHttp([reply(302, null, { location: url })], settings);
    expect(await outcomeOf(http, from.href)).toMatchObject({ code });
  });

  it.each([
    ['from this machine to itself', 'http://127.0.0.1:1/mcp', 'http://127.0.0.1:2/meta'],
    ['from a trusted host to itself', 'https://registry.corp.example/mcp', 'https://registry.corp.example/meta'],
    ['to everyone', from.href, 'https://login.example/meta'],
  ])('%s', async (_, start, url) => {
    const { http, expectAllUsed } = plannedHttp([OK], settings);
    expect(await outcomeOf(http, url, { from: new URL(start) })).toHaveProperty('body');
    expectAllUsed();
  });

  it('what is named by the user may lead there', async () => {
    const { http, expectAllUsed } = plannedHttp([OK, OK], settings);
    expect(await outcomeOf(http, 'http://127.0.0.1:9200/')).toHaveProperty('body');
    expect(await outcomeOf(http, 'https://registry.corp.example/')).toHaveProperty('body');
    expectAllUsed();
  });

  it('public alone counts for redirects too', async () => {
    const { http, expectAllUsed } = plannedHttp([reply(302, null, { location: 'https://registry.corp.example/' })], settings);
    expect(await outcomeOf(http, from.href, { reach: 'public' })).toMatchObject({ code: 'private-address' });
    expectAllUsed();
  });
});

describe('a tenant', () => {
  const [a, b] = [{ name: 'a' }, { name: 'b' }];

  it('that wants to be left alone holds neither its neighbour nor the host', async () => {
    const { http, sent } = plannedHttp([reply(429, '', { 'retry-after': '30' }), OK, OK, OK], { manners });
    const first = http.get(URL_1, { abort: never, tenant: a });
    await http.get(URL_1, { abort: never, tenant: b });
    await http.get(URL_1, { abort: never });
    await first;
    expect(sent.map(({ at }) => at)).toStrictEqual([0, 0, 0, 30_000]);
  });
});

describe('conditional requests', () => {
  const first = reply(200, '{"n":1}', {
    etag: 'W/"a"',
    'last-modified': 'Fri, 20 Nov 2026 00:00:00 GMT',
    link: '<next>',
    'content-type': 'application/json',
  });
  const notModified = reply(304, null, { 'x-ratelimit-remaining': '41' });
  const conditional = { abort: never, conditional: true };

  it('give the stored body back when nothing changed', async () => {
    const { http, sent, expectAllUsed } = plannedHttp([first, notModified], { manners });
    await http.get(URL_1, conditional);
    const again = await http.get(URL_1, conditional);
    expect(again).toMatchObject({ url: URL_1, status: 200, body: '{"n":1}', notModified: true });
    expect(Object.fromEntries(again.headers)).toStrictEqual({
      'x-ratelimit-remaining': '41',
      link: '<next>',
      'content-type': 'application/json',
    });
    expect(sent[1]?.headers.get('if-none-match')).toBe('W/"a"');
    expect(sent[1]?.headers.get('if-modified-since')).toBe('Fri, 20 Nov 2026 00:00:00 GMT');
    expectAllUsed();
  });

  it('give the new body when something did, and store that', async () => {
    const { http, sent } = plannedHttp([first, reply(200, '{"n":2}', { etag: '"b"' }), notModified], { manners });
    const bodies = [];
    for (let n = 0; n < 3; n++) bodies.push((await http.get(URL_1, conditional)).body);
    expect(bodies).toStrictEqual(['{"n":1}', '{"n":2}', '{"n":2}']);
    expect(sent[2]?.headers.get('if-none-match')).toBe('"b"');
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['another token', { authorization: 'Bearer a' }, { authorization: 'Bearer b' }],
    ['no token', { authorization: 'Bearer a' }, {}],
    ['another Accept', { accept: 'text/plain' }, { accept: 'text/html' }],
  ])('keep apart what was asked with %s', async (_, before, after) => {
    const { http, sent } = plannedHttp([first, first], { manners });
    await http.get(URL_1, { ...conditional, headers: before });
    await http.get(URL_1, { ...conditional, headers: after });
    expect(sent[1]?.headers.has('if-none-match')).toBe(false);
  });

  it.each<[string, Response]>([
    ['has no validator', reply(200, 'x')],
    ['is not to be stored', reply(200, 'x', { etag: '"a"', 'cache-control': 'private, no-store' })],
    ['has a validator of a megabyte', reply(200, 'x', { etag: `"${'a'.repeat(1_000_000)}"` })],
    ['is another 2xx', reply(206, 'x', { etag: '"a"' })],
  ])('store nothing that %s', async (_, answer) => {
    const { http, sent } = plannedHttp([answer, answer], { manners });
    await http.get(URL_1, conditional);
    await http.get(URL_1, conditional);
    expect(sent[1]?.headers.has('if-none-match')).toBe(false);
  });

  it('are made only when asked for', async () => {
    const { http, sent } = plannedHttp([first, first], { manners });
    await http.get(URL_1, conditional);
    await http.get(URL_1, { abort: never });
    expect(sent[1]?.headers.has('if-none-match')).toBe(false);
  });

  it('never store what could not be read, whatever its validator', async () => {
    const captive = reply(200, HTML, { etag: '"portal"' });
    const { http, sent, expectAllUsed } = plannedHttp([captive, first], { manners });
    expect(await http.getJson(URL_1, Page, conditional)).toStrictEqual({ n: 1 });
    expect(sent[1]?.headers.has('if-none-match')).toBe(false);
    expectAllUsed();
  });

  it('ask for the whole when what is stored no longer fits', async () => {
    const { http, sent, expectAllUsed } = plannedHttp([first, notModified, reply(200, '{"m":1}', { etag: '"c"' })], { manners });
    await http.getJson(URL_1, Page, conditional);
    expect(await http.getJson(URL_1, z.object({ m: z.number() }), { ...conditional })).toStrictEqual({ m: 1 });
    expect(sent[2]?.headers.has('if-none-match')).toBe(false);
    expectAllUsed();
  });

  it('show a validator only to the URL it came from', async () => {
    const moved = reply(301, null, { location: '/new' });
    const { http, sent } = plannedHttp([moved, first, moved, notModified], { manners });
    await http.get(URL_1, conditional);
    expect(await http.get(URL_1, conditional)).toMatchObject({ url: 'https://source.example/new', notModified: true });
    expect(sent.map(({ headers }) => headers.get('if-none-match'))).toStrictEqual([null, null, null, 'W/"a"']);
  });

  it('are written down without the token', async () => {
    const kept = new Map<string, unknown>();
    const cache = { get: async () => undefined, put: async (key: string, answer: unknown) => void kept.set(key, answer) };
    const { http } = plannedHttp([first], { manners, cache });
    await http.get(URL_1, { ...conditional, headers: { authorization: 'Bearer ghp_secretsecret' } });
    const [[key, answer] = []] = kept;
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect([answer]).toStrictEqual([
      {
        url: URL_1,
        status: 200,
        etag: 'W/"a"',
        lastModified: 'Fri, 20 Nov 2026 00:00:00 GMT',
        headers: { 'content-type': 'application/json', link: '<next>' },
        body: '{"n":1}',
      },
    ]);
  });
});

describe('the cache in memory', () => {
  const answer = (body: string) => ({ url: URL_1, status: 200, headers: {}, body });

  it('forgets what was used longest ago when it is full', async () => {
    const cache = memoryCache(10);
    await cache.put('a', answer('1234'));
    await cache.put('b', answer('1234'));
    await cache.get('a');
    await cache.put('c', answer('1234'));
    expect(await Promise.all(['a', 'b', 'c'].map((key) => cache.get(key)))).toStrictEqual([answer('1234'), undefined, answer('1234')]);
  });

  it('counts an answer that replaces another once', async () => {
    const cache = memoryCache(10);
    await cache.put('b', answer('123'));
    for (let n = 0; n < 5; n++) await cache.put('a', answer('1234'));
    expect(await cache.get('b')).toBeDefined();
  });
});
