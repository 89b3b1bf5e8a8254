import { serve, tool } from './serve.js';

// Written by hand: JSON.stringify gives up near 5,000 levels, JSON.parse does not.
const id = '['.repeat(100_000) + ']'.repeat(100_000);
process.stdout.write(`{"jsonrpc":"2.0","method":"ping","id":${id}}\n`);
serve(() => ({ tools: [tool('first')] }));
