import type { Activity } from '../model/registry-entry.ts';

export interface Candidate {
  readonly id: string;
  readonly activity?: Activity;
  readonly firstSeenAt: Date;
  /** Whether it was looked at before, whatever came of it. */
  readonly lookedAt: boolean;
}

/**
 * The order in which a limited run looks at servers: the most popular and the newest of those never looked at take turns, so that neither many new
 * ones nor the same popular ones take every place. The same candidates in any order come out in the same one.
 */
export function lookOrder<T extends Candidate>(candidates: readonly T[]): T[] {
  const popular = [...candidates].sort(byPopularity);
  const fresh = candidates
    .filter(({ lookedAt }) => !lookedAt)
    .sort((a, b) => b.firstSeenAt.getTime() - a.firstSeenAt.getTime() || byPopularity(a, b));
  const ordered = new Set<T>();
  for (const [index, candidate] of popular.entries()) {
    ordered.add(candidate);
    const next = fresh[index];
    if (next) ordered.add(next);
  }
  return [...ordered];
}

function byPopularity(a: Candidate, b: Candidate): number {
  return popularity(b) - popularity(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Logarithms, so that neither measure drowns the other: a thousand downloads a week weigh as much as a thousand stars. */
function popularity({ activity }: Candidate): number {
  return Math.log10(1 + (activity?.stars ?? 0)) + Math.log10(1 + (activity?.weeklyDownloads ?? 0));
}
