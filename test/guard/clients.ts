import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** As an own process: what stands before the `--` of a guard's command line too. */
export function guardCommand(options: readonly string[], server: readonly string[]): string[] {
  return [process.execPath, MAIN, 'guard', ...options, ...(server.length > 0 ? ['--', ...server] : [])];
}

/** A client of the SDK. @param approve - What the person says to every question; absent: the client cannot ask one. */
export async function connect([command = '', ...args]: readonly string[], approve?: boolean) {
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: approve === undefined ? {} : { elicitation: {} } });
  if (approve !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, () => (approve ? { action: 'accept', content: { approve } } : { action: 'decline' }));
  }
  const errors: Error[] = [];
  client.onerror = (error) => errors.push(error);
  const transport = new StdioClientTransport({ command, args, env: process.env as Record<string, string>, stderr: 'pipe' });
  let stderr = '';
  transport.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  await client.connect(transport);
  return { client, transport, errors, stderr: () => stderr };
}

/** What a tool said. */
export function textOf(result: unknown): string {
  return JSON.stringify((result as { content?: unknown }).content);
}

/** A guard that is spoken to line by line. */
export function startGuard([command = '', ...args]: readonly string[]) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, lines: () => stdout.split('\n').slice(0, -1), stderr: () => stderr };
}
