import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { serve, tool } from './serve.js';

// Wants a file with credentials, and writes to it and beside it.
const file = join(homedir(), '.config/zoo/credentials.json');
if (!existsSync(file)) {
  process.stderr.write(`Credentials not found. Please save them as ${file}\n`);
  process.exit(1);
}
const { installed, access_token: token } = JSON.parse(readFileSync(file, 'utf8'));
appendFileSync(file, '\n');
appendFileSync(join(homedir(), '.config/zoo/log'), 'read\n');
serve(() => ({ tools: installed.client_id && token ? [tool('first')] : [] }));
