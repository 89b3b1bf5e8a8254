import { visibleText } from '../model/visible-text.ts';

/** One line on a terminal that is drawn over itself; nothing elsewhere. */
export class StatusLine {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  show(text: string): void {
    if (!this.#stream.isTTY) return;
    const width = Math.max(20, this.#stream.columns ?? 80) - 1;
    this.#stream.write(`\r\u001b[2K${visibleText(text).slice(0, width)}`);
  }

  clear(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\u001b[2K');
  }
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
