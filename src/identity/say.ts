import type { Findings } from './findings.ts';
import { type Profile, standingOf } from './profile.ts';
import { haveCommon } from './set-difference.ts';

/**
 * How much an entry's word about the server it is part of counts, the smallest first: of who is entitled to it, of another publisher who is at home
 * there, of anybody.
 */
export type Say = 0 | 1 | 2;

/**
 * @param keys - Those that name the server: to be entitled to anything else is nothing to it.
 */
export function sayIn({ guests }: Findings, keys: readonly string[]): (profile: Profile) => Say {
  const naming = new Set(keys);
  return (profile) => {
    if (guests.has(profile)) return 2;
    if (standingOf(profile) === 'owner' || haveCommon(profile.owned, naming)) return 0;
    return profile.authority === 'publisher' ? 1 : 2;
  };
}
