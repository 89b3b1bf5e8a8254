export interface LastLook {
  /** What was started, version included. */
  readonly launchKey: string;
  readonly startedAt: Date;
  /** Looks without a listing since the last one that had one. */
  readonly consecutiveFailures: number;
}

const HOUR_MS = 3_600_000;

/** A listing is looked at again after this, although its version did not change: dynamic lists drift, artifacts get replaced. */
const RELIST_AFTER_MS = 7 * 24 * HOUR_MS;

/** First wait after a failure, doubled with every further one: a night's run tries again, the same hour's run does not. */
const RETRY_AFTER_MS = 6 * HOUR_MS;

/** Whether a server is to be looked at now. */
export function isDue(last: LastLook | undefined, launchKey: string, now: Date): boolean {
  if (!last || last.launchKey !== launchKey) return true;
  const ageMs = now.getTime() - last.startedAt.getTime();
  if (last.consecutiveFailures === 0) return ageMs >= RELIST_AFTER_MS;
  return ageMs >= Math.min(RETRY_AFTER_MS * 2 ** (last.consecutiveFailures - 1), RELIST_AFTER_MS);
}
