const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** https://docs.github.com/rest/rate-limit and https://docs.github.com/rest/search/search#rate-limit */
const LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  core: [5_000, HOUR_MS],
  graphql: [5_000, HOUR_MS],
  search: [30, MINUTE_MS],
  code_search: [9, MINUTE_MS],
};

interface Window {
  used: number;
  resetAt: number;
  /** Somebody else used it up, so that the client cannot know. */
  foreign?: boolean;
}

/** GitHub's counting, and a list of everything a well-behaved client would not have done. */
export class GithubLimits {
  readonly violations: string[] = [];
  readonly #isSilent: boolean;
  readonly #windows = new Map<string, Window>();
  readonly #underWay = new Map<string, number>();
  #bannedUntil = 0;

  /** @param isSilent - Secondary limits do not say how long they last. */
  constructor({ isSilent = false } = {}) {
    this.#isSilent = isSilent;
  }

  /** Uses up what is left of a resource's window, as another program with the same token would. */
  exhaust(resource: string, resetInMs: number): void {
    const [limit = 0] = LIMITS[resource] ?? [];
    this.#windows.set(resource, { used: limit, resetAt: Date.now() + resetInMs, foreign: true });
  }

  /** @returns The answer to a request that is one too many. */
  refusal(resource: string): Response | undefined {
    const now = Date.now();
    if (now < this.#bannedUntil) {
      this.violations.push(`${resource}: went on during a secondary limit`);
      return this.secondary(Math.ceil((this.#bannedUntil - now) / 1_000));
    }
    const window = this.#windowOf(resource);
    const [limit = 0] = LIMITS[resource] ?? [];
    if (window.used < limit) return undefined;
    if (!window.foreign) this.violations.push(`${resource}: more than ${limit} in a window`);
    window.foreign = false;
    return primaryLimit(this.headers(resource));
  }

  /** A secondary limit from now on. */
  secondary(seconds: number): Response {
    this.#bannedUntil = Math.max(this.#bannedUntil, Date.now() + seconds * 1_000);
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    return Response.json({ message }, { status: 403, headers: this.#isSilent ? {} : { 'retry-after': String(seconds) } });
  }

  count(resource: string): void {
    this.#windowOf(resource).used += 1;
  }

  headers(resource: string): Record<string, string> {
    const { used, resetAt } = this.#windowOf(resource);
    const [limit = 0] = LIMITS[resource] ?? [];
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - used)),
      'x-ratelimit-used': String(Math.min(used, limit)),
      'x-ratelimit-reset': String(Math.ceil(resetAt / 1_000)),
      'x-ratelimit-resource': resource,
    };
  }

  /** At most one search, one GraphQL query and ten requests at once are what GitHub recommends. */
  async during<T>(resource: string, task: () => Promise<T>): Promise<T> {
    const underWay = (this.#underWay.get(resource) ?? 0) + 1;
    this.#underWay.set(resource, underWay);
    if (underWay > (resource === 'core' ? 10 : 1)) this.violations.push(`${resource}: ${underWay} at once`);
    try {
      return await task();
    } finally {
      this.#underWay.set(resource, (this.#underWay.get(resource) ?? 1) - 1);
    }
  }

  #windowOf(resource: string): Window {
    const known = this.#windows.get(resource);
    if (known && known.resetAt > Date.now()) return known;
    const [, lengthMs = 0] = LIMITS[resource] ?? [];
    const window = { used: 0, resetAt: Date.now() + lengthMs };
    this.#windows.set(resource, window);
    return window;
  }
}

function primaryLimit(headers: Record<string, string>): Response {
  return Response.json({ message: 'API rate limit exceeded for user ID 1.' }, { status: 403, headers });
}
