import { describe, expect, it } from 'vitest';
import { counted, stretched, stretchedTimeout, stretchOf } from '../../src/connect/load.ts';

describe('by how much a limit is stretched', () => {
  it.each([
    { what: 'an idle machine', load: { cores: 2, running: 1, average: 0.3 }, by: 1 },
    { what: 'as many at once as there are cores', load: { cores: 4, running: 4, average: 4 }, by: 1 },
    { what: 'four at once on two cores', load: { cores: 2, running: 4, average: 0 }, by: 2 },
    { what: 'others keep the machine busy', load: { cores: 2, running: 1, average: 6 }, by: 3 },
    { what: 'the greater of both counts, not their sum', load: { cores: 2, running: 4, average: 5 }, by: 2.5 },
    { what: 'more than anyone waits for', load: { cores: 1, running: 64, average: 90 }, by: 4 },
  ])('$what: $by', ({ load, by }) => {
    expect(stretchOf(load)).toBe(by);
  });
});

it('counts what is running, also when it fails', async () => {
  const idle = stretched(1_000);
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const works = Array.from({ length: 1_000 }, () => counted(() => over));
  expect(stretched(1_000)).toBe(4_000);
  end();
  await Promise.all(works);
  await expect(counted(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(stretched(1_000)).toBeLessThanOrEqual(Math.max(idle, 4_000));
});

it('a wait that was ended does not call', async () => {
  let calls = 0;
  stretchedTimeout(1, () => (calls += 1))();
  await new Promise<void>((resolve) => void stretchedTimeout(5, resolve));
  expect(calls).toBe(0);
});
