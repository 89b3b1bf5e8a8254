import { serve, tool } from './serve.js';

// Lists more with a mode, with toolsets, with a toggle and with a credential; a flag that it does not know ends it.
const [, , ...args] = process.argv;
if (args.includes('--help')) {
  process.stdout.write(
    'Usage: zoo [options]\n  --all-tools  Every tool\n  --toolsets <names>  possible values: birds, fish\n  --port <port>  HTTP\n',
  );
  process.exit(0);
}
if (args.some((arg) => !/^--(?:all-tools|toolsets=.*)$/.test(arg) && arg.startsWith('--'))) process.exit(2);
const tools = ['first'];
if (args.includes('--all-tools')) tools.push('every');
if (args.includes('--toolsets=birds,fish')) tools.push('bird', 'fish');
if (process.env.ZOO_ENABLE_NIGHT === 'true') tools.push('night');
if (process.env.ZOO_API_KEY) tools.push('keyed');
serve(() => ({ tools: tools.map(tool) }));
