import type { Classification } from '../../src/model/classification.ts';
import type { ServerGrade } from '../../src/model/grade.ts';
import { EXPOSURE, FINDING_SHARE, GRADES } from '../grade.ts';
import { SCORE_RANGE, scoreOf } from '../score.ts';
import { SIGNALS } from '../signals/index.ts';

/** The share of the room that a signal takes; nothing for one that there is no more. */
export function weightOfSignal(id: string): number {
  return SIGNALS.find((signal) => signal.id === id)?.weight ?? 0;
}

/** How the score of a tool comes about, step by step. */
export function scoreArithmetic({ category, signals, score, classifierVersion }: Classification): string[] {
  const [low, high] = SCORE_RANGE[category];
  const shares = signals
    .map(({ id }) => ({ id, weight: weightOfSignal(id) }))
    .sort((a, b) => a.weight - b.weight || (a.id < b.id ? -1 : 1));
  const weights = shares.map(({ weight }) => weight);
  const start = `${category} begins at ${low} and ends at ${high}; each signal takes its share of the room left.`;
  if (shares.length === 0) return [start, `No signal: ${low}.`];
  const result = scoreOf(category, weights);
  const left = weights.map((weight) => two(1 - weight)).join(' · ');
  return [
    start,
    `Shares: ${shares.map(({ id, weight }) => `${id} ${two(weight)}`).join(', ')}.`,
    `${low} + ${high - low} · (1 − ${left}) = ${result}`,
    ...(result === score ? [] : [`The score ${score} is that of an older classifier, version ${classifierVersion}.`]),
  ];
}

/** How the grade of a server comes about, step by step. */
export function gradeArithmetic({ grade, score, parts }: ServerGrade, toolCount: number): string[] {
  const { worst, breadth, exposure, findings, poisoned } = parts;
  return [
    `Worst tool: ${worst.score} (${worst.tool}). Breadth of ${toolCount === 1 ? 'its one tool' : `all ${toolCount} tools`}: ${breadth}.`,
    `Exposure: ${EXPOSURE.worst} · ${worst.score} + ${EXPOSURE.breadth} · ${breadth} = ${exposure}`,
    ...findingArithmetic(parts, score),
    ...(poisoned ? ['A critical finding of poisoning makes it F whatever else there is.'] : []),
    ...(findings.length === 0 ? ['No findings: the exposure, rounded, is the score.'] : []),
    `${score} is ${grade} (${GRADES.map(([letter, upTo]) => `${letter} to ${upTo}`).join(', ')}).`,
  ];
}

function findingArithmetic({ exposure, findings, poisoned }: ServerGrade['parts'], score: number): string[] {
  if (findings.length === 0) return [];
  const counted = findings.map(({ severity, count }) => `${count} ${severity}`).join(', ');
  const factors = findings.map(({ severity, count }) => `${two(1 - FINDING_SHARE[severity])}${count > 1 ? `^${count}` : ''}`).join(' · ');
  const result = `100 − (100 − ${exposure}) · ${factors}`;
  return [`Findings take their share of the room left to 100: ${counted}.`, poisoned ? result : `${result} = ${score}`];
}

function two(value: number): string {
  return String(Math.round(value * 100) / 100);
}
