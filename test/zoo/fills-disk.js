import { writeFileSync } from 'node:fs';
import { serve, tool } from './serve.js';

// Writes files of 4 MB until it may not, at most as many as its first argument says; its only tool says whether there was an end.
const most = Number(process.argv[2]);
const piece = Buffer.alloc(4 * 2 ** 20, 1);
let written = 0;
for (const folder of [process.env.TMPDIR, process.env.HOME, '/app', '/dev/shm', '/usr', '/']) {
  try {
    for (let n = 0; n < most; n += 1) {
      writeFileSync(`${folder}/filled-${n}`, piece);
      written += 1;
    }
  } catch {}
}
serve(() => ({ tools: [tool(written >= most ? 'written_all' : 'written_some')] }));
