import type { JsonObject } from '../src/model/json.ts';

/** Measures, on this machine now, and says what in one table. */
export type Benchmark = (args: readonly string[]) => Promise<BenchmarkResult>;

interface BenchmarkResult {
  readonly figures: JsonObject;
  readonly table: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
  return (low + high) / 2;
}
