import { describe, expect, it } from 'vitest';
import { isDue } from '../../src/pipeline/due.ts';

const HOUR_MS = 3_600_000;
const now = new Date('2026-06-01T00:00:00Z');
const look = (status: 'complete' | 'timeout' | 'refused', hoursAgo: number, consecutiveFailures = status === 'complete' ? 0 : 1) => ({
  launchKey: 'npm:a@1.0.0',
  status,
  startedAt: new Date(now.getTime() - hoursAgo * HOUR_MS),
  consecutiveFailures,
});

describe('isDue', () => {
  it.each([
    ['never looked at', undefined, true],
    ['listed an hour ago', look('complete', 1), false],
    ['listed six days ago', look('complete', 6 * 24), false],
    ['listed seven days ago', look('complete', 7 * 24), true],
    ['failed an hour ago', look('timeout', 1), false],
    ['failed six hours ago', look('timeout', 6), true],
    ['failed for the third time, 23 hours ago', look('timeout', 23, 3), false],
    ['failed for the third time, a day ago', look('timeout', 24, 3), true],
    ['failed for the fortieth time, seven days ago', look('timeout', 7 * 24, 40), true],
    ['refused an hour ago', look('refused', 1), false],
  ])('%s', (_, last, due) => {
    expect(isDue(last, 'npm:a@1.0.0', now)).toBe(due);
  });

  it('another version is due at once', () => {
    expect(isDue(look('complete', 1), 'npm:a@1.0.1', now)).toBe(true);
  });
});
