import { getEventListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { get as plainGet } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type HttpParts } from '../../src/net/create-http.ts';
import { HttpError } from '../../src/net/http-error.ts';
import { type NetworkSettings, openNetwork } from '../../src/net/open-network.ts';
import { HOSTILE, type LoopbackServer, serve } from './hostile-server.ts';
import { outcomeOf } from './planned-fetch.ts';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

const fixture = (name: string) => readFileSync(new URL(`../fixtures/net/${name}`, import.meta.url), 'utf8');

async function loopback(...args: Parameters<typeof serve>): Promise<LoopbackServer> {
  const server = await serve(...args);
  opened.push(server);
  return server;
}

function realHttp({ allowLoopback = true, resolve, ...parts }: Partial<HttpParts> & Pick<NetworkSettings, 'resolve'> = {}) {
  const network = openNetwork({ allowLoopback, resolve });
  opened.push(network);
  return createHttp({ fetch: network.fetch, userAgent: 'assay/test', allowLoopback, manners: { spacingMs: 0, tries: 1 }, ...parts });
}

/** Straight to the guarded network, past the rules on URLs: what is refused here is refused when connecting. */
async function refusalOf(url: string, settings: NetworkSettings): Promise<string> {
  const network = openNetwork(settings);
  opened.push(network);
  try {
    await network.fetch(url, {});
    return 'answered';
  } catch (error) {
    const { cause } = error as Error;
    return cause instanceof HttpError ? cause.fault.code : String(cause);
  }
}

const resolveTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const hello: Parameters<typeof serve>[0] = (_, response) => response.end('hello');

describe('the guard refuses when connecting', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0',
    '0.0.0.0',
    'localhost',
  ])('%s, which reaches this machine without it', async (host) => {
    const server = await loopback(hello);
    const url = `http://${host}:${server.port}/`;
    expect(await refusalOf(url, { allowLoopback: false })).toBe('private-address');
    expect(server.asked).toStrictEqual([]);
    expect(await (await fetch(url)).text()).toBe('hello');
    expect(server.asked).toStrictEqual(['/']);
  });

  it.each([
    '10.0.0.1',
    '169.254.169.254',
    '2852039166',
    '100.64.0.1',
    '192.168.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '[::]',
    '[fe80::1]',
    '[fd00::1]',
    '[ff02::1]',
    '[64:ff9b::10.0.0.1]',
    '[64:ff9b:1::8.8.8.8]',
    '[2002:a00:1::]',
    '[2001:0:a00:1::]',
  ])('the literal %s, loopback allowed or not', async (host) => {
    expect(await refusalOf(`http://${host}/`, { allowLoopback: false })).toBe('private-address');
    expect(await refusalOf(`http://${host}/`, { allowLoopback: true })).toBe('private-address');
  });

  it.each([
    ['loopback', ['127.0.0.1']],
    ['loopback, IPv6', ['::1']],
    ['loopback, IPv4-mapped', ['::ffff:127.0.0.1']],
    ['loopback through NAT64', ['64:ff9b::7f00:1']],
    ['metadata', ['169.254.169.254']],
    ['a public address and a private one', ['93.184.216.34', '10.0.0.1']],
    ['a private address and a public one', ['10.0.0.1', '93.184.216.34']],
    ['what is no address', ['not an address']],
  ])('a name that leads to %s', async (_, addresses) => {
    const settings = { resolve: resolveTo(...addresses) };
    expect(await refusalOf('http://public.example/', { allowLoopback: false, ...settings })).toBe('private-address');
    // Loopback is for what the user named himself: a name on the internet stays refused.
    expect(await refusalOf('http://public.example/', { allowLoopback: true, ...settings })).toBe('private-address');
  });

  it('says to whoever asked which name led where', async () => {
    const http = realHttp({ allowLoopback: false, resolve: resolveTo('192.168.0.7') });
    expect(await outcomeOf(http, 'https://public.example/x')).toMatchObject({
      code: 'private-address',
      retryable: false,
      message: expect.stringMatching(/^public\.example leads to 192\.168\.0\.7, which is not on the public internet; .*trustedHosts/),
    });
  });

  it('takes a name without an address for one that is not there', async () => {
    expect(await outcomeOf(realHttp({ resolve: async () => [] }), 'https://public.example/')).toMatchObject({ code: 'unreachable' });
  });

  it('lets through to loopback what is allowed to go there', async () => {
    const server = await loopback(hello);
    for (const host of ['127.0.0.1', 'localhost']) {
      const http = realHttp({ resolve: resolveTo('127.0.0.1') });
      expect(await outcomeOf(http, `http://${host}:${server.port}/`)).toStrictEqual({ body: 'hello' });
    }
  });
});

