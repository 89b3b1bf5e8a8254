import { serve, tool } from './serve.js';

// Another definition at every start, whoever asks.
const time = process.hrtime.bigint();
serve(() => ({ tools: [{ ...tool('get_note'), description: `Gets note ${time}.` }, tool('list_notes')] }));
