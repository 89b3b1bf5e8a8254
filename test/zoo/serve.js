import { createInterface } from 'node:readline';

export const tool = (name) => ({ name, description: `Does ${name}.`, inputSchema: { type: 'object' } });

export const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

export const greeting = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'zoo', version: '1.0.0' } };

/** A server that answers initialize, and `tools/list` with what `page` gives for a cursor. `hear` gets every message first and may take it. */
export function serve(page, hear = () => false) {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const message = JSON.parse(line);
    if (hear(message)) return;
    if (message.method === 'initialize') send({ id: message.id, result: greeting });
    if (message.method === 'tools/list') send({ id: message.id, result: page(message.params?.cursor) });
  });
}
