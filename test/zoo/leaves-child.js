import { spawn } from 'node:child_process';
import { serve, tool } from './serve.js';

// A child in a session of its own that ignores every polite signal. Its arguments are ours, so that a test can find it.
const code = "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {}); setInterval(() => {}, 1000);";
spawn(process.execPath, ['-e', code, ...process.argv.slice(2)], { detached: true, stdio: 'ignore' }).unref();

const [way] = process.argv.slice(2);
if (way === 'exits') setTimeout(() => process.exit(0), 200);
else if (way === 'hangs') setInterval(() => {}, 1_000);
else serve(() => ({ tools: [tool('first')] }));
