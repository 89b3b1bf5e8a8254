import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchMemory } from '../../src/connect/sandbox/memory-watch.ts';

const GIB = 2 ** 30;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([
  ['the host has enough', 20, 12, false],
  ['the host ran short by what this one may have taken', 20, 3, true],
  ['the host was already short', 3.5, 3, false],
])('watching a program that itself holds little: %s', (_, before, after, isEnded) => {
  let available = before * GIB;
  const onExceeded = vi.fn();
  const end = watchMemory(process.pid, 4 * GIB, onExceeded, () => ({ total: 32 * GIB, available }));
  available = after * GIB;
  vi.advanceTimersByTime(2_000);
  end();
  expect(onExceeded).toHaveBeenCalledTimes(isEnded ? 1 : 0);
});

it('reads the memory of a real process', () => {
  const onExceeded = vi.fn();
  const end = watchMemory(process.pid, 1, onExceeded);
  vi.advanceTimersByTime(2_000);
  end();
  expect(onExceeded).toHaveBeenCalledTimes(1);
});
