// A caller of the sandbox in a process of its own, so that it can be another user, hold secrets and be killed.
import { parseArgs } from 'node:util';
import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import type { SandboxSpec } from '../../src/connect/sandbox/sandbox.ts';

const { values } = parseArgs({
  options: { rung: { type: 'string' }, spec: { type: 'string' }, kill: { type: 'boolean' }, 'die-unanswered': { type: 'boolean' } },
});
const opened = await openSandbox({ only: values.rung as 'bubblewrap' });
if (!opened.ok) throw new Error(opened.fault.message);
const spec: SandboxSpec = JSON.parse(values.spec ?? '');
const started = opened.sandbox.start(spec);
if (values['die-unanswered']) {
  // All the time a start needs, in which this thread hears nothing of it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
  process.kill(process.pid, 'SIGKILL');
}
const chunks: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
started.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
started.stdout.on('data', (chunk: Buffer) => {
  chunks.stdout.push(chunk);
  // Whoever wants to kill this process waits for the program inside to be at work.
  process.stderr.write('running\n');
  if (values.kill) started.kill();
});
const exit = await started.exited;
process.stdout.write(JSON.stringify({ exit, stdout: String(Buffer.concat(chunks.stdout)), stderr: String(Buffer.concat(chunks.stderr)) }));
