import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { grow, nextDay } from './registry-growth.ts';
import { type ListingPage, type Problem, RegistryListing, type Row } from './registry-listing.ts';
import { QuirkPlan, type SourceDouble } from './source-double.ts';

export const REGISTRY_URL = 'https://registry.modelcontextprotocol.io';

export interface RegistryDouble extends SourceDouble {
  readonly listing: RegistryListing;
}

export interface RegistryDoubleOptions {
  readonly baseUrl?: string;
  /** Changes the n-th (from 0) page before it is sent. */
  readonly edit?: (page: ListingPage, n: number) => ListingPage;
  /** What happens after the n-th page was sent. */
  readonly afterPage?: (listing: RegistryListing, n: number) => void;
  /** How far the registry's clock is ahead of `Date`. */
  readonly clockAheadMs?: number;
}

/** The official registry as its clients meet it. Knows `GET /v0.1/servers` and nothing else. */
export function registryDouble(rows: readonly Row[], options: RegistryDoubleOptions = {}): RegistryDouble {
  const { baseUrl = REGISTRY_URL, edit = (page) => page, afterPage, clockAheadMs = 0 } = options;
  const listing = new RegistryListing(rows);
  const requests: { url: string; at: number }[] = [];
  const quirks = new QuirkPlan();
  let pages = 0;
  function answer(url: URL): Response {
    const found = listing.answer(url.searchParams);
    const n = 'servers' in found ? pages++ : pages;
    const sent = 'servers' in found ? edit(found, n) : found;
    if ('servers' in sent) afterPage?.(listing, n);
    const { status, headers, body } = messageOf(sent);
    return new Response(body, { status, headers: { ...headers, date: new Date(Date.now() + clockAheadMs).toUTCString() } });
  }
  return {
    listing,
    requests,
    quirkOnListRequest: (n, quirk) => quirks.on(n, quirk),
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input);
      requests.push({ url: url.href, at: Date.now() });
      if (`${url.origin}${url.pathname}` !== `${baseUrl}/v0.1/servers`) throw new Error(`nobody planned a request for ${url.href}`);
      if ((init?.method ?? 'GET') !== 'GET') throw new Error(`nobody planned a ${init?.method} of ${url.href}`);
      return quirks.answer(() => answer(url));
    },
  };
}

function messageOf(found: ListingPage | Problem): { status: number; headers: Record<string, string>; body: string } {
  if ('problem' in found)
    return { status: found.status, headers: { 'content-type': 'application/problem+json' }, body: JSON.stringify(found.problem) };
  const metadata = { ...(found.nextCursor !== undefined && { nextCursor: found.nextCursor }), count: found.servers.length };
  const headers = { 'content-type': 'application/json', 'x-registry-cache': 'MISS' };
  return { status: 200, headers, body: `{"servers":[${found.servers.join(',')}],"metadata":${JSON.stringify(metadata)}}` };
}

/** Serves a listing on loopback. `GET /double/stats` and `POST /double/next-day?seed=1` are the double's own. */
export async function serveRegistry(rows: readonly Row[], latencyMs = 0, port = 0): Promise<{ url: string; server: Server }> {
  let current = rows;
  const listing = new RegistryListing(rows);
  const stats = { requests: 0, bytes: 0 };
  const respond = (url: URL) => {
    if (url.pathname === '/double/stats') return jsonMessage({ ...stats, rows: listing.rowCount });
    if (url.pathname === '/double/next-day') {
      const day = nextDay(current, Number(url.searchParams.get('seed') ?? 1));
      current = day.rows;
      listing.put(day.changed);
      return jsonMessage({ changed: day.changed.length, rows: listing.rowCount });
    }
    if (url.pathname !== '/v0.1/servers')
      return messageOf({ status: 404, problem: { title: 'Not Found', status: 404, detail: 'Not found' } });
    stats.requests += 1;
    return messageOf(listing.answer(url.searchParams));
  };
  const server = createServer(async (request, response) => {
    const { status, headers, body } = respond(new URL(request.url ?? '/', 'http://localhost'));
    if (latencyMs > 0) await sleep(latencyMs);
    const bytes = Buffer.from(body);
    stats.bytes += bytes.length;
    response.writeHead(status, { ...headers, 'content-length': bytes.length }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return { url: `http://127.0.0.1:${address.port}`, server };
}

function jsonMessage(value: object): { status: number; headers: Record<string, string>; body: string } {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** Rows of a dump: a list of them, or a page of the API. */
export function readRows(file: string): Row[] {
  const bytes = readFileSync(file);
  const dump = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Row[] | { servers: Row[] };
  return Array.isArray(dump) ? dump : dump.servers;
}

/** `--rows file…`, or `--grow servers versions file`; `--latency-ms`, `--port`, `--seed`. Prints its URL when it answers. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: 'boolean' },
      grow: { type: 'boolean' },
      'latency-ms': { type: 'string', default: '0' },
      port: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [servers, versions, file = ''] = positionals;
  const rows = values.grow ? grow(readRows(file), Number(servers), Number(versions), Number(values.seed)) : positionals.flatMap(readRows);
  const { url } = await serveRegistry(rows, Number(values['latency-ms']), Number(values.port));
  process.stdout.write(`${url}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
