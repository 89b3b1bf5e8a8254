import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OwnTime } from '../../src/connect/remote/own-time.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const waiting = (ms: number) => () => new Promise<void>((resolve) => void setTimeout(resolve, ms));

it('stands still while a turn is waited for, also for two at once', async () => {
  const time = new OwnTime();
  await vi.advanceTimersByTimeAsync(1_000);
  const both = Promise.all([time.without(waiting(2_000)), time.without(waiting(3_000))]);
  await vi.advanceTimersByTimeAsync(2_500);
  expect([time.ms, time.waitedMs, time.turns]).toStrictEqual([1_000, 2_500, 1]);
  await vi.advanceTimersByTimeAsync(500);
  await both;
  await vi.advanceTimersByTimeAsync(100);
  expect([time.ms, time.waitedMs, time.turns]).toStrictEqual([1_100, 3_000, 2]);
});

it('goes on after a turn that never came', async () => {
  const time = new OwnTime();
  await expect(time.without(() => Promise.reject(new Error('enough')))).rejects.toThrow('enough');
  await vi.advanceTimersByTimeAsync(100);
  expect([time.ms, time.turns]).toStrictEqual([100, 0]);
});

it('rings once, late by as much as was waited', async () => {
  const time = new OwnTime();
  const ring = vi.fn();
  time.alarm(1_000, ring);
  const turn = time.without(waiting(5_000));
  await vi.advanceTimersByTimeAsync(5_990);
  await turn;
  expect(ring).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100);
  expect(ring).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ring).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it('does not ring when the alarm was taken back, and leaves no timer', async () => {
  const ring = vi.fn();
  const takeBack = new OwnTime().alarm(1_000, ring);
  await vi.advanceTimersByTimeAsync(500);
  takeBack();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ring).not.toHaveBeenCalled();
});
