import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { usageError } from './errors.ts';

/** Lines of a file, or of standard input for `-`. @throws CliError naming the file when it cannot be read. */
export async function* readInput(file: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const failure = new Promise<never>((_, reject) => input.once('error', reject));
  failure.catch(() => {});
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([lines.next(), failure]);
      if (next.done) break;
      yield next.value;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw usageError(`cannot read ${JSON.stringify(file)}: ${REASONS[code ?? ''] ?? message}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder, not a file',
};
