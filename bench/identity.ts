import { performance } from 'node:perf_hooks';
import { mergeEntries } from '../src/identity/merge-entries.ts';
import type { RegistryEntry } from '../src/model/registry-entry.ts';
import { allEntries, type JudgedPair, judgedPairs, OPTIONS, outcomeOf } from '../test/identity/judged-pairs.ts';
import { type Benchmark, median } from './benchmark.ts';

const ROUNDS = 5;

/** What a run without a settings file knows of its sources. */
const CRAWLED = { npm: 'package', github: 'code-host' } as const;
const CRAWLED_SOURCES = new Set(['official', 'npm', 'github']);

/** What identity makes of real pairs that a person judged, by kind, and how long all entries around them take. */
export const benchmark: Benchmark = async () => {
  const pairs = judgedPairs();
  const entries = allEntries(pairs);
  const outcome = outcomeOf(pairs, entries);
  const milliseconds = Math.round(timeOf(entries));
  const listed = outcomeOf(pairs, entries, { ...OPTIONS, authorities: CRAWLED });
  const crawled = pairs.filter(({ entries: both }) => both.every(({ source }) => CRAWLED_SOURCES.has(source)));
  const ofCrawled = outcomeOf(crawled, entries, { ...OPTIONS, authorities: CRAWLED });
  const figures = {
    pairs: pairs.length,
    same: pairs.filter(({ same }) => same).length,
    precision: rounded(outcome.precision),
    recall: rounded(outcome.recall),
    // The same pairs where the catalogues that people keep are taken for mere listings.
    precisionNoneCurated: rounded(listed.precision),
    recallNoneCurated: rounded(listed.recall),
    // Pairs of the sources that have a crawler today.
    crawledPairs: crawled.length,
    precisionCrawled: rounded(ofCrawled.precision),
    recallCrawled: rounded(ofCrawled.recall),
    entries: entries.length,
    servers: mergeEntries(entries, OPTIONS).length,
    milliseconds,
  };
  const kinds = [...Map.groupBy(pairs, ({ kind, same }) => `${same ? 'same' : 'apart'}  ${kind}`)].sort();
  const lines = kinds.map(([kind, of]) => `${kind.padEnd(30)} ${String(rightOf(of, outcome)).padStart(3)} of ${of.length}`);
  const mistakes = [...outcome.wrong.map((pair) => `merged  ${textOf(pair)}`), ...outcome.missed.map((pair) => `missed  ${textOf(pair)}`)];
  const summary = Object.entries(figures).map(([name, value]) => `${name.padEnd(30)} ${value}`);
  return { figures, table: [...summary, '', ...lines, '', ...mistakes].join('\n') };
};

function timeOf(entries: readonly RegistryEntry[]): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    mergeEntries(entries, OPTIONS);
    return performance.now() - startedAt;
  });
  return median(times);
}

function rightOf(pairs: readonly JudgedPair[], { wrong, missed }: ReturnType<typeof outcomeOf>): number {
  return pairs.filter((pair) => !wrong.includes(pair) && !missed.includes(pair)).length;
}

function textOf({ entries: [a, b], reason }: JudgedPair): string {
  return `${a.source}:${a.id} / ${b.source}:${b.id} (${reason})`;
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
