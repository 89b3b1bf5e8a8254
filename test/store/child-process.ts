import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface StoreProcess {
  readonly pid: number;
  /** The next line it says; fails when it ends without one. */
  line(): Promise<string>;
  send(line: string): void;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a part of `store-process.ts`; killed at the latest when the test ends. */
export function startStoreProcess(part: string, where: string): StoreProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'store-process.ts'), part, where], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const kill = () => end(child);
  onTestFinished(kill);
  return {
    pid: child.pid ?? 0,
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${part} ended without another line`);
      return value;
    },
    send: (line) => void child.stdin.write(`${line}\n`),
    kill,
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}