describe('a name that changes its mind', () => {
  /** Answers with each address once, in this order. */
  function changing(...answers: string[]) {
    const asked: string[] = [];
    const resolve = async (hostname: string) => {
      asked.push(hostname);
      return await resolveTo(answers[Math.min(asked.length, answers.length) - 1] as string)();
    };
    return { asked, resolve };
  }

  it('gets past who looks first and connects then', async () => {
    const server = await loopback(hello);
    const { resolve } = changing('93.184.216.34', '127.0.0.1');
    expect((await resolve('public.example')).map(({ address }) => address)).toStrictEqual(['93.184.216.34']);
    const answer = Promise.withResolvers<number | undefined>();
    const lookup = (name: string, _: object, callback: (error: null, found: { address: string; family: number }[]) => void) =>
      void resolve(name).then((found) => callback(null, found));
    plainGet(`http://public.example:${server.port}/`, { lookup: lookup as never }, ({ statusCode }) => answer.resolve(statusCode));
    expect(await answer.promise).toBe(200);
    expect(server.asked).toHaveLength(1);
  });

  it('does not get past the guard', async () => {
    const server = await loopback(hello);
    const { resolve } = changing('93.184.216.34', '127.0.0.1');
    await resolve('public.example');
    expect(await refusalOf(`http://public.example:${server.port}/`, { allowLoopback: false, resolve })).toBe('private-address');
    expect(server.asked).toStrictEqual([]);
  });

  it('is asked once for a connection, which goes to the address that was judged', async () => {
    const judged = await loopback(hello, { address: '127.0.0.2' });
    const other = await loopback((_, response) => response.end('other'), { address: '127.0.0.3', port: judged.port });
    const { asked, resolve } = changing('127.0.0.2', '127.0.0.3');
    const http = realHttp({ resolve });
    expect(await outcomeOf(http, `http://localhost:${judged.port}/`)).toStrictEqual({ body: 'hello' });
    expect(asked).toStrictEqual(['localhost']);
    expect(other.asked).toStrictEqual([]);
  });

  it('is judged again for the next connection', async () => {
    const server = await loopback((_, response) => response.setHeader('connection', 'close').end('hello'));
    const { resolve } = changing('127.0.0.1', '10.0.0.1');
    const http = realHttp({ resolve });
    expect(await outcomeOf(http, `http://localhost:${server.port}/`)).toStrictEqual({ body: 'hello' });
    expect(await outcomeOf(http, `http://localhost:${server.port}/`)).toMatchObject({ code: 'private-address' });
  });
});

describe('redirects of a real server', () => {
  it.each([
    ['http://169.254.169.254/latest/meta-data/', 'private-address'],
    ['http://10.0.0.1/', 'private-address'],
    ['http://[::ffff:10.0.0.1]/', 'private-address'],
    ['http://public.example/', 'insecure-url'],
    ['file:///etc/passwd', 'insecure-url'],
  ])('to %s: %s', async (location, code) => {
    const server = await loopback((_, response) => response.writeHead(302, { location }).end());
    expect(await outcomeOf(realHttp(), `${server.url}/`)).toMatchObject({ code });
    expect(server.asked).toStrictEqual(['/']);
  });

  it('to a name that leads inside', async () => {
    const server = await loopback((_, response) => response.writeHead(302, { location: 'https://public.example/' }).end());
    const http = realHttp({ resolve: resolveTo('10.0.0.1') });
    expect(await outcomeOf(http, `${server.url}/`)).toMatchObject({ code: 'private-address' });
  });

  it('to itself for ever', async () => {
    const server = await loopback(HOSTILE.redirectsToItself);
    expect(await outcomeOf(realHttp(), `${server.url}/`)).toMatchObject({ code: 'too-many-redirects' });
    expect(server.asked).toStrictEqual(['/', '/x', '/xx', '/xxx', '/xxxx', '/xxxxx']);
  });
});

