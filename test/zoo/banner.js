import { serve, tool } from './serve.js';

process.stdout.write('Welcome to the zoo!\r\n\u001b[32mready\u001b[0m \u202e\n{"level":30,"msg":"listening"}\n');
serve(() => ({ tools: [tool('first')] }));
