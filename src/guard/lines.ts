const LINE_FEED = 0x0a;

/** Longest line that is held, bytes. A client that sends a file as an argument needs a few; nobody needs more than this. */
export const MAX_LINE_BYTES = 64 * 2 ** 20;

/** Splits a stream into its lines as they are, line feeds included. A line that is too long is told once and left out, whatever it holds. */
export class Lines {
  #parts: Buffer[] = [];
  #bytes = 0;
  readonly #maxBytes: number;
  readonly #onTooLong: () => void;

  constructor(onTooLong: () => void, maxBytes = MAX_LINE_BYTES) {
    this.#onTooLong = onTooLong;
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      this.#hold(chunk.subarray(start, end + 1));
      lines.push(...this.end());
      start = end + 1;
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
    return lines;
  }

  /** What is left when the stream ends without a line feed. */
  end(): Buffer[] {
    const line = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    const isWhole = this.#bytes > 0 && this.#bytes <= this.#maxBytes;
    this.#parts = [];
    this.#bytes = 0;
    return line && isWhole ? [line] : [];
  }

  #hold(part: Buffer): void {
    const wasTooLong = this.#bytes > this.#maxBytes;
    this.#bytes += part.length;
    if (this.#bytes <= this.#maxBytes) this.#parts.push(part);
    else if (!wasTooLong) {
      this.#parts = [];
      this.#onTooLong();
    }
  }
}
