import { fork } from 'node:child_process';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Reading } from '../../model/enumeration.ts';
import type { Fault } from '../../model/fault.ts';

/** Far more than any package measured takes: the readers count their steps, this is for what they do not count. */
const READING_MS = 120_000;
const HEAP_MB = 1_024;

export interface ReadApart {
  /** Absent when no tool was found. */
  readonly reading?: Reading | undefined;
  /** Why the files were not read to the end. */
  readonly fault?: Fault;
}

/**
 * `readTools` in a process of its own, with time and memory of its own: a stranger's source may take a while, and nobody else waits for it. Not in a
 * thread: one that runs out of memory can take the process with it.
 *
 * @returns Never rejects.
 */
export function readApart(folder: string): Promise<ReadApart> {
  const program = fileURLToPath(new URL(`./reading-process${extname(import.meta.filename)}`, import.meta.url));
  const child = fork(program, [folder], {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const stopped = { fault: tooMuch(folder) };
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), READING_MS);
    const end = (read: ReadApart) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(read);
    };
    child.once('message', (message: unknown) => {
      const { success, data } = Reading.nullable().safeParse(message);
      end(success ? { reading: data ?? undefined } : stopped);
    });
    // After everything that it sent, whatever ended it.
    child.once('disconnect', () => end(stopped));
    child.once('error', () => end(stopped));
  });
}

function tooMuch(folder: string): Fault {
  const message = `Reading its files took more than ${READING_MS / 1_000} s or ${HEAP_MB} MB, or failed, and was stopped.`;
  return { code: 'reading-stopped', subject: basename(folder), message, retryable: false };
}
