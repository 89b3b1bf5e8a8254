import { createHash } from 'node:crypto';
import type { FeedName } from '../model/feed.ts';

export const NAMES = 'names.jsonl';

/** Part of a file, in bytes. */
export interface Part {
  readonly start: number;
  readonly bytes: number;
}

export interface ServerParts {
  readonly server: Part;
  readonly tools: Part;
}

/** Everything that resolves to a server. */
export function namesOf({
  id,
  aliases,
  name,
}: {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly name: string;
}): string[] {
  return [...new Set([id, ...aliases, name])];
}

/** What a name is found by. */
export function nameKey(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 8);
}

/** Digits of a start, and of a length. */
const START = 13;
const LENGTH = 11;
/** Bytes of every line, its end included. */
export const NAME_LINE_BYTES = nameLine(['00000000', 0, 0, 0, 0]).length + 1;

/** JSON takes the spaces that make all lines equally wide. */
function nameLine([key, serverStart, serverBytes, toolsStart, toolsBytes]: FeedName): string {
  const numbers = [pad(serverStart, START), pad(serverBytes, LENGTH), pad(toolsStart, START), pad(toolsBytes, LENGTH)];
  return `["${key}",${numbers.join(',')}]`;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits);
}

/** Servers that a number has room for beside a key of 32 bits. */
const MAX_SERVERS = 2 ** 21;

/** Lines written at once. */
const BATCH = 5_000;

/** Collects the lines of names.jsonl. A name costs eight bytes until they are written: there are a few for each server of a catalogue. */
export class NameLines {
  readonly #parts: ServerParts[] = [];
  readonly #keys: number[] = [];

  add(server: Parameters<typeof namesOf>[0], parts: ServerParts): void {
    if (this.#parts.length >= MAX_SERVERS) throw new Error(`names.jsonl has room for ${MAX_SERVERS} servers`);
    for (const name of namesOf(server)) this.#keys.push(Number.parseInt(nameKey(name), 16) * MAX_SERVERS + this.#parts.length);
    this.#parts.push(parts);
  }

  /** In batches to be written at once. */
  *sorted(): Generator<string[]> {
    let batch: string[] = [];
    for (const key of Float64Array.from(this.#keys).sort()) {
      const parts = this.#parts[key % MAX_SERVERS];
      if (!parts) throw new Error('every key ends with the number of a server');
      const { server, tools } = parts;
      const hash = Math.floor(key / MAX_SERVERS)
        .toString(16)
        .padStart(8, '0');
      batch.push(nameLine([hash, server.start, server.bytes, tools.start, tools.bytes]));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }
}
