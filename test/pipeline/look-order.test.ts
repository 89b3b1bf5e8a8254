import { expect, it } from 'vitest';
import { type Candidate, lookOrder } from '../../src/pipeline/look-order.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const candidate = (id: string, stars: number, seen: number, lookedAt = false): Candidate => ({
  id,
  activity: { stars },
  firstSeenAt: day(seen),
  lookedAt,
});

it('takes turns between the most popular and the newest never looked at', () => {
  const order = lookOrder([
    candidate('old-popular', 9_000, 1, true),
    candidate('old-known', 500, 1, true),
    candidate('old-quiet', 0, 1, true),
    candidate('new-first', 1, 9),
    candidate('new-second', 2, 8),
  ]);
  expect(order.map(({ id }) => id)).toEqual(['old-popular', 'new-first', 'old-known', 'new-second', 'old-quiet']);
});

it('goes by popularity alone where everything is equally new, and by id where nothing tells two apart', () => {
  const order = lookOrder([candidate('b', 5, 1), candidate('c', 50, 1), candidate('a', 5, 1)]);
  expect(order.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
});

it('counts downloads like stars', () => {
  const downloads: Candidate = { id: 'z', activity: { weeklyDownloads: 1_000 }, firstSeenAt: day(1), lookedAt: true };
  expect(lookOrder([candidate('a', 10, 1, true), downloads])[0]?.id).toBe('z');
});

it('keeps everyone once, in one order whatever the order given', () => {
  const all = Array.from({ length: 50 }, (_, index) => candidate(`s${index}`, (index * 7) % 13, 1 + (index % 5), index % 3 === 0));
  const order = lookOrder(all);
  expect(new Set(order).size).toBe(50);
  expect(order).toHaveLength(50);
  expect(lookOrder([...all].reverse())).toEqual(order);
});
