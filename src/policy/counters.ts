import type { Limit, Window } from '../model/access-policy.ts';

/** What one call takes from one counter. */
export interface Charge {
  readonly key: string;
  /** Start of the window, milliseconds since the epoch. */
  readonly window: number;
  readonly amount: number;
  readonly max: number;
}

/** Where counts are kept. Both calls are synchronous, so that nothing comes between looking and taking. */
export interface Counters {
  /** What was taken in that window; 0 where nothing is known. */
  taken(key: string, window: number): number;
  /** Takes all of them. Called only after every one was found to have room. */
  take(charges: readonly Charge[]): void;
}

const WINDOW_MS: Readonly<Record<Window, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Start and end of the window of the calendar, in UTC, that an instant lies in: the start belongs to it, the end to the next. */
export function windowAt(window: Window, now: number): { readonly start: number; readonly end: number } {
  const length = WINDOW_MS[window];
  const start = Math.floor(now / length) * length;
  return { start, end: start + length };
}

/** Which count a limit means: as JSON, so that no name can be made to look like two. */
export function counterKey({ counter, window, scope }: Limit, grant: string): string {
  return JSON.stringify(scope === 'grant' ? [counter, window, grant] : [counter, window]);
}

/** Counts in memory, one window for each counter. A clock that is put back goes on in the window that was reached. */
export class MemoryCounters implements Counters {
  readonly #counts = new Map<string, { window: number; taken: number }>();

  taken(key: string, window: number): number {
    const count = this.#counts.get(key);
    return count && count.window >= window ? count.taken : 0;
  }

  take(charges: readonly Charge[]): void {
    for (const { key, window, amount } of charges) {
      const taken = this.taken(key, window) + amount;
      this.#counts.set(key, { window: Math.max(window, this.#counts.get(key)?.window ?? window), taken });
    }
  }
}
