import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';
import type { Ruling } from '../policy/evaluate.ts';
import { Approvals } from './approvals.ts';
import { type ClientMessage, INVALID_REQUEST, isId, readClientFrame } from './client-frame.ts';
import type { Gate } from './gate.ts';
import { partsOf } from './json-parts.ts';
import { shownTools } from './tool-list.ts';

const INVALID_PARAMS = -32_602;
const INTERNAL_ERROR = -32_603;

export interface GuardOptions {
  readonly gate: Gate;
  readonly approvalMs: number;
  /** Lines, with their line feeds; they arrive in this order. */
  readonly toClient: (line: Buffer) => void;
  readonly toUpstream: (line: Buffer) => void;
  /** One line for the person who started the guard. */
  readonly say: (message: string) => void;
  readonly observe: boolean;
}

/** One session: what a client says, what of it the server gets to see, and the way back. */
export class Guard {
  readonly #options: GuardOptions;
  readonly #approvals: Approvals;
  /** Methods of requests that the client waits for, by id; calls that a person is asked about, too. */
  readonly #pending = new Map<string, string>();
  readonly #asking = new Map<string, AbortController>();

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#approvals = new Approvals((message) => this.#answer(message), options.approvalMs);
  }

  fromClient(line: Buffer): void {
    const { toUpstream, observe } = this.#options;
    const frame = readClientFrame(line);
    if (frame.kind === 'blank') return;
    if (frame.kind === 'unreadable') {
      if (observe) toUpstream(line);
      else this.#fail(null, frame.code, frame.message);
      return;
    }
    const passed = frame.messages.filter((message) => this.#passes(message));
    if (passed.length === frame.messages.length) toUpstream(line);
    else if (passed.length > 0) toUpstream(Buffer.from(`[${passed.map(({ text }) => text).join(',')}]\n`));
  }

  /** A line of the server's that is no JSON is left out: the client could only stumble over it, or read a list of tools in it that we cannot. */
  fromUpstream(line: Buffer): void {
    const text = line.toString('utf8');
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#options.say('a line of the server is no JSON and was left out');
      return;
    }
    const body = text.trim();
    const texts = Array.isArray(value) ? partsOf(body).map(({ from, to }) => body.slice(from, to)) : [body];
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const shown = texts.map((part, index) => this.#shown(values[index], part));
    if (shown.every((part, index) => part === texts[index])) this.#options.toClient(text.endsWith('\n') ? line : Buffer.from(`${text}\n`));
    else if (Array.isArray(value)) this.#options.toClient(Buffer.from(`[${shown.filter((part) => part !== '').join(',')}]\n`));
    else if (shown[0]) this.#options.toClient(Buffer.from(`${shown[0]}\n`));
  }

  /** Everything that is still waited for is answered: the server is gone. */
  upstreamEnded(why: string): void {
    for (const abort of this.#asking.values()) abort.abort();
    for (const id of [...this.#pending.keys()]) this.#fail(JSON.parse(id) as JsonValue, INTERNAL_ERROR, `assay guard: ${why}`);
    this.#pending.clear();
  }

  /** A line that was too long to be held. */
  tooLong(): void {
    this.#fail(null, INVALID_REQUEST, 'assay guard: this message is longer than 64 MiB; it was not passed on');
  }

  #passes(clientMessage: ClientMessage): boolean {
    const { id, method, params } = clientMessage.message;
    if (this.#approvals.takes(clientMessage.message)) return false;
    if (method === 'tools/call') return this.#passesCall(clientMessage);
    if (method === 'notifications/cancelled' && isJsonObject(params)) this.#cancel(params['requestId']);
    if (method === 'initialize') this.#approvals.learn(params);
    return typeof method !== 'string' || !isId(id) || this.#expects(id, method);
  }

  /** An id that is still waited for would make two answers look alike. */
  #expects(id: string | number, method: string): boolean {
    const key = JSON.stringify(id);
    if (this.#pending.has(key)) {
      this.#fail(id, INVALID_REQUEST, 'assay guard: a request with this id is still open; it was not passed on');
      return false;
    }
    this.#pending.set(key, method);
    return true;
  }

  #cancel(id: unknown): void {
    const key = JSON.stringify(id ?? null);
    this.#pending.delete(key);
    this.#asking.get(key)?.abort();
  }

  #passesCall({ message: { id, params }, text }: ClientMessage): boolean {
    if (!isId(id)) {
      this.#fail(null, INVALID_REQUEST, 'assay guard: tools/call without an id; it was not passed on');
      return false;
    }
    const { name, arguments: given } = isJsonObject(params) ? params : {};
    const args = given ?? {};
    if (typeof name !== 'string' || !isJsonObject(args)) {
      this.#fail(id, INVALID_PARAMS, 'assay guard: tools/call takes a name and an object of arguments; it was not passed on');
      return false;
    }
    if (!this.#expects(id, 'tools/call')) return false;
    const ruling = this.#options.gate.decide(name, args);
    if (ruling.decision === 'allow') return true;
    if (ruling.decision === 'approve') void this.#ask(id, { tool: name, arguments: args, reason: ruling.reason }, text);
    else this.#deny(id, ruling);
    return false;
  }

  async #ask(id: string | number, asked: { tool: string; arguments: JsonObject; reason: string }, text: string): Promise<void> {
    const key = JSON.stringify(id);
    const { gate, toUpstream } = this.#options;
    const cancelled = new AbortController();
    this.#asking.set(key, cancelled);
    const refusal = await this.#approvals.ask(asked, cancelled.signal);
    this.#asking.delete(key);
    // The policy may be another one by now.
    const ruling = refusal === undefined ? gate.settle(asked.tool, asked.arguments) : gate.refuse(asked.tool, asked.arguments, refusal);
    if (cancelled.signal.aborted) return;
    if (ruling.decision === 'allow') toUpstream(Buffer.from(`${text}\n`));
    else this.#deny(id, ruling);
  }

  #deny(id: string | number, { reason }: Ruling): void {
    this.#pending.delete(JSON.stringify(id));
    this.#answer({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: `[ASSAY POLICY DENIED] ${reason}` }], isError: true } });
  }

  #fail(id: JsonValue, code: number, message: string): void {
    this.#answer({ jsonrpc: '2.0', id, error: { code, message } });
  }

  #answer(message: JsonObject): void {
    this.#options.toClient(Buffer.from(`${JSON.stringify(message)}\n`));
  }

  /** What the client gets of one message: the same text, one with fewer tools, or nothing (`''`). */
  #shown(message: unknown, text: string): string {
    if (!isJsonObject(message) || (message['method'] !== undefined && !('result' in message))) return text;
    const { id, result } = message;
    const key = JSON.stringify(id ?? null);
    const method = this.#pending.get(key);
    this.#pending.delete(key);
    if (method === 'tools/list') return shownTools(text, (tool) => this.#options.gate.isShown(tool)) ?? this.#unreadableList(id ?? null);
    // Nobody asked, or for something else: no list of tools comes by that way.
    if (method !== undefined || !isJsonObject(result) || !('tools' in result)) return text;
    this.#options.say('a list of tools that nobody asked for was left out');
    return '';
  }

  #unreadableList(id: JsonValue): string {
    const message = 'assay guard: the list of tools cannot be read in one way only; it was not passed on';
    this.#options.say('a list of tools could not be read and was not passed on');
    return JSON.stringify({ jsonrpc: '2.0', id, error: { code: INTERNAL_ERROR, message } });
  }
}
