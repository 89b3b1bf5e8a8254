import type { Readable, Writable } from 'node:stream';
import type { JsonObject } from '../model/plain-json.ts';
import { type Frame, type FrameLimits, Framer } from './frames.ts';
import { answerTo, type ConnectionEnd, PendingReplies, type Reply } from './replies.ts';

/**
 * JSON-RPC over a server's streams. Notifications are ignored, and the server's own requests answered by {@link answerTo}.
 */
export class Connection {
  readonly #stdin: Writable;
  readonly #framer: Framer;
  readonly #onNoise: (text: string) => void;
  readonly #pending = new PendingReplies();
  #ended: ConnectionEnd | undefined;
  #hasSpoken = false;

  /** @param onNoise - Gets every line that is not JSON-RPC. */
  constructor(
    { stdin, stdout }: { readonly stdin: Writable; readonly stdout: Readable },
    limits: FrameLimits,
    onNoise: (text: string) => void,
  ) {
    this.#stdin = stdin;
    this.#framer = new Framer(limits);
    this.#onNoise = onNoise;
    stdin.on('error', ignoreBrokenPipe);
    stdout.on('error', () => this.close('closed'));
    stdout.on('data', (chunk: Buffer) => this.#receive(() => this.#framer.push(chunk)));
    stdout.on('end', () => {
      this.#receive(() => this.#framer.end());
      this.close('closed');
    });
  }

  /** Whether anything received was a message of the protocol. */
  get hasSpoken(): boolean {
    return this.#hasSpoken;
  }

  request(method: string, params: JsonObject): Promise<Reply> {
    if (this.#ended) return Promise.resolve({ kind: 'end', end: this.#ended });
    const { id, reply } = this.#pending.open();
    this.#send({ jsonrpc: '2.0', id, method, params });
    return reply;
  }

  notify(method: string): void {
    this.#send({ jsonrpc: '2.0', method });
  }

  /** Ends it from our side; the pending request is answered with `end`. The first end counts. */
  close(end: ConnectionEnd): void {
    this.#ended ??= end;
    this.#pending.end(this.#ended);
  }

  #send(message: JsonObject): void {
    if (!this.#stdin.writable) return;
    // What is sent in one go is one write, and one wake-up of the server.
    this.#stdin.cork();
    this.#stdin.write(`${JSON.stringify(message)}\n`);
    process.nextTick(() => this.#stdin.uncork());
  }

  /** Runs in the callback of a stream, where a throw would end Assay itself and every other server's listing with it. */
  #receive(read: () => readonly Frame[]): void {
    if (this.#ended) return;
    try {
      this.#take(read());
    } catch {
      this.close('unreadable');
    }
  }

  #take(frames: readonly Frame[]): void {
    for (const frame of frames) {
      if (this.#ended) return;
      this.#hasSpoken ||= frame.kind === 'message';
      if (frame.kind === 'noise') this.#onNoise(frame.text);
      else if (typeof frame.message['method'] === 'string') this.#answer(frame.message);
      else this.#pending.settle(frame.message, frame.text);
    }
    if (this.#framer.overflow) this.close(this.#framer.overflow);
  }

  #answer(message: JsonObject): void {
    const answer = answerTo(message);
    // A server that asks and never reads gets no more answers: they would pile up here.
    if (answer && !this.#stdin.writableNeedDrain) this.#send(answer);
  }
}

/** The server is gone or has closed its stdin; its stdout says which. */
function ignoreBrokenPipe(): void {}
