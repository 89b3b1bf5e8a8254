import { spawn } from 'node:child_process';
import { serve, tool } from './serve.js';

// Wants a sign-in in the browser, then lists all the same; its tools say what of a browser it found.
const url = 'https://login.example.com/authorize?client_id=zoo';
process.stderr.write(`Opening ${url} in your browser, or visit it yourself.\n`);
const ways = { browser: process.env.BROWSER ?? 'x-www-browser', opener: 'xdg-open' };
const opened = await Promise.all(
  Object.entries(ways).map(
    ([way, program]) =>
      new Promise((resolve) => {
        const child = spawn(program, [url], { stdio: 'ignore' });
        child.once('error', () => resolve([]));
        child.once('exit', (code) => resolve(code === 0 ? [`opened_by_${way}`] : []));
      }),
  ),
);
const seen = [...opened.flat(), ...(process.env.DISPLAY ? ['display'] : []), process.env.BROWSER ? 'browser_set' : 'browser_unset'];
serve(() => ({ tools: seen.map(tool) }));
