import { serve, tool } from './serve.js';

// Every page is new, and there is always another one.
serve((cursor) => {
  const page = Number(cursor ?? 0);
  return { tools: [tool(`tool-${page}`)], nextCursor: String(page + 1) };
});
