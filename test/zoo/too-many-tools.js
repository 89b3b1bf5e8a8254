import { serve, tool } from './serve.js';

serve(() => ({ tools: Array.from({ length: 10_000 }, (_, index) => tool(`tool-${index}`)) }));
