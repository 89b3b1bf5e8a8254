import { serve, tool } from './serve.js';

if (!process.env.ZOO_API_KEY) {
  process.stderr.write('Error: ZOO_API_KEY is required.\nOptional environment variables:\n  ZOO_MODE - default: quiet\n');
  process.exit(1);
}
serve(() => ({ tools: [tool(process.env.ZOO_MODE ? 'misled' : 'first')] }));
