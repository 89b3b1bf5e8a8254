import { serve } from './serve.js';

// The protocol's form with nothing sensible in it.
serve(() => ({ tools: 'all of them' }));
