import { parentPort, workerData } from 'node:worker_threads';
import { readTools } from './read-tools.ts';

/** Reads one folder, in a thread of its own: a stranger's source may take a while, and nobody else waits for it. */
parentPort?.postMessage(await readTools(String(workerData)));
