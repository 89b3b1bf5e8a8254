/** Waits, and rejects with the reason of `abort` as soon as it fires. No timer is left behind that would keep the process alive. */
export function pause(ms: number, abort: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.max(0, ms));
  const stop = () => reject(abort.reason);
  if (abort.aborted) stop();
  abort.addEventListener('abort', stop, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    abort.removeEventListener('abort', stop);
  });
}

/** The promise, or the reason of `abort` if that fires first. */
export function untilAborted<T>(promise: Promise<T>, abort: AbortSignal): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(abort.reason);
  if (abort.aborted) stop();
  abort.addEventListener('abort', stop, { once: true });
  return Promise.race([promise, stopped]).finally(() => abort.removeEventListener('abort', stop));
}
