/** The time and waiting, as a parameter: a test's clock waits in no time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** @throws What `abort` was given, as soon as it fires. */
  sleep(ms: number, abort?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, abort) {
    abort?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    const stop = () => reject(abort?.reason);
    abort?.addEventListener('abort', stop, { once: true });
    await promise.finally(() => {
      clearTimeout(timer);
      abort?.removeEventListener('abort', stop);
    });
  },
};
