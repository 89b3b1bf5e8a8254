import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JsonObject } from '../model/json.ts';

/** Of one file; the one before it is kept beside it, so at most twice as much stands on the disk. */
const MAX_BYTES = 16 * 2 ** 20;
const MAX_NAMES = 50;
const MAX_NAME_LENGTH = 200;

export interface AuditEntry {
  readonly tool: string;
  /** `would-…`: only observed; the call was passed on. */
  readonly decision: 'allow' | 'deny' | 'ask' | 'approved' | 'would-deny' | 'would-ask';
  /** What decided: the decision of the tool's rule, or the policy's default. */
  readonly rule: string;
  readonly reason: string;
  readonly grant: string;
}

/** Decisions as JSON Lines, without the value of any argument. Several guards may write to one file. */
export class AuditLog {
  readonly #file: string;
  readonly #maxBytes: number;
  #descriptor: number;

  constructor(file: string, maxBytes = MAX_BYTES) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.#descriptor = openSync(file, 'a', 0o600);
  }

  /** @param args - Only the names of its members are written. @throws the error of the disk. */
  write({ tool, ...entry }: AuditEntry, args: JsonObject, now: number): void {
    const names = Object.keys(args).slice(0, MAX_NAMES).map(short);
    const line = Buffer.from(`${JSON.stringify({ time: new Date(now).toISOString(), tool: short(tool), ...entry, arguments: names })}\n`);
    this.#rotate();
    if (writeSync(this.#descriptor, line) !== line.length) throw new Error('the audit log could not be written whole');
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #rotate(): void {
    const own = fstatSync(this.#descriptor);
    if (own.size < this.#maxBytes) return;
    // Another guard may have put the full file aside already.
    if (statSync(this.#file, { throwIfNoEntry: false })?.ino === own.ino) renameSync(this.#file, `${this.#file}.1`);
    closeSync(this.#descriptor);
    this.#descriptor = openSync(this.#file, 'a', 0o600);
  }
}

function short(name: string): string {
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}
