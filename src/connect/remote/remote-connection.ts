import { setTimeout as wait } from 'node:timers/promises';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { type FrameLimits, readMessage } from '../frames.ts';
import { elementTexts } from '../member-text.ts';
import { answerTo, type ConnectionEnd, PendingReplies, type Reply } from '../replies.ts';
import type { Caller } from '../session.ts';
import { Exchange } from './exchange.ts';
import type { Refusal } from './refusal.ts';
import type { RemoteTransport, TransportMaker } from './transports.ts';

/** Of the server's own requests: each answer is a POST. */
const MAX_ANSWERS = 20;
/** Of the messages in one array: two revisions allowed those. */
const MAX_BATCH = 100;
/** Of the good-bye: by then everything is known. */
const GOODBYE_MS = 2_000;
/** What may be sent back in a header. */
const VERSION = /^[\x21-\x7e]{1,100}$/;

/**
 * JSON-RPC with a remote. Notifications are ignored, and the server's own requests answered as over stdio.
 */
export class RemoteConnection implements Caller {
  readonly #transport: RemoteTransport;
  readonly #pending = new PendingReplies();
  readonly #closed = Promise.withResolvers<void>();
  #notified: Promise<void> = Promise.resolve();
  #answers = 0;
  #ended: ConnectionEnd | undefined;
  #refusal: Refusal | undefined;

  constructor({ answersIn, make }: TransportMaker, http: typeof fetch, limits: FrameLimits) {
    const exchange = new Exchange(http, answersIn, limits, {
      received: (text) => this.#receive(text),
      isWaiting: (id) => this.#pending.isWaiting(id),
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
    this.#pending.end(end);
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
    const { id, reply } = this.#pending.open();
    this.#send({ jsonrpc: '2.0', id, method, params }).catch(() => {
      if (this.#pending.isWaiting(id)) this.close('closed');
    });
    return reply;
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
    else this.#pending.settle(message, text);
  }

  #answer(message: JsonObject): void {
    const answer = answerTo(message);
    if (!answer || this.#answers >= MAX_ANSWERS) return;
    this.#answers += 1;
    void this.#send(answer).catch(ignore);
  }
}

function messageTexts(text: string): string[] {
  return text.trimStart().startsWith('[') && Array.isArray(JSON.parse(text)) ? elementTexts(text, MAX_BATCH) : [text];
}

/** What becomes of it changes nothing. */
function ignore(): void {}
