import { describe, expect, it } from 'vitest';
import {
  type Compared,
  categoryFigures,
  confusionOf,
  detectionFigures,
  readFigures,
  reliabilityOf,
  worstServersOf,
} from '../../evaluation/figures.ts';
import type { Category } from '../../src/model/classification.ts';

function row<Label extends string>(expected: Label, found: Label, confidence = 0.9, server = 'a'): Compared<Label> {
  return { server, expected, found, confidence };
}

describe('figures', () => {
  it('tells access from category, and counts Admin called Read', () => {
    const rows: Compared<Category>[] = [
      row('Read', 'Read'),
      row('Execute', 'Destructive'),
      row('Destructive', 'Read'),
      row('Write', 'Execute'),
    ];
    expect(categoryFigures(rows)).toMatchObject({
      rows: 4,
      accessAccuracy: 0.5,
      categoryAccuracy: 0.25,
      adminRecall: 0.5,
      adminCalledRead: 1,
      readOrNot: 0.75,
    });
  });

  it('takes the mean of F1 over the categories that occur', () => {
    // Read: precision 1/2, recall 1, F1 2/3. Write: recall 0, F1 0. The other four do not occur.
    expect(categoryFigures([row<Category>('Read', 'Read'), row<Category>('Write', 'Read')])['macroF1']).toBeCloseTo(1 / 3);
  });

  it('calls the distance of confidence and truth the calibration error', () => {
    const rows = [...Array.from({ length: 9 }, () => row<Category>('Read', 'Read', 0.9)), row<Category>('Read', 'Write', 0.9)];
    expect(categoryFigures(rows)['calibrationError']).toBeCloseTo(0);
    expect(categoryFigures(rows.map((wrong) => ({ ...wrong, found: 'Write' as const })))['calibrationError']).toBeCloseTo(0.9);
    expect(reliabilityOf([row('x', 'x', 1), row('x', 'y', 0.95)])).toEqual([{ from: 0.9, rows: 2, meanConfidence: 0.975, right: 0.5 }]);
  });

  it('counts writes called reads', () => {
    const rows = [row<'read' | 'write'>('write', 'read'), row<'read' | 'write'>('read', 'read')];
    expect(readFigures(rows)).toMatchObject({ readOrNot: 0.5, writeCalledRead: 1 });
  });

  it('divides what is flagged into right and wrong', () => {
    const label = (expected: 'malicious' | 'benign', found: 'malicious' | 'benign') => row(expected, found);
    const rows = [label('malicious', 'malicious'), label('malicious', 'benign'), label('benign', 'malicious'), label('benign', 'benign')];
    expect(detectionFigures(rows)).toEqual({ rows: 4, precision: 0.5, recall: 0.5, falsePositives: 0.5 });
  });

  it('counts each pair of labels, and lists the servers that are wrong most often', () => {
    const wrong = Array.from({ length: 3 }, () => row('Read', 'Write', 0.5, 'bad'));
    const right = Array.from({ length: 3 }, () => row('Read', 'Read', 0.5, 'good'));
    const few = [row('Read', 'Write', 0.5, 'small')];
    expect(confusionOf([...wrong, ...right])).toEqual({ Read: { Write: 3, Read: 3 } });
    expect(worstServersOf([...wrong, ...right, ...few])).toEqual([{ server: 'bad', rows: 3, right: 0 }]);
  });
});
