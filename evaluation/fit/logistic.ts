/** What is known of one example: the features it has, by index, and how much of each. */
export interface SparseRow {
  readonly indices: readonly number[];
  readonly values: readonly number[];
}

/** A row with its answer; `weight` says how many ordinary rows it counts for. */
export interface LabelledRow extends SparseRow {
  readonly positive: boolean;
  readonly weight: number;
}

/** Log-odds of the positive answer: `bias`, and what one of each feature adds. */
export interface LogisticModel {
  readonly bias: number;
  readonly weights: Float64Array;
}

/** Steps of the descent: enough for the gradient to vanish on a few thousand rows. */
const MAX_STEPS = 300;
const SMALL_GRADIENT = 1e-5;
/** Earlier steps that the curvature is worked out from. */
const MEMORY = 8;

/**
 * Fits log-odds by penalised maximum likelihood (limited-memory BFGS, from zero, so that the same rows give the same weights).
 *
 * @param penalties - One for each feature: the inverse variance of what its weight is expected to be. The bias is free.
 */
export function fitLogistic(rows: readonly LabelledRow[], penalties: Float64Array): LogisticModel {
  const size = penalties.length + 1;
  let point = new Float64Array(size);
  let { loss, gradient } = lossAt(rows, penalties, point);
  const steps: Step[] = [];
  for (let step = 0; step < MAX_STEPS && norm(gradient) > SMALL_GRADIENT * rows.length; step++) {
    const direction = descentFrom(gradient, steps);
    const next = alongTheLine(rows, penalties, point, loss, gradient, direction);
    if (!next) break;
    remember(steps, difference(next.point, point), difference(next.gradient, gradient));
    ({ point, loss, gradient } = next);
  }
  return { bias: point[size - 1] ?? 0, weights: point.slice(0, size - 1) };
}

export function logOddsOf({ bias, weights }: LogisticModel, { indices, values }: SparseRow): number {
  let sum = bias;
  for (let at = 0; at < indices.length; at++) sum += (weights[indices[at] as number] ?? 0) * (values[at] as number);
  return sum;
}

export function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

interface Loss {
  readonly loss: number;
  readonly gradient: Float64Array;
}

function lossAt(rows: readonly LabelledRow[], penalties: Float64Array, point: Float64Array): Loss {
  const model = { bias: point[penalties.length] ?? 0, weights: point };
  const gradient = new Float64Array(point.length);
  let loss = 0;
  for (let at = 0; at < penalties.length; at++) {
    const weight = point[at] as number;
    loss += 0.5 * (penalties[at] as number) * weight * weight;
    gradient[at] = (penalties[at] as number) * weight;
  }
  for (const row of rows) {
    const logOdds = logOddsOf(model, row);
    const signed = row.positive ? logOdds : -logOdds;
    loss += row.weight * (Math.max(0, -signed) + Math.log1p(Math.exp(-Math.abs(signed))));
    addGradient(gradient, row, row.weight * (probability(logOdds) - (row.positive ? 1 : 0)));
  }
  return { loss, gradient };
}

function addGradient(gradient: Float64Array, { indices, values }: SparseRow, slope: number): void {
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] as number;
    gradient[index] = (gradient[index] as number) + slope * (values[at] as number);
  }
  gradient[gradient.length - 1] = (gradient[gradient.length - 1] as number) + slope;
}

interface Step {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly curvature: number;
}

/** The two-loop recursion of limited-memory BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4). */
function descentFrom(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares = steps.toReversed().map(({ moved, turned, curvature }) => {
    const share = dot(moved, direction) / curvature;
    addScaled(direction, turned, -share);
    return share;
  });
  const last = steps.at(-1);
  const scale = last ? last.curvature / dot(last.turned, last.turned) : 1 / Math.max(1, norm(gradient));
  for (let at = 0; at < direction.length; at++) direction[at] = (direction[at] as number) * scale;
  for (const [index, { moved, turned, curvature }] of steps.entries()) {
    const share = shares[steps.length - 1 - index] as number;
    addScaled(direction, moved, share - dot(turned, direction) / curvature);
  }
  return direction;
}

function remember(steps: Step[], moved: Float64Array, turned: Float64Array): void {
  const curvature = dot(moved, turned);
  if (curvature <= 1e-12) return;
  steps.push({ moved, turned, curvature });
  if (steps.length > MEMORY) steps.shift();
}

/** Halves the step until it gains enough; nothing when none does. */
function alongTheLine(
  rows: readonly LabelledRow[],
  penalties: Float64Array,
  from: Float64Array,
  loss: number,
  gradient: Float64Array,
  direction: Float64Array,
): (Loss & { readonly point: Float64Array<ArrayBuffer> }) | undefined {
  const slope = dot(gradient, direction);
  for (let length = 1; length > 1e-8; length /= 2) {
    const point = new Float64Array(from);
    addScaled(point, direction, length);
    const at = lossAt(rows, penalties, point);
    if (at.loss <= loss + 1e-4 * length * slope) return { ...at, point };
  }
  return undefined;
}

function addScaled(to: Float64Array, what: Float64Array, scale: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] as number) + scale * (what[at] as number);
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - (b[at] as number));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}
