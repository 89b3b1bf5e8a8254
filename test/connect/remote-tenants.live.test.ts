import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import { DEFAULT_LIMITS, type EnumerationLimits } from '../../src/connect/limits.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import type { Http } from '../../src/net/http.ts';
import type { Manners } from '../../src/net/manners.ts';
import { isHostFault } from '../../src/pipeline/host-faults.ts';
import { json, listing, reply } from '../zoo/remotes/answers.ts';
import { loopbackHttp, type Served, serve } from './loopback.ts';

const NO_SANDBOX = { ok: false, fault: { code: 'no-sandbox', subject: 'this host', message: 'There is none.', retryable: false } } as const;

const good = listing((asked, response) => json(response, reply(asked, '{"tools":[{"name":"a"}]}')));

/** Servers of one host, by the first part of their path; `/slow`, `/wait-60` and `/good-1` are three of them. */
const TENANTS: Readonly<Record<string, RequestListener>> = {
  hang: () => undefined,
  wait: (request, response) => void response.writeHead(429, { 'retry-after': `${request.url?.split('-')[1]}` }).end(),
  // Exhausted after each answer: the wait is asked for in the middle of a look.
  last: (request, response) => {
    response.setHeader('ratelimit-remaining', '0').setHeader('ratelimit-reset', '3600');
    return good(request, response);
  },
  login: (_, response) => void response.writeHead(401).end(),
  good,
};

const asked: string[] = [];
let host: Served;
beforeEach(async () => {
  asked.length = 0;
  host = await serve((request, response) => {
    asked.push(request.url ?? '');
    const [, kind = ''] = /^\/([a-z]+)/.exec(request.url ?? '') ?? [];
    if (request.url === '/.well-known/oauth-protected-resource/login')
      json(response, '{"authorization_servers":["https://login.example"]}');
    else (TENANTS[kind] ?? ((_, missing) => void missing.writeHead(404).end()))(request, response);
  });
});
afterEach(() => host.close());

interface Look {
  readonly http: Http;
  readonly limits?: Partial<EnumerationLimits>;
  readonly reach?: 'public';
}

async function look(path: string, { http, limits, ...reach }: Look): Promise<Enumeration> {
  const context = {
    http,
    sandbox: NO_SANDBOX,
    cacheFolder: '/nowhere',
    npm: () => Promise.reject(new Error('nothing is installed here')),
    limits: { ...DEFAULT_LIMITS, ...limits },
    abort: new AbortController().signal,
    ...reach,
  };
  const plan = { kind: 'remote', url: host.url + path, transport: 'streamable-http', declaresAuth: false } as const;
  return Enumeration.parse(await enumerate(plan, context));
}

async function withHttp<T>(manners: Partial<Manners>, work: (http: Http) => Promise<T>): Promise<T> {
  const { http, close } = loopbackHttp({ manners });
  try {
    return await work(http);
  } finally {
    await close();
  }
}

const outcomeOf = (enumeration: Enumeration) => [enumeration.status, 'fault' in enumeration ? enumeration.fault.code : undefined];

describe('servers of one host', () => {
  it.each(['60', '86400'])('are not made to pay for one that wants to be left alone for %s s', (seconds) =>
    withHttp({}, async (http) => {
      expect(outcomeOf(await look(`/wait-${seconds}`, { http }))).toStrictEqual(['unreachable', 'rate-limited']);
      expect(await look('/good', { http })).toMatchObject({ status: 'complete' });
    }),
  );

  it('are not kept from answering by others that hang', () =>
    withHttp({ concurrency: 2, spacingMs: 20 }, async (http) => {
      const stopped = { connectionMs: 4_000 };
      const hanging = Array.from({ length: 8 }, (_, n) => look(`/hang-${n}`, { http, limits: stopped }));
      const enumeration = await look('/good', { http, limits: stopped });
      expect(enumeration).toMatchObject({ status: 'complete' });
      expect((await Promise.all(hanging)).map(outcomeOf)).toStrictEqual(Array(8).fill(['timeout', 'no-answer']));
    }));

  it('do not spend their own time waiting for their turn', () =>
    withHttp({ spacingMs: 150 }, async (http) => {
      const startedAt = performance.now();
      const paths = Array.from({ length: 12 }, (_, n) => (n % 4 === 0 ? '/login' : `/good-${n}`));
      const seen = await Promise.all(paths.map((path) => look(path, { http, limits: { connectionMs: 2_000, serverMs: 2_000 } })));
      expect(performance.now() - startedAt).toBeGreaterThan(4_000);
      expect(seen.map(({ status }) => status)).toStrictEqual(paths.map((path) => (path === '/login' ? 'needs-auth' : 'complete')));
      const logins = seen.flatMap(({ auth }) => (auth && 'status' in auth ? [auth] : []));
      expect(logins).toHaveLength(3);
      for (const auth of logins) expect(auth).toMatchObject({ posture: 'oauth', authorizationServers: ['https://login.example'] });
    }));
});

describe('a look in which nothing was sent says nothing of the server', () => {
  function expectNotAsked(enumeration: Enumeration): void {
    expect(enumeration).toMatchObject({ fault: { code: 'not-asked', retryable: true } });
    expect('fault' in enumeration && isHostFault(enumeration.fault)).toBe(true);
  }

  it('where a source on the same host was told to wait', () =>
    withHttp({}, async (http) => {
      await http.get(`${host.url}/wait-60`, { abort: new AbortController().signal, tries: 1 }).catch(() => undefined);
      expectNotAsked(await look('/good', { http }));
      expect(asked).toStrictEqual(['/wait-60']);
    }));

  it('where the server itself asked for it before', () =>
    withHttp({}, async (http) => {
      await look('/wait-60', { http });
      expectNotAsked(await look('/wait-60', { http }));
      expect(asked).toStrictEqual(['/wait-60']);
    }));

  it('where others are before it for too long', () =>
    withHttp({ spacingMs: 60_000 }, async (http) => {
      await http.get(`${host.url}/good`, { abort: new AbortController().signal, tries: 1 }).catch(() => undefined);
      expectNotAsked(await look('/good', { http, limits: { connectionMs: 1_000, turnsMs: 500 } }));
      expect(asked).toStrictEqual(['/good']);
    }));

  it('but one in which the server asked for a wait does', () =>
    withHttp({}, async (http) => {
      expect(outcomeOf(await look('/last', { http }))).toStrictEqual(['unreachable', 'rate-limited']);
      expect(outcomeOf(await look('/hang', { http, limits: { connectionMs: 500 } }))).toStrictEqual(['timeout', 'no-answer']);
    }));
});

it('a remote that only a stranger named is not called on this machine, although the settings allow that', () =>
  withHttp({}, async (http) => {
    expect(outcomeOf(await look('/good', { http, reach: 'public' }))).toStrictEqual(['refused', 'private-address']);
    expect(asked).toStrictEqual([]);
  }));
