import { describe, expect, it } from 'vitest';
import { signalPrecisions } from '../../evaluation/signal-precision.ts';

describe('the precision of signals', () => {
  const precisions = signalPrecisions();

  // Unread hits: npm run -s evaluate -- --signals shows them; read each and write its row into evaluation/judgements/<signal>.jsonl.
  it.each(precisions.map((precision) => [precision.id, precision] as const))(
    '%s: the whole sample was read, nine in ten are right',
    (_, { hits, judged, right, unread }) => {
      expect(unread.map(({ server, tool }) => `${server} ${tool}`)).toEqual([]);
      expect(judged).toBe(Math.min(40, hits));
      expect(right / Math.max(1, judged)).toBeGreaterThanOrEqual(judged === 0 ? 0 : 0.9);
    },
  );
});
