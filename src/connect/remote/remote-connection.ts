import { setTimeout as wait } from 'node:timers/promises';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { type ConnectionEnd, isEchoable, type Reply, readReply } from '../connection.ts';
import { type FrameLimits, readMessage } from '../frames.ts';
import { elementTexts } from '../member-text.ts';
import type { Caller } from '../session.ts';
import { Exchange } from './exchange.ts';
import type { Refusal } from './refusal.ts';
import type { RemoteTransport, TransportMaker } from './transports.ts';

const METHOD_NOT_FOUND = -32_601;
/** Of the server's own requests: each answer is a POST. */
const MAX_ANSWERS = 20;
/** Of the messages in one array: two revisions allowed those. */
const MAX_BATCH = 100;
/** Of the good-bye: by then everything is known. */
const GOODBYE_MS = 2_000;
/** What may be sent back in a header. */
const VERSION = /^[\x21-\x7e]{1,100}$/;

/**
 * JSON-RPC with a remote. Unknown ids, second answers and notifications are ignored; the server's own requests are answered as over stdio: `ping`
 * with a result, all others with "method not found", since no client capability is declared.
 */
export class RemoteConnection implements Caller {
  readonly #transport: RemoteTransport;
  readonly #pending = new Map<number, (reply: Reply) => void>();
  readonly #closed = Promise.withResolvers<void>();
  #notified: Promise<void> = Promise.resolve();
  #lastId = 0;
  #answers = 0;
  #ended: ConnectionEnd | undefined;
  #refusal: Refusal | undefined;

  constructor({ answersIn, make }: TransportMaker, http: typeof fetch, limits: FrameLimits) {
    const exchange = new Exchange(http, answersIn, limits, {
      received: (text) => this.#receive(text),
      isWaiting: (id) => this.#pending.has(id),
      refused: (refusal) => this.#refuse(refusal),
      overflowed: (limit) => this.close(limit),
      streamEnded: () => this.close('closed'),
    });
    this.#transport = make(exchange.fetch);
  }

  /** What came instead of messages, where that ended it. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** Makes ready for sending. Over SSE: waits for the address that messages go to. */
  async open(): Promise<void> {
    try {
      await Promise.race([this.#transport.start(), this.#closed.promise]);
    } catch (error) {
      this.#refuse({ kind: 'endpoint', message: error instanceof Error ? error.message : String(error) });
    }
  }

  async request(method: string, params: JsonObject): Promise<Reply> {
    await Promise.race([this.#notified, this.#closed.promise]);
    if (this.#ended) return { kind: 'end', end: this.#ended };
    const reply = await this.#ask(method, params);
    if (method === 'initialize' && reply.kind === 'result') this.#agreeOn(reply.result);
    return reply;
  }

  notify(method: string): void {
    this.#notified = this.#send({ jsonrpc: '2.0', method }).catch(ignore);
  }

  /** Ends it from our side; the pending request is answered with `end`. The first end counts. */
  close(end: ConnectionEnd): void {
    if (this.#ended) return;
    this.#ended = end;
    for (const resolve of this.#pending.values()) resolve({ kind: 'end', end });
    this.#pending.clear();
    this.#closed.resolve();
  }

  /** Says good-bye where there is a session, and leaves nothing open. */
  async leave(): Promise<void> {
    if (this.#ended === undefined || this.#ended === 'closed') await this.#sayGoodbye();
    this.close('closed');
    await this.#transport.close().catch(ignore);
  }

  async #sayGoodbye(): Promise<void> {
    const over = new AbortController();
    const late = wait(GOODBYE_MS, undefined, { signal: over.signal }).catch(ignore);
    await Promise.race([this.#transport.terminateSession?.().catch(ignore), late]);
    over.abort();
  }

  #ask(method: string, params: JsonObject): Promise<Reply> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#send({ jsonrpc: '2.0', id, method, params }).catch(() => {
        if (this.#pending.has(id)) this.close('closed');
      });
    });
  }

  #send(message: JsonObject): Promise<void> {
    return this.#transport.send(message as JSONRPCMessage);
  }

  /** Later requests carry the revision in a header. */
  #agreeOn(result: unknown): void {
    const version = isJsonObject(result) ? result['protocolVersion'] : undefined;
    if (typeof version === 'string' && VERSION.test(version)) this.#transport.setProtocolVersion(version);
  }

  #refuse(refusal: Refusal): void {
    if (this.#ended) return;
    this.#refusal = refusal;
    this.close('closed');
  }

  /** A throw would get lost in the SDK, and the request be waited on for ever. */
  #receive(text: string): void {
    if (this.#ended) return;
    try {
      for (const one of messageTexts(text)) {
        const message = readMessage(one);
        if (message) this.#take(message, one);
      }
    } catch {
      this.close('unreadable');
    }
  }

  #take(message: JsonObject, text: string): void {
    if (typeof message['method'] === 'string') this.#answer(message);
    else this.#settle(message, text);
  }

  #settle(message: JsonObject, text: string): void {
    const id = message['id'];
    const resolve = typeof id === 'number' ? this.#pending.get(id) : undefined;
    if (!resolve) return;
    this.#pending.delete(Number(id));
    resolve(readReply(message, text));
  }

  #answer({ id, method }: JsonObject): void {
    if (!isEchoable(id) || this.#answers >= MAX_ANSWERS) return;
    this.#answers += 1;
    const unknown = { code: METHOD_NOT_FOUND, message: 'Method not found' };
    const answer: JsonObject = method === 'ping' ? { jsonrpc: '2.0', id, result: {} } : { jsonrpc: '2.0', id, error: unknown };
    void this.#send(answer).catch(ignore);
  }
}

function messageTexts(text: string): string[] {
  return text.trimStart().startsWith('[') && Array.isArray(JSON.parse(text)) ? elementTexts(text, MAX_BATCH) : [text];
}

/** What becomes of it changes nothing. */
function ignore(): void {}
