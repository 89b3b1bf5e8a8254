import { z } from 'zod';
import { type Fault, FaultError } from '../../model/fault.ts';
import type { FrameLimits, Overflow } from '../frames.ts';
import { EventReader } from './event-data.ts';
import type { Refusal } from './refusal.ts';

/** What is told of the requests of one connection. */
export interface ExchangeListener {
  /** One JSON text that the server sent. */
  received(text: string): void;
  /** Whether the request of this id has no answer yet. */
  isWaiting(id: number): boolean;
  refused(refusal: Refusal): void;
  overflowed(limit: Overflow): void;
  /** The stream that an answer was to come on is over. */
  streamEnded(): void;
}

/** Where the answers to messages arrive: in the answer to each POST, or on the one stream that a GET opened. */
export type AnswersIn = 'post' | 'stream';

const MAX_REFUSAL_BYTES = 64 * 1_024;
/** How often a broken stream is taken up again: a server may end every one at once and ask for the next without a pause. */
const MAX_RESUMES = 5;

const SentRequest = z.object({ id: z.number(), method: z.string() });

type Body = NonNullable<Response['body']>;
type Chunks = AsyncIterable<Uint8Array>;

/**
 * The `fetch` that a transport of the protocol's SDK is given. It reads what the server sends before the SDK does: the SDK drops or refuses messages
 * that are slightly wrong, keeps nothing of their text, of refusals neither headers nor body, and sets no limits.
 */
export class Exchange {
  readonly #http: typeof fetch;
  readonly #listener: ExchangeListener;
  readonly #limits: FrameLimits;
  readonly #answersIn: AnswersIn;
  #sessionBytes = 0;
  #resumes = 0;

  constructor(http: typeof fetch, answersIn: AnswersIn, limits: FrameLimits, listener: ExchangeListener) {
    this.#http = http;
    this.#answersIn = answersIn;
    this.#limits = limits;
    this.#listener = listener;
  }

  readonly fetch: typeof fetch = async (url, init = {}) => {
    if (this.#isUnwanted(init)) return new Response(null, { status: 405 });
    const id = requestIdIn(init);
    if (isMessage(init) && id === undefined) return this.#send(url, init);
    const response = await this.#sendOrRefuse(url, init);
    if (!response.ok) throw this.#refuse(await statusOf(response));
    if (this.#answersIn === 'stream' && id !== undefined) return response;
    return this.#read(response, id);
  };

  /** The stream for what a server says unasked: nothing of it is wanted. Taking up a stream that broke off is. */
  #isUnwanted(init: RequestInit): boolean {
    if (this.#answersIn === 'stream' || init.method !== 'GET') return false;
    if (!new Headers(init.headers).has('last-event-id')) return true;
    this.#resumes += 1;
    if (this.#resumes <= MAX_RESUMES) return false;
    this.#listener.streamEnded();
    return true;
  }

  #send(url: Parameters<typeof fetch>[0], init: RequestInit): Promise<Response> {
    return this.#http(url, { ...init, redirect: 'follow' });
  }

  async #sendOrRefuse(url: Parameters<typeof fetch>[0], init: RequestInit): Promise<Response> {
    try {
      return await this.#send(url, init);
    } catch (error) {
      throw this.#refuse({ kind: 'fault', fault: faultOf(error) }, error);
    }
  }

  #refuse(refusal: Refusal, cause?: unknown): Error {
    this.#listener.refused(refusal);
    return new Error(`refused: ${refusal.kind}`, { cause });
  }

  async #read({ status, headers, body }: Response, id: number | undefined): Promise<Response> {
    const contentType = headers.get('content-type') ?? '';
    const mediaType = contentType.split(';')[0]?.trim().toLowerCase();
    if (body && mediaType === 'text/event-stream') return new Response(ReadableStream.from(this.#events(body, id)), { status, headers });
    if (!body || id === undefined || mediaType !== 'application/json') {
      throw this.#refuse({ kind: 'content', contentType, body: body ? await startOf(body) : '' });
    }
    const text = await this.#wholeText(body);
    this.#listener.received(text);
    if (this.#listener.isWaiting(id)) throw this.#refuse({ kind: 'content', contentType, body: text.slice(0, MAX_REFUSAL_BYTES) });
    // The SDK has nothing left to read.
    return new Response(null, { status: 202, headers });
  }

  async #wholeText(body: Body): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of this.#counted(body)) {
      bytes += chunk.length;
      if (bytes > this.#limits.maxFrameBytes) throw this.#overflow('frame-too-big');
      chunks.push(chunk);
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
  }

  /** Passes a stream on to the SDK, which finds its way by it, and its messages to the listener. */
  async *#events(body: Body, id: number | undefined): AsyncGenerator<Uint8Array> {
    const reader = new EventReader(this.#limits.maxFrameBytes);
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for await (const chunk of this.#counted(body)) {
      for (const message of reader.push(decoder.decode(chunk, { stream: true }))) this.#listener.received(message);
      if (reader.isTooLong) throw this.#overflow('frame-too-big');
      if (reader.areTooMany) throw this.#overflow('session-too-big');
      yield chunk;
    }
    if (this.#answersIn === 'stream' || (id !== undefined && !reader.hasId && this.#listener.isWaiting(id))) this.#listener.streamEnded();
  }

  async *#counted(body: Body): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body as Chunks) {
        this.#sessionBytes += chunk.length;
        if (this.#sessionBytes > this.#limits.maxSessionBytes) throw this.#overflow('session-too-big');
        yield chunk;
      }
    } catch (error) {
      throw this.#refuse({ kind: 'fault', fault: faultOf(error) }, error);
    }
  }

  #overflow(limit: Overflow): Error {
    this.#listener.overflowed(limit);
    return new Error(limit);
  }
}

/** Not a stream. What becomes of a notification, of an answer of ours and of the good-bye changes nothing. */
function isMessage({ method }: RequestInit): boolean {
  return method === 'POST' || method === 'DELETE';
}

/** Of the message that is sent, when it is one that wants an answer. */
function requestIdIn({ method, body }: RequestInit): number | undefined {
  if (method !== 'POST') return undefined;
  const message = SentRequest.safeParse(JSON.parse(String(body)));
  return message.success ? message.data.id : undefined;
}

async function statusOf(response: Response): Promise<Refusal> {
  const { status, headers } = response;
  return { kind: 'status', status, headers, body: response.body ? await startOf(response.body) : '' };
}

/** The start of a body that only a person will read. */
async function startOf(body: Body): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as Chunks) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= MAX_REFUSAL_BYTES) break;
    }
  } catch {
    // It broke off: what arrived is the start too.
  }
  return Buffer.concat(chunks).subarray(0, MAX_REFUSAL_BYTES).toString('utf8');
}

function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'connection-lost', subject: '', message: `The connection broke off: ${message}.`, retryable: true };
}
