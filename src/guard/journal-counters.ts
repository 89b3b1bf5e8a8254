import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Charge, type Counters, MemoryCounters } from '../policy/counters.ts';

const DAY_MS = 86_400_000;
const READ_BYTES = 1 << 20;

const Entry = z.object({
  by: z.string(),
  charges: z.array(z.object({ key: z.string(), window: z.number(), amount: z.number().min(0), max: z.number() })),
});

/** Another process took the room between looking and taking: look again. */
export class RoomTaken extends Error {}

/**
 * Counts that survive a restart, and that several processes share without a lock. Every charge is appended to a journal with one write, and counts only
 * where what stands before it leaves room: whoever reads the file comes to the same counts, in the order in which it was written. No window of the calendar
 * goes over midnight in UTC, so each day has a file of its own, and those before yesterday's are removed.
 */
export class JournalCounters implements Counters {
  readonly #folder: string;
  readonly #process = randomUUID();
  readonly #counts = new MemoryCounters();
  readonly #buffer = Buffer.allocUnsafe(READ_BYTES);
  #file: { readonly descriptor: number; readonly day: number } | undefined;
  #offset = 0;
  #rest = '';
  #taken = 0;
  /** The entry that was written last here, until it is read back. */
  #awaited = '';

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  taken(key: string, window: number): number {
    this.#read(this.#open(window));
    return this.#counts.taken(key, window);
  }

  /** @throws RoomTaken, or the error of the disk: nothing counts as taken then. */
  take(charges: readonly Charge[]): void {
    if (charges.length === 0) return;
    const descriptor = this.#open(Math.max(...charges.map(({ window }) => window)));
    this.#taken += 1;
    const by = `${this.#process}.${this.#taken}`;
    // The line feed before it ends what another process left torn.
    const line = Buffer.from(`\n${asciiJson({ by, charges })}\n`);
    if (writeSync(descriptor, line) !== line.length) throw new Error('the journal could not be written whole');
    this.#awaited = by;
    this.#read(descriptor);
    if (this.#awaited === by) throw new RoomTaken();
  }

  close(): void {
    if (this.#file) closeSync(this.#file.descriptor);
    this.#file = undefined;
  }

  /** The journal of that day, or of the latest that was reached: a clock that is put back goes on there. */
  #open(now: number): number {
    const wanted = Math.floor(now / DAY_MS);
    if (this.#file && this.#file.day >= wanted) return this.#file.descriptor;
    const days = readdirSync(this.#folder).flatMap((name) => Number(/^counts-(\d{1,9})\.jsonl$/.exec(name)?.[1] ?? []));
    // A day further ahead is a clock that was wrong once; it would stop every limit for good.
    const day = Math.max(wanted, ...days.filter((found) => found <= wanted + 1));
    this.close();
    this.#file = { descriptor: openSync(this.#path(day), 'a+', 0o600), day };
    this.#offset = 0;
    this.#rest = '';
    for (const old of days.filter((found) => found < day - 1)) this.#remove(old);
    return this.#file.descriptor;
  }

  #path(day: number): string {
    return join(this.#folder, `counts-${day}.jsonl`);
  }

  #remove(day: number): void {
    try {
      unlinkSync(this.#path(day));
    } catch {
      // Another guard was quicker, or it stays for the next day: it is read by nobody.
    }
  }

  #read(descriptor: number): void {
    while (fstatSync(descriptor).size > this.#offset) {
      const bytes = readSync(descriptor, this.#buffer, 0, READ_BYTES, this.#offset);
      if (bytes === 0) return;
      this.#offset += bytes;
      // ASCII only, so no character lies across two reads.
      const lines = (this.#rest + this.#buffer.toString('latin1', 0, bytes)).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') this.#count(line);
    }
  }

  /** A line that was torn was never allowed: its writer failed. */
  #count(line: string): void {
    const entry = Entry.safeParse(parsed(line));
    if (!entry.success || !this.#hasRoom(entry.data.charges)) return;
    this.#counts.take(entry.data.charges);
    if (entry.data.by === this.#awaited) this.#awaited = '';
  }

  #hasRoom(charges: readonly Charge[]): boolean {
    const sums = new Map<string, number>();
    return charges.every(({ key, window, amount, max }) => {
      const sum = (sums.get(key) ?? this.#counts.taken(key, window)) + amount;
      sums.set(key, sum);
      return sum <= max;
    });
  }
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
