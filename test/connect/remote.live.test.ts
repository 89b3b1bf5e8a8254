import { execFile } from 'node:child_process';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import type { RemotePlan } from '../../src/connect/launch-plan.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import { json, reply, speaking } from '../zoo/remotes/answers.ts';
import { loopbackHttp, type Served, serve } from './loopback.ts';
import { newestServer, sseServer, statefulServer, statelessServer, TOOLS } from './remote-servers.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serving(listener: RequestListener): Promise<Served> {
  const served = await serve(listener);
  open.push(served);
  return served;
}

const NO_SANDBOX = { ok: false, fault: { code: 'no-sandbox', subject: 'this host', message: 'There is none.', retryable: false } } as const;

async function look(url: string, plan: Partial<RemotePlan> = {}, abort = new AbortController().signal): Promise<Enumeration> {
  const { http, close } = loopbackHttp();
  const npm = () => Promise.reject(new Error('nothing is installed here'));
  try {
    const context = { http, sandbox: NO_SANDBOX, cacheFolder: '/nowhere', npm, limits: { ...DEFAULT_LIMITS, connectionMs: 5_000 }, abort };
    return Enumeration.parse(await enumerate({ kind: 'remote', url, transport: 'streamable-http', declaresAuth: false, ...plan }, context));
  } finally {
    await close();
  }
}

describe('a remote is listed', () => {
  it('over streamable HTTP with a session, which is ended', async () => {
    const { listener, sessions, seen } = statefulServer();
    const { url } = await serving(listener);
    const enumeration = await look(`${url}/mcp`);
    expect(enumeration).toMatchObject({
      status: 'complete',
      launch: `${url}/mcp`,
      transport: 'streamable-http',
      auth: { posture: 'open' },
      protocolVersion: '2025-11-25',
      serverInfo: { name: 'notes', version: '1.2.3', title: 'Notes' },
      instructions: 'Be brief.',
      tools: TOOLS,
      faults: [],
      attempts: [{ rung: 'bare', status: 'complete', toolCount: 2 }],
    });
    expect(sessions.size).toBe(0);
    // Nothing is listened to that nobody asked for, the revision is said after the handshake, and it is said who asks.
    expect(seen).toStrictEqual([
      'POST - assay/test',
      'POST 2025-11-25 assay/test',
      'POST 2025-11-25 assay/test',
      'POST 2025-11-25 assay/test',
      'DELETE 2025-11-25 assay/test',
    ]);
  });

  it.each([
    ['without sessions, in JSON', statelessServer(), '/mcp', 'streamable-http', ['bare']],
    ['by the newest server that knows both eras', newestServer('stateless'), '/mcp', 'streamable-http', ['bare']],
    ['in the newest revision alone', newestServer('reject'), '/mcp', 'streamable-http', ['bare', 'newest-revision']],
    ['over SSE, named by its address', sseServer(), '/sse', 'sse', ['bare']],
  ])('%s', async (_, listener, path, transport, rungs) => {
    const { url } = await serving(listener);
    const enumeration = await look(url + path);
    expect(enumeration).toMatchObject({ status: 'complete', transport, instructions: 'Be brief.', serverInfo: { name: 'notes' } });
    expect(enumeration).toHaveProperty('tools.0.name', 'read_note');
    expect(enumeration.attempts.map(({ rung }) => rung)).toStrictEqual(rungs);
  });

  it('in the newest revision, which is recorded', async () => {
    const { url } = await serving(newestServer('reject'));
    expect(await look(`${url}/mcp`)).toMatchObject({ protocolVersion: '2026-07-28', attempts: [{ fault: { code: 'bad-status' } }, {}] });
  });

  it('over SSE after streamable HTTP was refused', async () => {
    const { url } = await serving(withPath('/sse', sseServer()));
    expect(await look(`${url}/mcp`)).toMatchObject({
      status: 'complete',
      transport: 'sse',
      tools: TOOLS,
      attempts: [
        { rung: 'bare', status: 'unreachable', fault: { code: 'not-found' } },
        { rung: 'sse-fallback', status: 'complete' },
      ],
    });
  });

  it('over streamable HTTP after SSE was refused', async () => {
    const { url } = await serving(statelessServer());
    expect(await look(`${url}/mcp`, { transport: 'sse' })).toMatchObject({
      status: 'complete',
      transport: 'streamable-http',
      attempts: [{ rung: 'bare' }, { rung: 'streamable-fallback' }],
    });
  });

  it('although its entry says that calls want a login', async () => {
    const { url } = await serving(statelessServer());
    expect(await look(url, { declaresAuth: true })).toMatchObject({ status: 'complete', auth: { posture: 'list-open' } });
  });
});

