import { lookup } from 'node:dns/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../src/net/create-http.ts';
import { HttpError } from '../../src/net/http-error.ts';
import { type NetworkSettings, openNetwork } from '../../src/net/open-network.ts';
import { serve } from './hostile-server.ts';
import { outcomeOf } from './planned-fetch.ts';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

function guarded(settings: NetworkSettings) {
  const network = openNetwork(settings);
  opened.push(network);
  return network;
}

async function refusalOf(url: string, settings: NetworkSettings): Promise<string> {
  try {
    await guarded(settings).fetch(url, {});
    return 'answered';
  } catch (error) {
    const { cause } = error as Error;
    return cause instanceof HttpError ? cause.fault.code : 'unreachable';
  }
}

describe('a name that only the resolver knows to be inside', () => {
  it.each([
    ['a cloud’s own name for its metadata', 'metadata.google.internal', '169.254.169.254'],
    ['a public name for any address', '169.254.169.254.nip.io', '169.254.169.254'],
    ['a name without a dot', 'instance-data', '169.254.169.254'],
    ['a service of a cluster', 'kubernetes.default.svc', '10.96.0.1'],
    ['a printer', 'printer.local', '192.168.0.20'],
    ['NAT64 of the loopback', 'six.example', '64:ff9b::7f00:1'],
    ['NAT64 of local use', 'six.example', '64:ff9b:1::a00:1'],
    ['6to4', 'six.example', '2002:a00:1::1'],
    ['link-local', 'six.example', 'fe80::1'],
  ])('%s: %s', async (_, host, address) => {
    const resolve = async () => [{ address, family: address.includes(':') ? 6 : 4 }];
    for (const allowLoopback of [false, true]) {
      expect(await refusalOf(`http://${host}/`, { allowLoopback, resolve })).toBe('private-address');
    }
  });

  // Two dots at the end make a name of an address: some resolvers take it for the address all the same.
  it.each(['127.0.0.1..', 'localhost..'])('%s', async (host) => {
    const server = await serve((_, response) => response.end('hello'));
    opened.push(server);
    for (const resolve of [undefined, () => lookup('127.0.0.1', { all: true })]) {
      expect(await refusalOf(`http://${host}:${server.port}/`, { allowLoopback: false, resolve })).not.toBe('answered');
    }
    expect(server.asked).toStrictEqual([]);
  });
});

it('no answer of a name makes a connection to an address that was not judged', async () => {
  const inside = await serve((_, response) => response.end('inside'));
  opened.push(inside);
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return [{ address: asked % 2 === 1 ? '93.184.216.34' : '127.0.0.1', family: 4 }];
  };
  const aborts = Array.from({ length: 10 }, () => AbortSignal.timeout(300));
  const network = guarded({ allowLoopback: false, resolve });
  const url = `http://changing.example:${inside.port}/`;
  const outcomes = await Promise.all(
    aborts.map((signal) =>
      network
        .fetch(url, { signal })
        .then(() => 'answered')
        .catch(() => 'refused'),
    ),
  );
  expect(outcomes).toEqual(aborts.map(() => 'refused'));
  expect(asked).toBeGreaterThan(1);
  expect(inside.asked).toStrictEqual([]);
});

describe('100 MB packed into little are cut off at the limit', () => {
  const zeros = Buffer.alloc(100_000_000);
  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['deflate', (bytes) => deflateSync(bytes)],
    ['deflate', (bytes) => deflateRawSync(bytes)],
    ['zstd', (bytes) => zstdCompressSync(bytes)],
    ['gzip, deflate', (bytes) => deflateSync(gzipSync(bytes))],
    ['zstd, gzip, br', (bytes) => brotliCompressSync(gzipSync(zstdCompressSync(bytes)))],
    [Array.from({ length: 40 }, () => 'gzip').join(', '), (bytes) => gzipSync(bytes)],
  ])('%s', async (encoding, pack) => {
    const packed = pack(zeros);
    const server = await serve((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(packed));
    opened.push(server);
    const network = guarded({ allowLoopback: true });
    const http = createHttp({ fetch: network.fetch, userAgent: 'assay/test', allowLoopback: true, manners: { spacingMs: 0, tries: 1 } });
    const before = process.memoryUsage().rss;
    const outcome = await outcomeOf(http, `${server.url}/`, { maxBytes: 200_000, timeoutMs: 20_000 });
    expect(outcome).toMatchObject({ code: expect.stringMatching(/^(too-big|unreachable)$/) });
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
  });
});
