import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { AnswersIn } from './exchange.ts';

/** How a remote is spoken to. `newest`: streamable HTTP as of the revision that knows no handshake. */
export type Manner = 'streamable-http' | 'sse' | 'newest';

/** As much of the SDK's transports as is used. What they receive is not: the exchange has read it before. */
export interface RemoteTransport {
  start(): Promise<void>;
  send(message: JSONRPCMessage): Promise<void>;
  close(): Promise<void>;
  setProtocolVersion(version: string): void;
  /** Tells the server that its session is over; nothing where there is none. */
  terminateSession?(): Promise<void>;
}

export interface TransportMaker {
  readonly answersIn: AnswersIn;
  make(fetch: typeof globalThis.fetch): RemoteTransport;
}

// One try to take up a broken stream: with more, the SDK sets another timer after it was closed.
const reconnectionOptions = { initialReconnectionDelay: 500, maxReconnectionDelay: 5_000, reconnectionDelayGrowFactor: 1.5, maxRetries: 1 };

/** The newest revision's SDK is loaded only for those who need it: 100 ms. */
export async function transportFor(manner: Manner, url: URL): Promise<TransportMaker> {
  if (manner === 'sse') return { answersIn: 'stream', make: (fetch) => new SSEClientTransport(url, { fetch }) };
  if (manner === 'streamable-http') {
    return { answersIn: 'post', make: (fetch) => new StreamableHTTPClientTransport(url, { fetch, reconnectionOptions }) };
  }
  const newest = await import('@modelcontextprotocol/client');
  return { answersIn: 'post', make: (fetch) => new newest.StreamableHTTPClientTransport(url, { fetch, reconnectionOptions }) };
}
