import { basename, extname } from 'node:path';
import { Worker } from 'node:worker_threads';
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
 * `readTools` in a thread of its own, with time and memory of its own: a stranger's source may take a while, and nobody else waits for it.
 *
 * @throws what is a bug of the readers.
 */
export function readApart(folder: string): Promise<ReadApart> {
  const worker = new Worker(new URL(`./reading-worker${extname(import.meta.filename)}`, import.meta.url), {
    workerData: folder,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    execArgv: [],
  });
  const stopped = { fault: tooMuch(folder) };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => void worker.terminate(), READING_MS);
    worker.once('message', (message: unknown) => {
      const reading = Reading.optional().safeParse(message);
      // Thrown here, it would end the process.
      if (reading.success) resolve({ reading: reading.data });
      else reject(reading.error);
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(stopped);
      else reject(error);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve(stopped);
    });
  });
}

function tooMuch(folder: string): Fault {
  const message = `Reading its files took more than ${READING_MS / 1_000} s or ${HEAP_MB} MB, and was stopped.`;
  return { code: 'reading-stopped', subject: basename(folder), message, retryable: false };
}
