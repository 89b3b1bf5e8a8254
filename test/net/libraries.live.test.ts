import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Octokit } from 'octokit';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../src/net/create-http.ts';
import { openNetwork } from '../../src/net/open-network.ts';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** One request at a time, so that whatever keeps its place blocks the rest. */
function strictHttp() {
  const network = openNetwork({ allowLoopback: true });
  opened.push(network);
  const manners = { concurrency: 1, spacingMs: 0 };
  return createHttp({ fetch: network.fetch, userAgent: 'assay/test', allowLoopback: true, manners });
}

describe('libraries over the manners', () => {
  it('Octokit: a renamed repository, the identifying User-Agent', async () => {
    const agents = new Set<string | undefined>();
    const baseUrl = await serve(({ url, headers }, response) => {
      agents.add(headers['user-agent']);
      if (url === '/repos/old/name') response.writeHead(301, { location: `http://${headers.host}/repositories/7` }).end();
      else response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('{"id":7,"full_name":"new/name"}');
    });
    const octokit = new Octokit({ baseUrl, request: { fetch: strictHttp().fetch } });
    const { data, url } = await octokit.rest.repos.get({ owner: 'old', repo: 'name' });
    expect([data.full_name, url]).toStrictEqual(['new/name', `${baseUrl}/repositories/7`]);
    expect([...agents]).toStrictEqual(['assay/test']);
  });

  it('MCP client: posts while its event stream stays open', async () => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID });
    const server = new McpServer({ name: 'stateful', version: '1.0.0' });
    server.registerTool('greet', { description: 'Says hello.' }, () => ({ content: [] }));
    await server.connect(transport);
    const streams: string[] = [];
    const baseUrl = await serve((request, response) => {
      if (request.method === 'GET') streams.push(String(request.headers.accept));
      void transport.handleRequest(request, response);
    });
    const client = new Client({ name: 'test', version: '1' });
    const fetch = strictHttp().fetchWith({ timeoutMs: 20_000, maxBytes: 1_000_000 });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${baseUrl}/mcp`), { fetch }));
    opened.push(client);
    await expect.poll(() => streams).toStrictEqual(['text/event-stream']);
    for (let n = 0; n < 3; n++) expect((await client.listTools()).tools.map(({ name }) => name)).toStrictEqual(['greet']);
  });

  it('MCP client: a stream that says more than it may ends in a fault', async () => {
    const baseUrl = await serve((request, response) => {
      if (request.method === 'GET') return response.writeHead(405).end();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write(`: ${'x'.repeat(10_000)}\n\n`), 5);
      request.socket.once('close', () => clearInterval(timer));
    });
    const client = new Client({ name: 'test', version: '1' });
    const fetch = strictHttp().fetchWith({ timeoutMs: 20_000, maxBytes: 100_000 });
    const transport = new StreamableHTTPClientTransport(new URL(`${baseUrl}/mcp`), { fetch });
    const seen = Promise.withResolvers<Error>();
    client.onerror = seen.resolve;
    const connecting = client.connect(transport, { timeout: 2_000 }).catch((error: unknown) => error);
    expect((await seen.promise).message).toContain('answers with more than 100000 bytes');
    await client.close();
    await connecting;
  });
});
