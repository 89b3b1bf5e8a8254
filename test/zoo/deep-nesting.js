import { createInterface } from 'node:readline';
import { greeting, send } from './serve.js';

// Written by hand: JSON.stringify gives up near 5,000 levels, JSON.parse does not.
const schema = (levels) => `${'{"properties":'.repeat(levels)}{}${'}'.repeat(levels)}`;
const tools = ['{"name":"flat"}', `{"name":"deep","inputSchema":${schema(100)}}`, `{"name":"bottomless","inputSchema":${schema(100_000)}}`];

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  if (method === 'initialize') send({ id, result: greeting });
  if (method === 'tools/list') process.stdout.write(`{"jsonrpc":"2.0","id":${id},"result":{"tools":[${tools.join(',')}]}}\n`);
});
