import { type AttemptContext, type Start, type Tried, tryOnce } from './attempt.ts';
import type { Launch } from './launch.ts';
import { stretched } from './load.ts';
import type { Change } from './rungs/rung.ts';

/** Less is not worth a start: half of all servers need 0.4 s, one in ten more than 1.1 s. */
const LEAST_USEFUL_MS = 1_000;

export interface Made {
  readonly start: Start;
  readonly tried: Tried;
}

/** All starts of one server, none of them twice, within what is left of time and number. */
export class Starts {
  readonly #launch: Launch;
  readonly #context: AttemptContext;
  readonly #made: Made[] = [];
  readonly #keys = new Set<string>();
  #deadline = 0;
  #left = 0;

  constructor(launch: Launch, context: AttemptContext) {
    this.#launch = launch;
    this.#context = context;
  }

  get made(): readonly Made[] {
    return this.#made;
  }

  /** From now on, so many more in so much time. The first of them is made in any case. */
  allow(count: number, timeMs: number): void {
    this.#left = count;
    this.#deadline = performance.now() + stretched(timeMs);
  }

  isMade(change: Change): boolean {
    return this.#keys.has(keyOf(change));
  }

  /** @returns Nothing when number or time is used up. */
  async make(start: Start): Promise<Tried | undefined> {
    const leftMs = this.#deadline - performance.now();
    if (this.#left <= 0 || (this.#made.length > 0 && leftMs < LEAST_USEFUL_MS)) return undefined;
    this.#left -= 1;
    this.#keys.add(keyOf(start));
    const tried = await tryOnce(this.#launch, start, Math.min(this.#mostMs(), leftMs), this.#context);
    this.#made.push({ start, tried });
    return tried;
  }

  /** One that let its whole time pass once is given half from then on: what it waits for has not come nearer. */
  #mostMs(): number {
    const { attemptMs } = this.#context.limits;
    return this.#made.some(({ tried }) => tried.attempt.durationMs >= attemptMs / 2 && tried.attempt.toolCount === 0)
      ? attemptMs / 2
      : attemptMs;
  }
}

/** What a server sees of a start. Of files the names: their content is made anew each time. */
function keyOf({ program, args, env, aids = {} }: Change): string {
  const { runtime, preloads = [], files = {} } = aids;
  return JSON.stringify([program?.name, args, Object.entries(env).sort(byName), runtime, preloads, Object.keys(files).sort()]);
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}
