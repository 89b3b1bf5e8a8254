import { serve, tool } from './serve.js';

const lines = 'something happened again\n'.repeat(4_000);
setInterval(() => process.stderr.write(lines), 5);
serve(() => ({ tools: [tool('first')] }));
