import { isJsonObject, type JsonObject } from '../model/plain-json.ts';
import type { Overflow } from './frames.ts';

/** Why nothing more can be received. `closed`: the server ended its side; `unreadable`: reading what it wrote failed. */
export type ConnectionEnd = Overflow | 'unreadable' | 'closed' | 'timeout' | 'aborted';

export type Reply =
  /** `text` is the whole frame. */
  | { readonly kind: 'result'; readonly result: unknown; readonly text: string }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  | { readonly kind: 'end'; readonly end: ConnectionEnd };

const METHOD_NOT_FOUND = -32_601;
/** Of the id of a server's own request, which is sent back. */
const MAX_ID_LENGTH = 1_024;

/** Requests of ours and who waits for their replies, whatever carries them. Unknown ids and second answers are ignored. */
export class PendingReplies {
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #lastId = 0;

  /** @returns The next request's id, and what will be replied to it. */
  open(): { readonly id: number; readonly reply: Promise<Reply> } {
    this.#lastId += 1;
    const id = this.#lastId;
    return { id, reply: new Promise((resolve) => this.#waiting.set(id, resolve)) };
  }

  isWaiting(id: number): boolean {
    return this.#waiting.has(id);
  }

  /** @param text - The message as it was written. */
  settle(message: JsonObject, text: string): void {
    const id = message['id'];
    const resolve = typeof id === 'number' ? this.#waiting.get(id) : undefined;
    if (!resolve) return;
    this.#waiting.delete(Number(id));
    resolve(readReply(message, text));
  }

  /** Whoever still waits is told so. */
  end(end: ConnectionEnd): void {
    for (const resolve of this.#waiting.values()) resolve({ kind: 'end', end });
    this.#waiting.clear();
  }
}

function readReply(message: JsonObject, text: string): Reply {
  if (Object.hasOwn(message, 'result')) return { kind: 'result', result: message['result'], text };
  const { error } = message;
  if (isJsonObject(error)) {
    const { code, message: text } = error;
    if (typeof code === 'number' && Number.isFinite(code) && typeof text === 'string') return { kind: 'error', code, message: text };
  }
  return { kind: 'error', code: 0, message: 'an answer with neither a result nor an error' };
}

/**
 * What a server's own request is answered: `ping` with a result, all others with "method not found", since no client capability is declared.
 *
 * @returns Nothing for a notification, and for an id that is no string or number, or too long: it is never written back.
 */
export function answerTo({ id, method }: JsonObject): JsonObject | undefined {
  if (!isEchoable(id)) return undefined;
  if (method === 'ping') return { jsonrpc: '2.0', id, result: {} };
  return { jsonrpc: '2.0', id, error: { code: METHOD_NOT_FOUND, message: 'Method not found' } };
}

function isEchoable(id: unknown): id is string | number {
  return typeof id === 'string' ? id.length <= MAX_ID_LENGTH : Number.isFinite(id);
}
