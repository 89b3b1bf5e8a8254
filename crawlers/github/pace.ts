import { pause } from './pause.ts';

/** GitHub counts each of these on its own. https://docs.github.com/rest/rate-limit */
export type Resource = 'core' | 'search' | 'code_search' | 'graphql';

/**
 * Between two requests, so that a minute never sees more than it may. Octokit's throttling spaces searches (2 s) and GraphQL (1 s), but sends code
 * searches as fast as others, and only 9 of them are allowed a minute.
 */
const SPACING_MS: Readonly<Record<Resource, number>> = { core: 0, search: 0, code_search: 6_700, graphql: 0 };

/** GitHub asks for the second after the one it names. */
const AFTER_RESET_MS = 1_000;

/** Keeps each resource's requests apart, and waits for the reset when an answer says that nothing is left, instead of running into the limit. */
export class Pace {
  readonly #abort: AbortSignal;
  readonly #notBefore = new Map<Resource, number>();

  constructor(abort: AbortSignal) {
    this.#abort = abort;
  }

  async turn(resource: Resource): Promise<void> {
    const waitMs = (this.#notBefore.get(resource) ?? 0) - Date.now();
    if (waitMs > 0) await pause(waitMs, this.#abort);
    this.#notBefore.set(resource, Date.now() + SPACING_MS[resource]);
  }

  /** Told of every answer: a request may have waited elsewhere since its turn. */
  note(resource: Resource, headers: Readonly<Record<string, unknown>>): void {
    const reset = headers['x-ratelimit-remaining'] === '0' ? Number(headers['x-ratelimit-reset']) * 1_000 + AFTER_RESET_MS : 0;
    this.#notBefore.set(resource, Math.max(Date.now() + SPACING_MS[resource], Number.isFinite(reset) ? reset : 0));
  }
}
