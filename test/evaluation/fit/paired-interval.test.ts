import { describe, expect, it } from 'vitest';
import { type Pair, pairedInterval } from '../../../evaluation/fit/paired-interval.ts';

function pairs(gains: readonly number[]): Pair[] {
  return gains.map((gain, index) => ({ server: `server${index % 20}`, before: 0.5, after: 0.5 + gain }));
}

describe('pairedInterval', () => {
  it('is a point where every row gains the same', () => {
    const { low, high } = pairedInterval(pairs(Array.from({ length: 100 }, () => 0.25)));
    expect([low, high]).toEqual([0.25, 0.25]);
  });

  it('holds zero where gains and losses are even, and is the same again', () => {
    const even = pairs(Array.from({ length: 100 }, (_, index) => (index % 3) - 1));
    const interval = pairedInterval(even);
    expect(interval.low).toBeLessThan(0);
    expect(interval.high).toBeGreaterThan(0);
    expect(pairedInterval(even)).toEqual(interval);
  });
});
