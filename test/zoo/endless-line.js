import { writeSync } from 'node:fs';

const piece = Buffer.alloc(65_536, 'x');
for (;;) writeSync(1, piece);
