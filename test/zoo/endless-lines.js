import { writeSync } from 'node:fs';

const lines = '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"again"}}\n'.repeat(500);
for (;;) writeSync(1, lines);
