import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { isJsonObject } from '../model/json.ts';
import type { Upstream, UpstreamEvents } from './upstream.ts';

const INTERNAL_ERROR = -32_603;

/** A server behind a URL (streamable HTTP). Messages are read and written anew on this way, so their bytes are not those of the other side. */
export async function connectHttp(url: URL, headers: Readonly<Record<string, string>>, events: UpstreamEvents): Promise<Upstream> {
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
  const receive = (message: unknown) => events.onLine(Buffer.from(`${JSON.stringify(message)}\n`));
  transport.onmessage = (message) => {
    learnVersion(transport, message);
    receive(message);
  };
  await transport.start();
  const deliver = async (message: JSONRPCMessage) => {
    try {
      await transport.send(message);
    } catch (error) {
      const text = `assay guard: the server could not be reached (${error instanceof Error ? error.message : 'unknown'})`;
      if ('method' in message && 'id' in message)
        receive({ jsonrpc: '2.0', id: message.id, error: { code: INTERNAL_ERROR, message: text } });
    }
  };
  return {
    // The transport resolves when the answer begins; the next message does not wait for it.
    async send(line) {
      for (const message of messagesOf(line)) void deliver(message as JSONRPCMessage);
    },
    async close() {
      await transport.terminateSession().catch(() => {});
      await transport.close();
      events.onEnd('the connection was closed');
    },
  };
}

/** Only a guard that observes gives lines that are no JSON; they have no other form to travel in. */
function messagesOf(line: Buffer): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return Array.isArray(value) ? value : [value];
  } catch {
    return [];
  }
}

function learnVersion(transport: StreamableHTTPClientTransport, message: unknown): void {
  const result = isJsonObject(message) ? message['result'] : undefined;
  const version = isJsonObject(result) ? result['protocolVersion'] : undefined;
  if (typeof version === 'string') transport.setProtocolVersion(version);
}
