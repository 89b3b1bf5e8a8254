// A server in one line of work: answers every call, and ends where it is told to.
import { createInterface } from 'node:readline';

const write = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'die') process.kill(process.pid, 'SIGKILL');
  else if (method === 'noise') process.stdout.write('{"jsonrpc":"2.0","id":\nListening\n');
  else if (method !== 'silence' && id !== undefined) write({ id, result: { content: [{ type: 'text', text: params?.name ?? method }] } });
});
