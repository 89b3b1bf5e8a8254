import { describe, expect, it } from 'vitest';
import { buildExamples } from '../../../evaluation/fit/examples.ts';
import { foldOf } from '../../../evaluation/fit/folds.ts';
import { isHeldOut } from '../../../evaluation/split.ts';

const examples = buildExamples();

describe('buildExamples', () => {
  it('has none of a server that is held out', () => {
    expect(examples.filter(({ server }) => isHeldOut(server))).toEqual([]);
  });

  it('sees no hint where the hint is the label', () => {
    const annotated = examples.filter(({ corpus }) => corpus === 'annotated');
    expect(annotated.length).toBeGreaterThan(1000);
    expect(annotated.filter(({ parsed }) => parsed.tool.annotations !== undefined)).toEqual([]);
  });
});

describe('foldOf', () => {
  it('keeps the servers of an owner together', () => {
    expect(foldOf('owner/one', 0, 8)).toBe(foldOf('Owner/two', 0, 8));
  });

  it('deals differently in each repetition, and into every fold', () => {
    const owners = Array.from({ length: 200 }, (_, index) => `owner${index}/server`);
    const dealt = [0, 1].map((repetition) => owners.map((owner) => foldOf(owner, repetition, 8)));
    expect(dealt[0]).not.toEqual(dealt[1]);
    expect(new Set(dealt[0]).size).toBe(8);
  });
});
