import { serve, tool } from './serve.js';

if (!process.argv.includes('serve')) {
  process.stdout.write('Usage: zoo <command>\n\nCommands:\n  login   Sign in\n  serve   Answer over stdio\n');
  process.exit(0);
}
serve(() => ({ tools: [tool('first')] }));
