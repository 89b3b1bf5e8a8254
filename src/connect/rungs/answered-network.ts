import type { Tried } from '../attempt.ts';
import type { Preload } from './aids.ts';
import { withoutFeatureFlag } from './feature-flag.ts';
import { type Rung, runsOnNode, withPreload } from './rung.ts';

const STUCK = new Set(['needs-network', 'needs-backend', 'timeout']);
const MISSED = /\bTypeError\b|cannot read propert|is not (?:a function|iterable)|\bundefined\b/i;

/**
 * It fetches something before it lists, and there is no network: everything it asks for is answered, first with a token and empty collections, then,
 * where it misses something in them, with something that agrees to everything.
 */
export const answeredNetwork: Rung = {
  id: 'answered-network',
  next(foothold) {
    if (!runsOnNode(foothold)) return undefined;
    const start = withoutFeatureFlag(foothold.start);
    const added = nextPreload(start.aids?.preloads ?? [], foothold.tried);
    return added && withPreload(start, added);
  },
};

function nextPreload(preloads: readonly Preload[], { attempt, text }: Tried): Preload | undefined {
  if (!preloads.includes('answering-network')) return STUCK.has(attempt.status) ? 'answering-network' : undefined;
  return MISSED.test(text) ? 'agreeing-answers' : undefined;
}
