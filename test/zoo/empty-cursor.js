import { serve, tool } from './serve.js';

serve((cursor) => (cursor === undefined ? { tools: [tool('first')], nextCursor: '' } : { tools: [tool('second')] }));
