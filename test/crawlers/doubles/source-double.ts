/** Something to happen instead of, or to, the next matching answer. */
export interface Quirk {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Cut the real body after so many bytes. */
  readonly truncateAt?: number;
  /** `ECONNRESET` and the like: there is no answer. */
  readonly networkError?: string;
}

/** A source as the crawler meets it, without a network. Its clock is `Date.now()`. */
export interface SourceDouble {
  /** Answers as the source does; rejects a request nobody planned. */
  readonly fetch: typeof globalThis.fetch;
  readonly requests: readonly { readonly url: string; readonly at: number }[];
  /** The n-th (from 0) request for a list page from now on gets this instead. */
  quirkOnListRequest(n: number, quirk: Quirk): void;
}

/** Which of a double's coming list requests is answered with a quirk. */
export class QuirkPlan {
  readonly #planned = new Map<number, Quirk>();
  #requests = 0;

  on(n: number, quirk: Quirk): void {
    this.#planned.set(this.#requests + n, quirk);
  }

  /** Counts a list request, and answers it: with its quirk, if it has one. */
  async answer(real: () => Response | Promise<Response>): Promise<Response> {
    const quirk = this.#planned.get(this.#requests++);
    return quirk ? quirkAnswer(quirk, real) : real();
  }
}

async function quirkAnswer(quirk: Quirk, real: () => Response | Promise<Response>): Promise<Response> {
  if (quirk.networkError !== undefined) throw networkError(quirk.networkError);
  if (quirk.truncateAt === undefined) return new Response(quirk.body ?? '', { status: quirk.status ?? 200, headers: quirk.headers });
  const whole = await real();
  const headers = new Headers([...whole.headers, ...Object.entries(quirk.headers ?? {})]);
  return new Response((await whole.arrayBuffer()).slice(0, quirk.truncateAt), { status: whole.status, headers });
}

function networkError(code: string): TypeError {
  // What fetch throws, in Node's own and in undici's.
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}
