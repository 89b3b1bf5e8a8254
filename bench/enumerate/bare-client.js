// A client process as anyone would write it with the SDK: no sandbox, no limits. Plain JavaScript, so that Node has no types to strip first.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const [program, ...args] = process.argv.slice(2);
const transport = new StdioClientTransport({ command: program, args, env: { ...process.env }, stderr: 'ignore' });
const client = new Client({ name: 'bare-client', version: '1.0.0' });
await client.connect(transport);
const { tools } = await client.listTools();
process.kill(transport.pid, 'SIGKILL');
process.stdout.write(`${JSON.stringify({ tools })}\n`, () => process.exit(0));
