import { greeting, send, serve } from './serve.js';

// Answers at once, but a byte at a time.
serve(
  () => ({}),
  ({ id, method }) => {
    if (method === 'initialize') send({ id, result: greeting });
    if (method === 'tools/list') setInterval(() => process.stdout.write(' '), 100);
    return true;
  },
);
