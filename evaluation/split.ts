import { createHash } from 'node:crypto';

/** Which rows a report is about: `build` is what rules are written and fitted on, `held-out` what they are measured on afterwards. */
export type Part = 'build' | 'held-out' | 'all';

/** Servers stay whole: a third of them, by a hash of the name, is held out. */
export function isHeldOut(server: string): boolean {
  return Number.parseInt(createHash('sha256').update(server).digest('hex').slice(0, 8), 16) % 3 === 2;
}

export function isIn(part: Part, server: string): boolean {
  return part === 'all' || isHeldOut(server) === (part === 'held-out');
}
