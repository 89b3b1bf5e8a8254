import { serve, tool } from './serve.js';

serve(() => ({ tools: [tool('first'), tool('second')] }));