describe('the newest revision is tried with a server that does not know the handshake', () => {
  it.each([200, 400, 404])('and says so with HTTP %s', async (status) => {
    const { url } = await serving(
      speaking(({ id, method, params }, response, request) => {
        const known =
          method === 'tools/list' &&
          request.headers['mcp-protocol-version'] === '2026-07-28' &&
          JSON.stringify(params).includes('mcp-assay');
        if (known) json(response, `{"jsonrpc":"2.0","id":${id},"result":{"resultType":"complete","tools":[{"name":"a"}]}}`);
        else
          json(
            response,
            `{"jsonrpc":"2.0","id":${id},"error":{"code":-32601,"message":"Method not found"}}`,
            method === 'initialize' ? status : 200,
          );
      }),
    );
    expect(await look(url)).toMatchObject({
      status: 'complete',
      protocolVersion: '2026-07-28',
      tools: [{ name: 'a' }],
      attempts: [{ rung: 'bare', status: 'protocol-error' }, { rung: 'newest-revision' }],
    });
  });

  it('and is not found there either', async () => {
    const { url } = await serving(
      speaking(({ id }, response) =>
        json(response, `{"jsonrpc":"2.0","id":${id},"error":{"code":-32022,"message":"Only 2031-01-01"}}`, 400),
      ),
    );
    expect(await look(url)).toMatchObject({
      status: 'protocol-error',
      fault: { code: 'bad-status', message: expect.stringContaining('-32022: Only 2031-01-01') },
      attempts: [{ rung: 'bare' }, { rung: 'newest-revision' }],
    });
  });
});

it('nothing is asked before the server has taken note of the end of the handshake', async () => {
  let isReady = false;
  const { url } = await serving(
    speaking((asked, response) => {
      if (asked.method === 'initialize') json(response, reply(asked, '{"protocolVersion":"2025-06-18"}'));
      else if (asked.method === 'tools/list')
        response.writeHead(isReady ? 200 : 400, { 'content-type': 'application/json' }).end(reply(asked, '{"tools":[]}'));
      else
        setTimeout(() => {
          isReady = true;
          response.writeHead(202).end();
        }, 100);
    }),
  );
  expect(await look(url)).toMatchObject({ status: 'complete', tools: [] });
});

it('every page is kept as it was sent', async () => {
  const page = '{ "tools":[ {"name":"\\u0061","inputSchema":{"type":"object"},"n":1.0} ],\n"ttlMs" : 1e3 }';
  const listener = answering((id, method) => `{"jsonrpc":"2.0","id":${id},"result":${method === 'tools/list' ? page : '{}'}}`);
  const { url } = await serving(listener);
  expect(await look(url)).toMatchObject({ status: 'complete', answer: [page], tools: [{ name: 'a', n: 1 }] });
});

it('slightly wrong messages are read as over stdio', async () => {
  const tools = '{"tools":[{"name":"a"},{"name":7},{"name":"a"}]}';
  const listener = answering((id, method) =>
    method === 'tools/list'
      ? `[{"jsonrpc":"2.0","method":"notifications/message"},{"jsonrpc":"2.0","id":${id},"result":${tools},"extra":1}]`
      : `{"jsonrpc":"2.0","id":${id},"result":{"protocolVersion":"2031-01-01","serverInfo":{}},"extra":1}`,
  );
  const { url } = await serving(listener);
  expect(await look(url)).toMatchObject({
    status: 'complete',
    protocolVersion: '2031-01-01',
    answer: [tools],
    tools: [{ name: 'a' }],
    faults: [{ code: 'bad-tool' }, { code: 'duplicate-tool-name' }],
  });
});

it('a server without tools has none', async () => {
  const listener = answering((id, method) =>
    method === 'tools/list'
      ? `{"jsonrpc":"2.0","id":${id},"error":{"code":-32601,"message":"Method not found"}}`
      : `{"jsonrpc":"2.0","id":${id},"result":{}}`,
  );
  const { url } = await serving(listener);
  expect(await look(url)).toMatchObject({ status: 'complete', tools: [], answer: [] });
});

describe('what is open afterwards', () => {
  it('is nothing, after a listing over SSE', async () => {
    const { url, connections } = await serving(sseServer());
    await look(`${url}/sse`);
    await expect.poll(connections).toBe(0);
  });

  it('is nothing, after a stop in the middle', async () => {
    const { url, connections } = await serving(() => undefined);
    const stop = new AbortController();
    const stopped = new Error('stopped');
    setTimeout(() => stop.abort(stopped), 200);
    await expect(look(url, {}, stop.signal)).rejects.toBe(stopped);
    await expect.poll(connections).toBe(0);
  });
});

describe('a process that has looked at a remote ends', () => {
  it.each([
    ['although it is to come back in an hour', 'retry: 3600000\nid: 1\ndata:\n\n'],
    ['although the stream that it took up again hangs', 'retry: 0\nid: 1\ndata:\n\n'],
  ])('%s', async (_, start) => {
    const { url } = await serving((request, response) => {
      if (request.method === 'GET') return;
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(start);
    });
    const startedAt = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'remote-runner.ts'), url], {
      timeout: 60_000,
    });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});

/** Asked for any path, serves what lies at `path`. */
function withPath(path: string, listener: RequestListener): RequestListener {
  return (request, response) => {
    if (request.method === 'GET') request.url = path;
    return listener(request, response);
  };
}

function answering(text: (id: number, method: string) => string): RequestListener {
  return async (request, response) => {
    const chunks = await request.toArray();
    const { id, method } = JSON.parse(String(Buffer.concat(chunks)) || '{}');
    if (id === undefined) return void response.writeHead(202).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(text(id, method));
  };
}
