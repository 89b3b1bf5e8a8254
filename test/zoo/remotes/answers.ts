import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** One message of a client; of other requests than POST all is absent. */
export interface Asked {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: { readonly cursor?: string };
  readonly error?: unknown;
  readonly result?: unknown;
}

export type Remote = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void;

/** A server whose handshake is well and whose `tools/list` is `remote`'s business. */
export function listing(remote: Remote): RequestListener {
  return speaking((asked, response, request) => {
    if (asked.method === 'initialize') json(response, reply(asked, '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}}}'));
    else if (asked.method === 'tools/list') remote(asked, response, request);
    else response.writeHead(request.method === 'POST' ? 202 : 405).end();
  });
}

/** A server that does with every request what it likes. */
export function speaking(remote: Remote): RequestListener {
  return async (request, response) => {
    const chunks = await request.toArray().catch(() => []);
    remote(JSON.parse(String(Buffer.concat(chunks)) || '{}'), response, request);
  };
}

export function reply({ id }: Asked, result: string): string {
  return `{"jsonrpc":"2.0","id":${id},"result":${result}}`;
}

export function json(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

export function stream(response: ServerResponse, start = ''): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(start || ':\n\n');
}

export function toolsText(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) => `{"name":"tool_${from + index}","inputSchema":{"type":"object"}}`).join(',');
}

/** Writes the same again and again, as fast as it is read. */
export function flood(response: ServerResponse, text: string): void {
  const write = () => {
    while (!response.destroyed && response.write(text));
    if (!response.destroyed) response.once('drain', write);
  };
  write();
}
