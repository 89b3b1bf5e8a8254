import { spawn } from 'node:child_process';
import { serve, tool } from './serve.js';

// Starts processes until it may not, at most as many as its first argument says; its only tool says how many there were.
const most = Number(process.argv[2]);
const outcomes = Array.from({ length: most }, () => {
  const child = spawn('sleep', ['600', ...process.argv.slice(-1)], { stdio: 'ignore', detached: true });
  return new Promise((resolve) => child.once('spawn', () => resolve(1)).once('error', () => resolve(0)));
});
const started = (await Promise.all(outcomes)).reduce((sum, one) => sum + one, 0);
serve(() => ({ tools: [tool(started === most ? 'started_all' : 'started_some')] }));
