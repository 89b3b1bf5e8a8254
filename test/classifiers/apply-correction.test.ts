import { describe, expect, it } from 'vitest';
import { applyCorrection } from '../../classifiers/apply-correction.ts';
import { Category, Classification, CONSEQUENCE_OF } from '../../src/model/classification.ts';
import type { Correction } from '../../src/model/correction.ts';
import type { ToolDefinition } from '../../src/model/tool.ts';
import { classify, type Example } from './examples.ts';

const reasons = { why: 'It only looks.', shownBy: 'a reader', date: '2026-01-02' };

function corrected(example: Example, category: Category) {
  const [name, description, properties, annotations] = example;
  const definition = { name, description, inputSchema: { type: 'object', properties: properties ?? {} }, annotations } as ToolDefinition;
  const correction: Correction = { server: 'npm:example', tool: name, category, definition, ...reasons };
  const classification = classify(example);
  return { before: classification, after: applyCorrection({ definition, classification }, correction) };
}

describe('a correction', () => {
  it.each(Category.options.filter((category) => category !== 'Write'))('to %s changes all that follows from the category', (category) => {
    const { before, after } = corrected(['update_thing', 'Updates a thing.', { force: { type: 'boolean' } }], category);
    expect(after).toMatchObject({ category, ...CONSEQUENCE_OF[category], confidence: 1 });
    expect(after.correction).toEqual({ classified: 'Write', ...reasons });
    expect(after.signals).toEqual(before.signals);
    expect(after.evidence).toEqual(before.evidence);
    expect(Classification.parse(after)).toEqual(after);
  });

  it('gives the score of the corrected category with the same signals', () => {
    const example: Example = ['update_thing', 'Updates a thing.', { password: { type: 'string' } }];
    expect(corrected(example, 'Read').after.score).toBeLessThan(corrected(example, 'Write').before.score);
    expect(corrected(example, 'Destructive').after.score).toBeGreaterThan(75);
  });

  it('changes nothing where the classifier has come to say the same', () => {
    const { before, after } = corrected(['update_thing', 'Updates a thing.'], 'Write');
    expect(after).toEqual(before);
    expect(after.correction).toBeUndefined();
  });

  it('takes back that a hint is contradicted, where it no longer is', () => {
    const { before, after } = corrected(['update_thing', 'Updates a thing.', {}, { readOnlyHint: true }], 'Read');
    expect(before.findings.map(({ technique }) => technique)).toContain('false-read-only-hint');
    expect(after.findings).toEqual([]);
    expect(after.signals.map(({ id }) => id)).not.toContain('annotation-contradiction');
  });

  it('finds the hint that the corrected category contradicts', () => {
    const { before, after } = corrected(['get_thing', 'Gets a thing.', {}, { readOnlyHint: true }], 'Destructive');
    expect(before.findings).toEqual([]);
    expect(after.findings).toMatchObject([
      { technique: 'false-read-only-hint', severity: 'high' },
      { kind: 'poisoning', technique: 'annotation-contradiction' },
    ]);
    expect(after.signals.map(({ id }) => id)).toContain('annotation-contradiction');
  });
});
