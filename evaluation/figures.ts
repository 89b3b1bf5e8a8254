import { Category, CONSEQUENCE_OF } from '../src/model/classification.ts';

/** One row of a corpus: what it should be, and what the classifier says. */
export interface Compared<Label extends string = string> {
  readonly server: string;
  readonly expected: Label;
  readonly found: Label;
  /** What the classifier gives for its own answer, 0–1. */
  readonly confidence: number;
}

/** Named figures; shares are 0–1. */
export type Figures = Readonly<Record<string, number>>;

/** Figures of rows whose category is known. */
export function categoryFigures(rows: readonly Compared<Category>[]): Figures {
  const accessOf = (category: Category) => CONSEQUENCE_OF[category].access;
  const admin = rows.filter(({ expected }) => accessOf(expected) === 'Admin');
  return {
    rows: rows.length,
    accessAccuracy: shareOf(rows, ({ expected, found }) => accessOf(expected) === accessOf(found)),
    categoryAccuracy: shareOf(rows, isRight),
    macroF1: macroF1(rows, Category.options),
    adminRecall: shareOf(admin, ({ found }) => accessOf(found) === 'Admin'),
    adminCalledRead: admin.filter(({ found }) => found === 'Read').length,
    readOrNot: shareOf(rows, ({ expected, found }) => (expected === 'Read') === (found === 'Read')),
    calibrationError: calibrationError(rows),
  };
}

/** Figures of rows of which only read or not is known. */
export function readFigures(rows: readonly Compared<'read' | 'write'>[]): Figures {
  return {
    rows: rows.length,
    readOrNot: shareOf(rows, isRight),
    macroF1: macroF1(rows, ['read', 'write']),
    writeCalledRead: rows.filter(({ expected, found }) => expected === 'write' && found === 'read').length,
    calibrationError: calibrationError(rows),
  };
}

/** Figures of finding what is malicious. */
export function detectionFigures(rows: readonly Compared<'malicious' | 'benign'>[]): Figures {
  const of = (label: string) => rows.filter(({ expected }) => expected === label);
  return {
    rows: rows.length,
    precision: shareOf(
      rows.filter(({ found }) => found === 'malicious'),
      isRight,
    ),
    recall: shareOf(of('malicious'), isRight),
    falsePositives: 1 - shareOf(of('benign'), isRight),
  };
}

/** A share of nothing is 1: nothing was wrong. */
function shareOf<T>(rows: readonly T[], holds: (row: T) => boolean): number {
  return rows.length === 0 ? 1 : rows.filter(holds).length / rows.length;
}

export function isRight({ expected, found }: Compared): boolean {
  return expected === found;
}

/** Mean over the labels that occur, expected or found, of the harmonic mean of precision and recall. */
function macroF1<Label extends string>(rows: readonly Compared<Label>[], labels: readonly Label[]): number {
  const scores = labels.flatMap((label) => {
    const expected = rows.filter((row) => row.expected === label);
    const found = rows.filter((row) => row.found === label);
    const right = expected.filter(isRight);
    return expected.length + found.length === 0 ? [] : [(2 * right.length) / (expected.length + found.length)];
  });
  return scores.length === 0 ? 1 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Of the answers that were given with about this confidence, how many were right. */
export interface ReliabilityBin {
  readonly from: number;
  readonly rows: number;
  readonly meanConfidence: number;
  readonly right: number;
}

/** Ten bins of equal width, the empty ones left out. */
const BINS = 10;

export function reliabilityOf(rows: readonly Compared[]): ReliabilityBin[] {
  const bins = Map.groupBy(rows, ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)));
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, inBin]) => ({
      from: bin / BINS,
      rows: inBin.length,
      meanConfidence: inBin.reduce((sum, { confidence }) => sum + confidence, 0) / inBin.length,
      right: shareOf(inBin, isRight),
    }));
}

/** Distance of confidence and share of right answers, over the bins, each weighted by its rows. */
export function calibrationError(rows: readonly Compared[]): number {
  const distances = reliabilityOf(rows).map((bin) => (bin.rows / rows.length) * Math.abs(bin.meanConfidence - bin.right));
  return distances.reduce((sum, distance) => sum + distance, 0);
}

/** Rows by what they should be (outer) and what they were said to be (inner). */
export type Confusion = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function confusionOf(rows: readonly Compared[]): Confusion {
  const counts: Record<string, Record<string, number>> = {};
  for (const [expected, ofLabel] of Map.groupBy(rows, (row) => row.expected)) {
    const found = Map.groupBy(ofLabel, (row) => row.found);
    counts[expected] = Object.fromEntries([...found].map(([label, inCell]) => [label, inCell.length]));
  }
  return counts;
}

export interface ServerAccuracy {
  readonly server: string;
  readonly rows: number;
  readonly right: number;
}

const FEWEST_ROWS = 3;
const WORST = 8;

/** Servers of three rows or more with the lowest share of right answers. */
export function worstServersOf(rows: readonly Compared[]): ServerAccuracy[] {
  return [...Map.groupBy(rows, ({ server }) => server)]
    .map(([server, ofServer]) => ({ server, rows: ofServer.length, right: shareOf(ofServer, isRight) }))
    .filter((server) => server.rows >= FEWEST_ROWS && server.right < 1)
    .sort((a, b) => a.right - b.right || b.rows - a.rows || (a.server < b.server ? -1 : 1))
    .slice(0, WORST);
}
