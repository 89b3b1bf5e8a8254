import { type Classification, type Finding, Severity } from '../src/model/classification.ts';
import type { Grade, ServerGrade } from '../src/model/grade.ts';

/** What the worst tool and the breadth each count for in the exposure. */
export const EXPOSURE = { worst: 0.7, breadth: 0.3 } as const;

/** Largest share of the room left for breadth that one tool takes: one of score 100. */
export const BREADTH_SHARE = 0.2;

/** Share of the room left to 100 that one finding takes. */
export const FINDING_SHARE: { readonly [S in Severity]: number } = { critical: 0.8, high: 0.5, medium: 0.25, low: 0.05 };

/** The highest score of each grade. */
export const GRADES: readonly (readonly [grade: Grade, upTo: number])[] = [
  ['A', 15],
  ['B', 35],
  ['C', 55],
  ['D', 75],
  ['E', 90],
  ['F', 100],
];

/** The lowest score of the worst grade. */
const WORST_GRADE_FROM = (GRADES.at(-2)?.[1] ?? 0) + 1;

/**
 * The grade of a server: `exposure = 0.7 · worst + 0.3 · breadth`, and every finding takes its share of the room left to 100.
 *
 * Breadth is no mean, which harmless tools could lower: each tool takes `0.2 · (score / 100)²` of the room left, so that another tool never makes a server
 * look better, and a hundred tools that only look up what is public weigh less than three that delete.
 *
 * @param findings - All: of the server, of its tools and of how they changed.
 * @returns Nothing for a server without tools.
 */
export function gradeOf(tools: readonly Pick<Classification, 'name' | 'score'>[], findings: readonly Finding[]): ServerGrade | undefined {
  const [worst] = [...tools].sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  if (!worst) return undefined;
  const breadth = breadthOf(tools);
  const exposure = toTenth(EXPOSURE.worst * worst.score + EXPOSURE.breadth * breadth);
  const counts = countsOf(findings);
  const poisoned = findings.some(({ kind, severity }) => kind === 'poisoning' && severity === 'critical');
  const found = Math.round(100 - (100 - exposure) * roomAfter(counts));
  const score = poisoned ? Math.max(found, WORST_GRADE_FROM) : found;
  return {
    grade: letterOf(score),
    score,
    parts: {
      worst: { tool: worst.name, score: worst.score },
      breadth,
      exposure,
      findings: counts,
      ...(poisoned && { poisoned }),
    },
  };
}

function letterOf(score: number): Grade {
  return GRADES.find(([, upTo]) => score <= upTo)?.[0] ?? 'F';
}

/** Sorted, so that the order of the tools cannot change a rounding. */
function breadthOf(tools: readonly Pick<Classification, 'score'>[]): number {
  const scores = tools.map(({ score }) => score).sort((a, b) => a - b);
  return toTenth(100 * (1 - scores.reduce((room, score) => room * (1 - BREADTH_SHARE * (score / 100) ** 2), 1)));
}

function countsOf(findings: readonly Finding[]): ServerGrade['parts']['findings'] {
  const worstFirst = [...Severity.options].reverse();
  return worstFirst
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0);
}

/** What findings leave of the room: a product, worst first. */
function roomAfter(counts: ServerGrade['parts']['findings']): number {
  let room = 1;
  for (const { severity, count } of counts) for (let index = 0; index < count; index++) room *= 1 - FINDING_SHARE[severity];
  return room;
}

/** One decimal, so that a reader who follows the arithmetic ends at the same score. */
function toTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
