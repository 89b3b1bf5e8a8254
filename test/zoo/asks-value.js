import { serve, tool } from './serve.js';

if (!process.env.ZOO_API_KEY?.startsWith('zk_')) {
  process.stderr.write(process.env.ZOO_API_KEY ? 'ZOO_API_KEY must start with "zk_"\n' : 'ZOO_API_KEY is missing\n');
  process.exit(1);
}
serve(() => ({ tools: [tool('first')] }));
