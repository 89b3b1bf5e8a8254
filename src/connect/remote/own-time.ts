/** A shorter alarm would ring again and again while the time stands still. */
const SHORTEST_MS = 50;

/** The time of one look at a remote that the remote itself takes: it stands still while a request waits for its turn at the host. */
export class OwnTime {
  readonly #startedAt = performance.now();
  #waits = 0;
  #waitingSince = 0;
  #waitedMs = 0;
  #turns = 0;

  /** Since the start, without the waits. */
  get ms(): number {
    return performance.now() - this.#startedAt - this.waitedMs;
  }

  get waitedMs(): number {
    return this.#waitedMs + (this.#waits > 0 ? performance.now() - this.#waitingSince : 0);
  }

  /** Requests that had their turn. */
  get turns(): number {
    return this.#turns;
  }

  /** Stands still until `turn` has come. */
  async without(turn: () => Promise<void>): Promise<void> {
    if (this.#waits === 0) this.#waitingSince = performance.now();
    this.#waits += 1;
    try {
      await turn();
      this.#turns += 1;
    } finally {
      this.#waits -= 1;
      if (this.#waits === 0) this.#waitedMs += performance.now() - this.#waitingSince;
    }
  }

  /**
   * Calls `ring` once when `ms` more have gone by.
   *
   * @returns Takes the alarm back.
   */
  alarm(ms: number, ring: () => void): () => void {
    const due = this.ms + ms;
    let timer: NodeJS.Timeout;
    const wait = () => {
      timer = setTimeout(() => (this.ms < due ? wait() : ring()), Math.max(SHORTEST_MS, due - this.ms));
    };
    wait();
    return () => clearTimeout(timer);
  }
}
