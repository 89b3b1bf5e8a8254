import { describe, expect, it } from 'vitest';
import { demandedAuth } from '../../src/connect/remote/auth-posture.ts';
import { OwnTime } from '../../src/connect/remote/own-time.ts';
import { createHttp, type HttpParts } from '../../src/net/create-http.ts';

const ABOUT_US = JSON.stringify({ resource: 'https://remote.example/mcp', scopes_supported: ['secret'] });
const never = new AbortController().signal;

/** A remote that names `place`, with a network on which only that place answers. */
async function askedFor(place: string, { url = 'https://remote.example/mcp', ...parts }: Partial<HttpParts> & { url?: string } = {}) {
  const asked: string[] = [];
  const fetch = async (at: string) => {
    asked.push(at);
    return new Response(ABOUT_US, { status: at === place ? 200 : 404 });
  };
  const http = createHttp({ fetch, userAgent: 'assay/test', manners: { spacingMs: 0 }, ...parts });
  const headers = new Headers({ 'www-authenticate': `Bearer resource_metadata="${place}"` });
  const context = { http, abort: never, time: new OwnTime(), tenant: { name: url } };
  return { asked, http, auth: await demandedAuth({ url: new URL(url), status: 401, headers }, context) };
}

const OPERATORS = { allowLoopback: true, trustedHosts: ['registry.corp.example'] };

describe('metadata that a remote names', () => {
  it.each([
    'http://127.0.0.1:9200/_cat/indices',
    'https://127.0.0.1/',
    'https://localhost:8443/',
    'https://registry.corp.example/admin?delete=1',
    'https://registry.corp.example./admin',
  ])('is not read at %s, where the settings allow to go', async (place) => {
    const { asked, auth } = await askedFor(place, OPERATORS);
    expect(asked.every((url) => url.startsWith('https://remote.example/.well-known/'))).toBe(true);
    expect(auth).not.toHaveProperty('scopes');
  });

  it('is not reached over a redirect either', async () => {
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return new Response(null, { status: 302, headers: { location: 'https://registry.corp.example/' } });
    };
    await askedFor('https://remote.example/meta', { ...OPERATORS, fetch });
    expect(new Set(asked.map((url) => new URL(url).host))).toStrictEqual(new Set(['remote.example']));
  });

  it.each([
    ['https://remote.example/mcp', 'https://login.example/meta'],
    ['http://127.0.0.1:3000/mcp', 'http://127.0.0.1:4000/meta'],
    ['https://registry.corp.example/mcp', 'https://registry.corp.example/meta'],
  ])('of %s is read at %s', async (url, place) => {
    const about = async (at: string) =>
      new Response(ABOUT_US.replace('https://remote.example/mcp', url), { status: at === place ? 200 : 404 });
    const { auth } = await askedFor(place, { ...OPERATORS, url, fetch: about });
    expect(auth).toMatchObject({ posture: 'oauth', resourceMetadataUrl: place, scopes: ['secret'] });
  });
});

it('a host that a remote leads to is not held for anyone else', async () => {
  const place = 'https://source.example/meta';
  const exhausted = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3600' };
  const fetch = async (url: string) =>
    url === place ? new Response('', { status: 403, headers: exhausted }) : new Response('', { status: url.endsWith('/list') ? 200 : 404 });
  const { http } = await askedFor(place, { fetch });
  expect(await http.get('https://source.example/list', { abort: never, tries: 1 })).toMatchObject({ status: 200 });
});
