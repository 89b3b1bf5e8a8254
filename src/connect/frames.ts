import { isJsonObject, type JsonObject } from '../model/plain-json.ts';

/** One line of a server's stdout. */
export type Frame =
  | { readonly kind: 'message'; readonly message: JsonObject; readonly text: string }
  /** Not JSON-RPC: a banner, a log line, a progress bar. */
  | { readonly kind: 'noise'; readonly text: string };

export interface FrameLimits {
  readonly maxFrameBytes: number;
  readonly maxSessionBytes: number;
}

export type Overflow = 'frame-too-big' | 'session-too-big';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const MAX_NOISE_BYTES = 4_096;
/** Of all that is not JSON-RPC in one start, empty lines too: millions of lines cost seconds, in which every other server waits. */
const MAX_NOISE_LINES = 20_000;
const MAX_ALL_NOISE_BYTES = 4 * 2 ** 20;

/** Splits stdout into lines on raw bytes and counts before it joins: a line that never ends costs `maxFrameBytes` of memory, not all of it. */
export class Framer {
  readonly #limits: FrameLimits;
  #parts: Buffer[] = [];
  #frameBytes = 0;
  #sessionBytes = 0;
  #noiseLines = 0;
  #noiseBytes = 0;
  #overflow: Overflow | undefined;

  constructor(limits: FrameLimits) {
    this.#limits = limits;
  }

  /** The limit that was passed; from then on nothing is read. */
  get overflow(): Overflow | undefined {
    return this.#overflow;
  }

  /** The frames that `chunk` completes, in order. Never throws, whatever the bytes are. */
  push(chunk: Buffer): Frame[] {
    if (this.#overflow) return [];
    const allowed = chunk.subarray(0, this.#limits.maxSessionBytes - this.#sessionBytes);
    this.#sessionBytes += allowed.length;
    const frames = this.#split(allowed);
    if (!this.#overflow && allowed.length < chunk.length) this.#stop('session-too-big');
    return frames;
  }

  /** The last line, when the stream ended without a line feed. */
  end(): Frame[] {
    return this.#overflow || this.#frameBytes === 0 ? [] : this.#release();
  }

  #split(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      if (!this.#hold(chunk.subarray(start, end))) return frames;
      frames.push(...this.#release());
      if (this.#overflow) return frames;
      start = end + 1;
    }
    this.#hold(chunk.subarray(start));
    return frames;
  }

  #hold(part: Buffer): boolean {
    this.#frameBytes += part.length;
    if (this.#frameBytes > this.#limits.maxFrameBytes) this.#stop('frame-too-big');
    else this.#parts.push(part);
    return !this.#overflow;
  }

  #release(): Frame[] {
    const [only] = this.#parts;
    const frame = readFrame(only && this.#parts.length === 1 ? only : Buffer.concat(this.#parts));
    if (frame?.kind !== 'message') this.#countNoise(this.#frameBytes);
    this.#parts = [];
    this.#frameBytes = 0;
    return frame ? [frame] : [];
  }

  #countNoise(bytes: number): void {
    this.#noiseLines += 1;
    this.#noiseBytes += bytes;
    if (this.#noiseLines > MAX_NOISE_LINES || this.#noiseBytes > MAX_ALL_NOISE_BYTES) this.#stop('session-too-big');
  }

  #stop(reason: Overflow): void {
    this.#overflow = reason;
    this.#parts = [];
  }
}

function readFrame(bytes: Buffer): Frame | undefined {
  const line = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
  if (line.length === 0) return undefined;
  const text = line.toString('utf8').replace(/^\uFEFF/, '');
  const message = readMessage(text);
  if (message) return { kind: 'message', message, text };
  return { kind: 'noise', text: line.subarray(0, MAX_NOISE_BYTES).toString('utf8') };
}

/** The message that a text is; nothing when it is no JSON-RPC. */
export function readMessage(text: string): JsonObject | undefined {
  // A parse that fails costs far more than one that is not tried.
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && value['jsonrpc'] === '2.0' ? value : undefined;
  } catch {
    return undefined;
  }
}
