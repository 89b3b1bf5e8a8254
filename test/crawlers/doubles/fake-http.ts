import { setImmediate as macrotask } from 'node:timers/promises';
import { vi } from 'vitest';
import { type Clock, systemClock } from '../../../src/net/clock.ts';
import { createHttp } from '../../../src/net/create-http.ts';
import type { Http } from '../../../src/net/http.ts';

/** When every test of a crawler begins. */
export const START = new Date('2026-11-21T00:00:00.000Z');

/** Sleeping moves the mocked `Date` on and takes no time. Call `vi.useRealTimers()` after the test. */
export const instantClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, abort) {
    abort?.throwIfAborted();
    vi.setSystemTime(Date.now() + Math.max(0, ms));
    await macrotask();
    abort?.throwIfAborted();
  },
};

/** Sleeps by `setTimeout`, for tests that fake it: see {@link pumpTimers}. */
export const timerClock: Clock = systemClock;

/** Macrotasks in a row without an end after which everything waits for a timer: reading a body takes several. */
const IDLE_ROUNDS = 25;

/** Runs under `vi.useFakeTimers`, moving the clock to the next timer whenever nothing else is left to do. */
export async function pumpTimers<T>(run: () => Promise<T>): Promise<T> {
  let settled = false;
  const result = run().finally(() => {
    settled = true;
  });
  result.catch(() => undefined);
  while (!settled) {
    for (let round = 0; round < IDLE_ROUNDS && !settled; round++) await macrotask();
    if (!settled) await vi.advanceTimersToNextTimerAsync();
  }
  return result;
}

/** The real client, manners included, over a double's `fetch` and a test's clock. */
export function fakeHttp(fetch: typeof globalThis.fetch, clock: Clock = instantClock): Http {
  return createHttp({ fetch, clock, random: () => 0.5, userAgent: 'assay/test (+https://assay.example)' });
}
