import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { visibleText } from '../model/visible-text.ts';

/** Of a call's arguments, in the question; a person reads no more, and is told that there is more. */
const MAX_SHOWN = 2_000;

export interface Asked {
  readonly tool: string;
  readonly arguments: JsonObject;
  readonly reason: string;
}

/** Asks the person in front of the client, with the protocol's own `elicitation/create` (form mode, revision 2025-06-18 and newer). */
export class Approvals {
  readonly #send: (message: JsonObject) => void;
  readonly #timeoutMs: number;
  /** No server has seen it, so no server's request can have one of our ids. */
  readonly #ids = `assay-guard-${randomUUID()}`;
  readonly #open = new Map<string, (answer: string | undefined) => void>();
  #count = 0;
  #canAsk = false;

  constructor(send: (message: JsonObject) => void, timeoutMs: number) {
    this.#send = send;
    this.#timeoutMs = timeoutMs;
  }

  /** @param params - Of the client's `initialize`. */
  learn(params: unknown): void {
    const capabilities = isJsonObject(params) && isJsonObject(params['capabilities']) ? params['capabilities'] : {};
    const { elicitation } = capabilities;
    this.#canAsk = isJsonObject(elicitation) && (Object.keys(elicitation).length === 0 || isJsonObject(elicitation['form']));
  }

  /** @returns Why it is not approved; nothing when the person said yes in so many words. Never rejects. */
  ask(asked: Asked, abort: AbortSignal): Promise<string | undefined> {
    if (!this.#canAsk) return Promise.resolve('A person has to approve this call, and this client has no way to ask one.');
    this.#count += 1;
    const id = `${this.#ids}-${this.#count}`;
    return new Promise((resolve) => {
      const end = (answer: string | undefined) => {
        clearTimeout(timer);
        if (this.#open.delete(id)) resolve(answer);
      };
      const timer = setTimeout(() => {
        this.#send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id, reason: 'Nobody answered in time.' } });
        end('A person has to approve this call, and nobody did in time.');
      }, this.#timeoutMs);
      this.#open.set(id, end);
      abort.addEventListener('abort', () => end('The call was cancelled.'), { once: true });
      this.#send({ jsonrpc: '2.0', id, method: 'elicitation/create', params: question(asked) });
    });
  }

  /** Whether a message of the client was the answer to one of our questions, late ones too: the server never gets to see it. */
  takes({ id, method, result }: JsonObject): boolean {
    if (method !== undefined || typeof id !== 'string' || !id.startsWith(`${this.#ids}-`)) return false;
    const isYes =
      isJsonObject(result) && result['action'] === 'accept' && isJsonObject(result['content']) && result['content']['approve'] === true;
    this.#open.get(id)?.(isYes ? undefined : 'The person did not approve this call.');
    return true;
  }
}

function question({ tool, arguments: args, reason }: Asked): JsonObject {
  const text = JSON.stringify(args);
  const more = text.length > MAX_SHOWN ? `… (${text.length - MAX_SHOWN} more characters)` : '';
  return {
    message: `Approve one call of the tool ${visibleText(JSON.stringify(tool))}?\n${visibleText(reason)}\nArguments: ${visibleText(text.slice(0, MAX_SHOWN))}${more}`,
    requestedSchema: {
      type: 'object',
      properties: { approve: { type: 'boolean', title: 'Approve this call', description: 'Only this one call is made.' } },
      required: ['approve'],
    },
  };
}
