import type { Fault } from '../model/fault.ts';

/** Below this many listed servers yesterday, a share says nothing. */
const SMALL_CATALOGUE = 10;

/** Losing more than this share of the listed servers overnight is a fault of ours before it is news. */
const LARGEST_LOSS = 0.3;

/** Whether the new catalogue may replace the one that is out; a refusal leaves yesterday's files as they are. */
export function gate(listedBefore: number, listedNow: number): Fault | undefined {
  if (listedBefore < SMALL_CATALOGUE || listedNow >= listedBefore * (1 - LARGEST_LOSS)) return undefined;
  return {
    code: 'catalogue-shrank',
    subject: 'feed',
    message: `The feed was not replaced: it would list ${listedNow} servers where the published one lists ${listedBefore}. If that is right, publish into an empty folder.`,
    retryable: false,
  };
}
