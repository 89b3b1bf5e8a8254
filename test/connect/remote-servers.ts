import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

/** With a field that no revision knows and a description that JSON has several spellings for. */
export const TOOLS = [
  { name: 'read_note', description: 'Liest „eine“ Notiz.', inputSchema: { type: 'object' as const, 'x-unknown': { deep: [1, null] } } },
  { name: 'delete_note', inputSchema: { type: 'object' as const }, annotations: { destructiveHint: true }, 'x-owner': 'team' },
];

function newServer(): Server {
  const server = new Server(
    { name: 'notes', version: '1.2.3', title: 'Notes' },
    { capabilities: { tools: {} }, instructions: 'Be brief.' },
  );
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
    params?.cursor === '' ? { tools: TOOLS.slice(1) } : { tools: TOOLS.slice(0, 1), nextCursor: '' },
  );
  return server;
}

/** Two pages, the second one's cursor the empty string. A session that ends when it is told so. */
export function statefulServer(): {
  readonly listener: RequestListener;
  readonly sessions: ReadonlyMap<string, unknown>;
  readonly seen: string[];
} {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const seen: string[] = [];
  const listener: RequestListener = async (request, response) => {
    seen.push(`${request.method} ${request.headers['mcp-protocol-version'] ?? '-'} ${request.headers['user-agent']}`);
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    await (known ?? (await newSession(sessions))).handleRequest(request, response);
  };
  return { listener, sessions, seen };
}

async function newSession(sessions: Map<string, StreamableHTTPServerTransport>): Promise<StreamableHTTPServerTransport> {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, transport),
    onsessionclosed: (id) => void sessions.delete(id),
  });
  await newServer().connect(transport);
  return transport;
}

/** A server for each request, which answers in JSON. */
export function statelessServer(): RequestListener {
  return async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
    await newServer().connect(transport);
    await transport.handleRequest(request, response);
  };
}

/** The transport of the first revision, at /sse; everything else is 404. */
export function sseServer(): RequestListener {
  const transports = new Map<string, SSEServerTransport>();
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET' && url.pathname === '/sse') {
      const transport = new SSEServerTransport('/messages', response);
      transports.set(transport.sessionId, transport);
      return newServer().connect(transport);
    }
    const transport = transports.get(url.searchParams.get('sessionId') ?? '');
    if (request.method !== 'POST' || !transport) return void response.writeHead(404).end('Not Found');
    await transport.handlePostMessage(request, response);
  };
}

/** The newest revision, and the ones with a handshake where `legacy` says so. */
export function newestServer(legacy: 'reject' | 'stateless'): RequestListener {
  const handler = createMcpHandler(newestNotes, { legacy });
  return (request, response) => void answer(request, response, handler.fetch);
}

function newestNotes(): McpServer {
  const server = new McpServer({ name: 'notes', version: '2.0.0' }, { instructions: 'Be brief.' });
  server.registerTool('read_note', { description: 'Reads a note.' }, () => ({ content: [] }));
  return server;
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, fetch: (request: Request) => Promise<Response>): Promise<void> {
  const { method = 'GET', url = '/', headers } = incoming;
  const body = method === 'POST' ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' as const } : {};
  const request = new Request(`http://${headers.host}${url}`, { method, headers: headers as Record<string, string>, ...body });
  const response = await fetch(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) Readable.fromWeb(response.body as never).pipe(outgoing);
  else outgoing.end();
}