describe('over TLS', () => {
  async function tlsServer(location: string): Promise<string> {
    const identity = { key: fixture('localhost-key.pem'), cert: fixture('localhost-certificate.pem') };
    const server = createTlsServer(identity, (request, response) => {
      if (request.url === '/') response.writeHead(302, { location }).end();
      else response.end('hello');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push({
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    });
    return `https://localhost:${(server.address() as AddressInfo).port}`;
  }

  it('a certificate of its own is not trusted, and a trusted one may not send us on without TLS', async () => {
    const plain = await loopback(hello);
    const url = await tlsServer(`${plain.url}/`);
    const http = realHttp({ resolve: resolveTo('127.0.0.1') });
    expect(await outcomeOf(http, `${url}/x`)).toMatchObject({
      code: 'unreachable',
      retryable: false,
      message: expect.stringContaining('SELF_SIGNED'),
    });
    const before = getCACertificates();
    setDefaultCACertificates([...before, fixture('localhost-certificate.pem')]);
    try {
      const trusting = realHttp({ resolve: resolveTo('127.0.0.1') });
      expect(await outcomeOf(trusting, `${url}/x`)).toStrictEqual({ body: 'hello' });
      expect(await outcomeOf(trusting, `${url}/`)).toMatchObject({ code: 'redirect-refused' });
      expect(plain.asked).toStrictEqual([]);
    } finally {
      setDefaultCACertificates(before);
    }
  });
});

describe('what a host can do with its answer', () => {
  const limits = { timeoutMs: 400, maxBytes: 100_000 };

  it.each<[keyof typeof HOSTILE, string]>([
    ['neverAnswers', 'timeout'],
    ['dripsHeaders', 'timeout'],
    ['dripsBody', 'timeout'],
    ['earlyHintsForever', 'timeout'],
    ['headersForever', 'too-big'],
    ['oneLongHeader', 'too-big'],
    ['bodyForever', 'too-big'],
    ['cutsOff', 'unreachable'],
    ['wrongCompression', 'unreachable'],
    ['anotherProtocol', 'unreachable'],
    ['oddStatus', 'bad-status'],
  ])('%s: %s, soon, and the connection is closed', async (behaviour, code) => {
    const server = await loopback(HOSTILE[behaviour]);
    const start = performance.now();
    expect(await outcomeOf(realHttp(), `${server.url}/`, limits)).toMatchObject({ code });
    expect(performance.now() - start).toBeLessThan(2_000);
    await server.closed;
  });

  it('an answer that nobody asked for is never taken for the next one', async () => {
    const server = await loopback(HOSTILE.answersTwice);
    const http = realHttp();
    for (let n = 0; n < 3; n++) expect(await outcomeOf(http, `${server.url}/${n}`)).toStrictEqual({ body: 'first' });
  });

  it.each([
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['br', (bytes: Buffer) => brotliCompressSync(bytes)],
    ['gzip, gzip', (bytes: Buffer) => gzipSync(gzipSync(bytes))],
  ])('100 MB packed into a small answer with %s are cut off at the limit', async (encoding, pack) => {
    const packed = pack(Buffer.alloc(100_000_000));
    expect(packed.byteLength).toBeLessThan(limits.maxBytes);
    const server = await loopback((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(packed));
    const before = process.memoryUsage().rss;
    expect(await outcomeOf(realHttp(), `${server.url}/`, { ...limits, timeoutMs: 10_000 })).toMatchObject({ code: 'too-big' });
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  it('1 GB that it announces is refused before it is sent', async () => {
    const server = await loopback(({ socket }) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n'));
    const start = performance.now();
    expect(await outcomeOf(realHttp(), `${server.url}/`, { ...limits, timeoutMs: 10_000 })).toMatchObject({ code: 'too-big' });
    expect(performance.now() - start).toBeLessThan(2_000);
    await server.closed;
  });

  it('an error page without end is read only at its start', async () => {
    const server = await loopback(({ socket }, response) => {
      response.statusCode = 404;
      const timer = setInterval(() => response.write('no'.repeat(10_000)), 1);
      socket.once('close', () => clearInterval(timer));
    });
    expect(await outcomeOf(realHttp(), `${server.url}/`, { timeoutMs: 10_000 })).toMatchObject({
      code: 'bad-status',
      error: { status: 404 },
    });
    await server.closed;
  });
});

describe('one process and many requests', () => {
  it('leaves no listener on the signal that all requests share', async () => {
    const server = await loopback(hello);
    const http = realHttp({ manners: { spacingMs: 0, concurrency: 20 } });
    const { signal } = new AbortController();
    const all = Array.from({ length: 200 }, (_, n) => http.get(`${server.url}/${n}`, { abort: signal }));
    expect(getEventListeners(signal, 'abort').length).toBeGreaterThan(0);
    await Promise.all(all);
    expect(getEventListeners(signal, 'abort')).toStrictEqual([]);
    expect(server.asked).toHaveLength(200);
  });

  it('stops a request that is under way', async () => {
    const server = await loopback(HOSTILE.dripsBody);
    const abort = new AbortController();
    const asking = realHttp().get(`${server.url}/`, { abort: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 50);
    await expect(asking).rejects.toThrow('enough');
    await server.closed;
  });
});
