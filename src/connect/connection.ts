import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { JsonObject } from '../model/json.ts';
import { type Frame, type FrameLimits, Framer, type Overflow } from './frames.ts';

/** Why nothing more can be received. `closed`: the server ended its side; `unreadable`: reading what it wrote failed. */
export type ConnectionEnd = Overflow | 'unreadable' | 'closed' | 'timeout' | 'aborted';

export type Reply =
  /** `text` is the whole frame. */
  | { readonly kind: 'result'; readonly result: unknown; readonly text: string }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  | { readonly kind: 'end'; readonly end: ConnectionEnd };

const RpcError = z.object({ code: z.number(), message: z.string() });
const METHOD_NOT_FOUND = -32_601;
/** Of the id of a server's own request, which is sent back. */
const MAX_ID_LENGTH = 1_024;

/**
 * JSON-RPC over a server's streams. Unknown ids, second answers and notifications are ignored; the server's own requests are answered, `ping` with
 * a result and all others with "method not found", since no client capability is declared.
 */
export class Connection {
  readonly #stdin: Writable;
  readonly #framer: Framer;
  readonly #onNoise: (text: string) => void;
  readonly #pending = new Map<number, (reply: Reply) => void>();
  #lastId = 0;
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
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#send({ jsonrpc: '2.0', id, method, params });
    });
  }

  notify(method: string): void {
    this.#send({ jsonrpc: '2.0', method });
  }

  /** Ends it from our side; the pending request is answered with `end`. The first end counts. */
  close(end: ConnectionEnd): void {
    this.#ended ??= end;
    for (const resolve of this.#pending.values()) resolve({ kind: 'end', end: this.#ended });
    this.#pending.clear();
  }

  #send(message: JsonObject): void {
    if (this.#stdin.writable) this.#stdin.write(`${JSON.stringify(message)}\n`);
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
      else this.#settle(frame.message, frame.text);
    }
    if (this.#framer.overflow) this.close(this.#framer.overflow);
  }

  #answer({ id, method }: JsonObject): void {
    if (!isEchoable(id)) return;
    // A server that asks and never reads gets no more answers: they would pile up here.
    if (this.#stdin.writableNeedDrain) return;
    if (method === 'ping') this.#send({ jsonrpc: '2.0', id, result: {} });
    else this.#send({ jsonrpc: '2.0', id, error: { code: METHOD_NOT_FOUND, message: 'Method not found' } });
  }

  #settle(message: JsonObject, text: string): void {
    const id = message['id'];
    const resolve = typeof id === 'number' ? this.#pending.get(id) : undefined;
    if (!resolve) return;
    this.#pending.delete(Number(id));
    resolve(readReply(message, text));
  }
}

/** Ids are strings or numbers; anything else, however deep or long, is never written back. */
export function isEchoable(id: unknown): id is string | number {
  return typeof id === 'string' ? id.length <= MAX_ID_LENGTH : Number.isFinite(id);
}

/** The server is gone or has closed its stdin; its stdout says which. */
function ignoreBrokenPipe(): void {}

/** @param text - The message as it was written. */
export function readReply(message: JsonObject, text: string): Reply {
  if (Object.hasOwn(message, 'result')) return { kind: 'result', result: message['result'], text };
  const error = RpcError.safeParse(message['error']);
  if (!error.success) return { kind: 'error', code: 0, message: 'an answer with neither a result nor an error' };
  return { kind: 'error', ...error.data };
}
