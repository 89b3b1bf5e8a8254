import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Lines } from './lines.ts';

/** After the end of its input a server may finish what it does; then it is asked to end, then ended. Clients of the SDK give the guard 4 s for all of it. */
const GRACE_MS = 1_500;
/** Processes of its own may hold its output open when it is gone. */
const LAST_OUTPUT_MS = 300;

export interface UpstreamEvents {
  readonly onLine: (line: Buffer) => void;
  /** Waited for before more is read. */
  readonly room: () => Promise<void>;
  /** The first time counts. Everything that it said was given before. */
  readonly onEnd: (why: string) => void;
}

/** Where the server is. */
export interface Upstream {
  /** Resolves when there is room for more. Never rejects. */
  send(line: Buffer): Promise<void>;
  /** Resolves when the server is gone. */
  close(): Promise<void>;
}

/** The user's own server as a child: with the environment of the guard, and without isolation. */
export function startProcess([program = '', ...args]: readonly string[], environment: NodeJS.ProcessEnv, events: UpstreamEvents): Upstream {
  // A group of its own, so that what npx starts ends with it.
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: environment, detached: process.platform !== 'win32' });
  const { stdin, stdout } = child;
  const lines = new Lines(() => {
    events.onEnd('the server sent a message longer than 64 MiB');
    kill(child, 'SIGKILL');
  });
  // A server that reads no more is gone soon: its end is what is told.
  stdin.on('error', () => {});
  const drained = relay(stdout, lines, events);
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      events.onEnd(`the server did not start (${error.message})`);
      resolve();
    });
    child.once('exit', async (code, signal) => {
      await Promise.race([drained, wait(LAST_OUTPUT_MS, undefined, { ref: false })]);
      stdout.destroy();
      events.onEnd(`the server ended (${signal ?? `exit code ${code}`})`);
      resolve();
    });
  });
  return {
    async send(line) {
      if (stdin.writable && !stdin.write(line)) await Promise.race([once(stdin, 'drain').catch(() => {}), gone]);
    },
    async close() {
      stdin.end();
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        if (await Promise.race([gone.then(() => true), wait(GRACE_MS, false, { ref: false })])) return;
        kill(child, signal);
      }
      await gone;
    },
  };
}

async function relay(stdout: AsyncIterable<Buffer>, lines: Lines, { onLine, room }: UpstreamEvents): Promise<void> {
  try {
    for await (const chunk of stdout) {
      for (const line of lines.push(chunk)) onLine(line);
      await room();
    }
    for (const line of lines.end()) onLine(line);
  } catch {
    // Destroyed, below: the server is gone, and a process that it left behind holds its output.
  }
}

function kill({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It is gone already.
  }
}
