import { readTools } from './read-tools.ts';

/** Reads one folder, in a process of its own: a stranger's source may take a while, and nobody else waits for it. */
const reading = await readTools(process.argv[2] ?? '');
process.send?.(reading ?? null, () => process.disconnect());
