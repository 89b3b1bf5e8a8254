import { describe, expect, it } from 'vitest';
import { evaluate } from '../../evaluation/evaluate.ts';

const all = evaluate('all', false);
const blind = evaluate('all', true);

/** A figure of the report; a name that is not there fails. */
function figure(report: typeof all, corpus: string, column: string, name: string): number {
  const found = report.corpora.find((of) => of.corpus === corpus)?.columns[column]?.[name];
  if (found === undefined) throw new Error(`the evaluation has no ${name} for ${corpus}, ${column}`);
  return found;
}

// What the classifier promises; README.md has the figures as measured.
describe('the classifier on its labelled corpora', () => {
  it.each([
    ['gold', 'held out, sure', 'accessAccuracy', 0.95],
    ['gold', 'held out, sure', 'categoryAccuracy', 0.93],
    ['gold', 'all', 'accessAccuracy', 0.96],
    ['gold', 'all', 'adminRecall', 0.95],
    ['unseen', 'held-out, sure', 'accessAccuracy', 0.95],
    ['unseen', 'held-out, sure', 'categoryAccuracy', 0.93],
    ['reviewed', 'all', 'accessAccuracy', 0.94],
    ['poisoned', 'all', 'precision', 0.97],
    ['poisoned', 'all', 'recall', 0.9],
  ])('%s (%s): %s is at least %d', (corpus, column, name, least) => {
    expect(figure(all, corpus, column, name)).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ['gold', 'all', 'calibrationError', 0.05],
    ['unseen', 'held-out', 'calibrationError', 0.05],
    ['poisoned', 'all', 'falsePositives', 0.02],
  ])('%s (%s): %s is at most %d', (corpus, column, name, most) => {
    expect(figure(all, corpus, column, name)).toBeLessThanOrEqual(most);
  });

  it('without annotations', () => {
    expect(figure(blind, 'gold', 'all', 'accessAccuracy')).toBeGreaterThanOrEqual(0.94);
    expect(figure(blind, 'annotated', 'all', 'readOrNot')).toBeGreaterThanOrEqual(0.965);
  });

  it.each(['gold', 'reviewed', 'composed', 'fresh', 'unseen'])('%s: nothing that is Admin is called Read', (corpus) => {
    for (const report of [all, blind]) {
      const column = Object.keys(report.corpora.find((of) => of.corpus === corpus)?.columns ?? {})[0] ?? '';
      expect(figure(report, corpus, column, 'adminCalledRead')).toBe(0);
    }
  });

  it('says of at most one real tool in a thousand that it is poisoned', () => {
    expect(all.realTools.find(({ corpus }) => corpus === 'live-tools')?.perThousand).toBeLessThanOrEqual(1);
  });
});
