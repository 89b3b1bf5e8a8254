import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import { flood, json, listing, reply, speaking } from '../zoo/remotes/answers.ts';
import { loopbackHttp, serve } from './loopback.ts';

const NO_SANDBOX = { ok: false, fault: { code: 'no-sandbox', subject: 'this host', message: 'There is none.', retryable: false } } as const;

/** What a remote at /v1/mcp comes to, and every path that was asked for. */
async function look(listener: RequestListener): Promise<{ enumeration: Enumeration; origin: string; asked: string[] }> {
  const asked: string[] = [];
  const served = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    expect(request.headers).not.toHaveProperty('authorization');
    return listener(request, response);
  });
  const { http, close } = loopbackHttp();
  const npm = () => Promise.reject(new Error('nothing is installed here'));
  const context = { http, sandbox: NO_SANDBOX, cacheFolder: '/nowhere', npm, limits: DEFAULT_LIMITS, abort: new AbortController().signal };
  const plan = { kind: 'remote', url: `${served.url}/v1/mcp`, transport: 'streamable-http', declaresAuth: false } as const;
  try {
    return { enumeration: Enumeration.parse(await enumerate(plan, context)), origin: served.url, asked };
  } finally {
    await close();
    await served.close();
  }
}

interface Door {
  readonly status?: number;
  /** `ORIGIN` in it is the remote's. */
  readonly challenge?: string;
  /** What lies at other paths, as JSON. */
  readonly documents?: Readonly<Record<string, object>>;
  /** What all other paths answer with. */
  readonly otherwise?: RequestListener;
}

function door({
  status = 401,
  challenge,
  documents = {},
  otherwise = (_, response) => response.writeHead(404).end(),
}: Door): RequestListener {
  return (request, response) => {
    const origin = `http://${request.headers.host}`;
    const document = documents[request.url ?? ''];
    if (document) return json(response, JSON.stringify(document).replaceAll('ORIGIN', origin));
    if (request.url !== '/v1/mcp') return otherwise(request, response);
    if (challenge) response.setHeader('www-authenticate', challenge.replaceAll('ORIGIN', origin));
    response.writeHead(status).end('{"error":"unauthorized"}');
  };
}

const AT_PATH = '/.well-known/oauth-protected-resource/v1/mcp';
const AT_ROOT = '/.well-known/oauth-protected-resource';
const METADATA = { resource: 'ORIGIN/v1/mcp', authorization_servers: ['https://login.example'], scopes_supported: ['read', 'write'] };
const OAUTH = { posture: 'oauth', status: 401, authorizationServers: ['https://login.example'] };

