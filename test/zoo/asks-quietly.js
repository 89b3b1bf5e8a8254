import { serve, tool } from './serve.js';

// Says nothing of what it misses; only its code does.
if (!process.env.ZOO_SECRET_TOKEN) process.exit(1);
serve(() => ({ tools: [tool('first')] }));
