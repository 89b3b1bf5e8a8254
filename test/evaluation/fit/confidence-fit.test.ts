import { describe, expect, it } from 'vitest';
import { parseTool } from '../../../classifiers/parsed-tool.ts';
import { crossValidatedConfidence, fitConfidence } from '../../../evaluation/fit/confidence-fit.ts';
import type { Example } from '../../../evaluation/fit/examples.ts';

const CONTEXT = { name: 'a', toolNames: [] };

/** Rules that are right in nine of ten tools when they are sure, and in five of ten when they are not. */
const EXAMPLES: Example[] = Array.from({ length: 400 }, (_, index) => {
  const sure = index % 2 === 0;
  const isRight = sure ? index % 20 !== 0 : index % 4 === 1;
  return {
    corpus: 'gold',
    server: `owner${index % 37}/server`,
    parsed: parseTool({ name: 'get' }, CONTEXT),
    expected: isRight ? 'Read' : 'Write',
    expectedRead: isRight,
    found: 'Read',
    confidence: 0.5,
    evidence: [],
    totals: new Map([['Read', sure ? 5 : 1]]),
  };
});

describe('fitConfidence', () => {
  it('is nearly as sure as the rules are right, because they are right less often elsewhere', () => {
    const { bias, margin, saysRead } = fitConfidence(EXAMPLES);
    const share = (total: number) => 1 / (1 + Math.exp(-(bias + saysRead + margin * total)));
    expect(share(5)).toBeGreaterThan(0.8);
    expect(share(5)).toBeLessThan(0.9);
    expect(share(1)).toBeLessThan(0.5);
  });

  it('refuses to be less sure of more evidence', () => {
    const upsideDown = EXAMPLES.map((example) => ({ ...example, expectedRead: !example.expectedRead }));
    expect(() => fitConfidence(upsideDown)).toThrow('less sure');
  });
});

describe('crossValidatedConfidence', () => {
  it('scores every example in every repetition, by a fit without its owner', () => {
    const runs = crossValidatedConfidence(EXAMPLES);
    expect(runs.map(({ size }) => size)).toEqual(runs.map(() => EXAMPLES.length));
    expect(new Set(runs[0]?.values()).size).toBeGreaterThan(2);
  });
});