describe('a remote that wants a login', () => {
  it('and names its metadata', async () => {
    const challenge = 'Bearer resource_metadata="ORIGIN/meta", scope="read"';
    const { enumeration, origin, asked } = await look(door({ challenge, documents: { '/meta': METADATA } }));
    expect(enumeration).toMatchObject({
      status: 'needs-auth',
      fault: {
        code: 'login-asked',
        message: expect.stringMatching(/OAuth login at https:\/\/login\.example with scope read/),
        retryable: false,
      },
      auth: { ...OAUTH, challenge: challenge.replace('ORIGIN', origin), resourceMetadataUrl: `${origin}/meta`, scopes: ['read'] },
      attempts: [{ rung: 'bare', status: 'needs-auth' }],
    });
    expect(asked).toStrictEqual(['POST /v1/mcp', 'GET /meta']);
  });

  it.each([
    ['for its path', AT_PATH],
    ['for its host', AT_ROOT],
  ])('and has its metadata where it is looked for, %s', async (_, place) => {
    const { enumeration, origin } = await look(door({ documents: { [place]: METADATA } }));
    expect(enumeration).toMatchObject({
      status: 'needs-auth',
      auth: { ...OAUTH, resourceMetadataUrl: origin + place, scopes: ['read', 'write'] },
    });
  });

  it.each<[string, Door]>([
    ['has none', {}],
    ['answers every path with a page', { otherwise: (_, response) => void response.end('<!doctype html>') }],
    ['answers every path with an object', { otherwise: (_, response) => json(response, '{"error":"not found"}') }],
    ['answers every path without an end', { otherwise: (_, response) => flood(response, 'x'.repeat(65_536)) }],
    ['has one of a wrong shape', { documents: { [AT_PATH]: { ...METADATA, authorization_servers: 'https://login.example' } } }],
    ['redirects to this network', { otherwise: (_, response) => response.writeHead(302, { location: 'https://10.0.0.1/' }).end() }],
  ])('a token without metadata: it %s', async (_, parts) => {
    const { enumeration, asked } = await look(door({ ...parts, challenge: 'Bearer realm="x"' }));
    expect(enumeration).toMatchObject({
      status: 'needs-auth',
      fault: { code: 'credentials-asked' },
      auth: { posture: 'token', status: 401, challenge: 'Bearer realm="x"' },
    });
    expect(enumeration.auth).not.toHaveProperty('resourceMetadataUrl');
    expect(asked).toStrictEqual(['POST /v1/mcp', `GET ${AT_PATH}`, `GET ${AT_ROOT}`]);
  });

  it('and names metadata that may not be asked for', async () => {
    const { enumeration } = await look(door({ challenge: 'Bearer resource_metadata="https://10.0.0.1/meta", scope="a b"' }));
    expect(enumeration.auth).toMatchObject({ posture: 'oauth', resourceMetadataUrl: 'https://10.0.0.1/meta', scopes: ['a', 'b'] });
    expect(enumeration.auth).not.toHaveProperty('authorizationServers');
  });

  it('and names metadata of another host that is about somebody else', async () => {
    const other = await serve((_, response) => json(response, JSON.stringify({ ...METADATA, resource: 'https://bank.example/mcp' })));
    const { enumeration } = await look(door({ challenge: `Bearer resource_metadata="${other.url}/meta"` }));
    await other.close();
    expect(enumeration.auth).not.toHaveProperty('authorizationServers');
  });

  it('refuses strangers altogether', async () => {
    const { enumeration, asked } = await look(door({ status: 403, challenge: 'Bearer error="insufficient_scope"' }));
    expect(enumeration).toMatchObject({
      status: 'needs-auth',
      fault: { code: 'forbidden' },
      auth: { posture: 'forbidden', status: 403, challenge: 'Bearer error="insufficient_scope"' },
    });
    expect(asked).toStrictEqual(['POST /v1/mcp']);
  });

  it('says so in a body', async () => {
    const { enumeration } = await look((request, response) => {
      if (request.url !== '/v1/mcp') return void response.writeHead(404).end();
      response.writeHead(400).end('{"error":"Missing Authorization header"}');
    });
    expect(enumeration).toMatchObject({ status: 'needs-auth', auth: { posture: 'token', status: 400 }, attempts: [{ rung: 'bare' }] });
  });

  it('says so in a message', async () => {
    const refusing = speaking(({ id }, response, { url }) => {
      if (url !== '/v1/mcp') response.writeHead(404).end();
      else json(response, `{"jsonrpc":"2.0","id":${id},"error":{"code":-32001,"message":"Authentication required"}}`);
    });
    expect((await look(refusing)).enumeration).toMatchObject({ status: 'needs-auth', auth: { posture: 'token', status: 200 } });
  });

  it('greets everyone and lists to nobody', async () => {
    const { enumeration } = await look(
      listing((_, response) => void response.writeHead(401, { 'www-authenticate': `Bearer x="${'y'.repeat(3_000)}"` }).end()),
    );
    expect(enumeration).toMatchObject({ status: 'needs-auth', auth: { posture: 'token', status: 401 } });
    expect(enumeration.auth?.challenge?.length).toBe(1_024);
  });

  it('asks for it before the second page', async () => {
    const { enumeration } = await look(
      listing((asked, response) => {
        if (asked.params?.cursor) response.writeHead(401).end();
        else json(response, reply(asked, '{"tools":[{"name":"a"}],"nextCursor":"b"}'));
      }),
    );
    expect(enumeration).toMatchObject({
      status: 'partial',
      fault: { code: 'list-broken-off', message: expect.stringContaining('HTTP 401') },
      tools: [{ name: 'a' }],
    });
  });
});
