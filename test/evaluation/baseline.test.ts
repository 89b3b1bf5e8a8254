import { describe, expect, it } from 'vitest';
import { baselineFiles, writtenBaseline } from '../../evaluation/baseline.ts';

describe('the baseline', () => {
  // When a row moved on purpose: npm run -s evaluate -- --write-baseline, and explain every row of the diff in the change.
  it.each(baselineFiles().map(({ name, text }): [string, string] => [name, text]))(
    '%s: every verdict is the one in the repository',
    (name, text) => {
      expect(movedLines(writtenBaseline(name), text)).toEqual([]);
    },
  );
});

function movedLines(written: string, now: string): string[] {
  const before = new Set(written.split('\n'));
  const after = new Set(now.split('\n'));
  return [
    ...[...before].filter((line) => !after.has(line)).map((line) => `- ${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
  ];
}
